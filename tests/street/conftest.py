"""What tests of the street share: the other client library, imported by whoever needs it, as that takes seconds."""

from __future__ import annotations

import importlib
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def schema() -> ModuleType:
    """The models of the Bot API that aiogram has."""
    return importlib.import_module("aiogram.types")


@pytest.fixture(scope="session")
def other_library() -> ModuleType:
    """The little bot that is written with aiogram."""
    return importlib.import_module("tests.street.aiogram_bot")
