"""What tests of several rooms share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.store.postgresql import Server, rented

os.environ.setdefault("OMP_NUM_THREADS", "1")  # threads that wait for each other's turn use up what other tests need


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """One PostgreSQL server for all tests of a session; every test takes a database of its own."""
    with rented() as server:
        yield server
