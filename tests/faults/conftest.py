"""What tests with real processes share."""

from __future__ import annotations

from random import Random

import pytest

from tests.faults.nursery import Nursery
from tests.faults.storm import Aftermath, Storm


@pytest.fixture(scope="module")
def peace(bots: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    """What everybody's answers come to when nothing happens to the bot."""
    folder = tmp_path_factory.mktemp("peace")
    return Storm(bots, f"sqlite:///{folder / 'peace.db'}", folder, Random(0)).rages()
