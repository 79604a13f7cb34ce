"""One store, two databases: whatever is tested here holds on a file and on a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.store.engine import open_store

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(params=DATABASES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that does not exist yet, or has today's tables and nothing in them."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'house' / 'limit-guide.db'}"
    return str(request.getfixturevalue("postgresql").furnished())


@pytest.fixture
def store(address: str) -> Iterator[Engine]:
    """A real store, on each of the databases."""
    engine = open_store(address)
    yield engine
    engine.dispose()
