"""What tests with real processes share."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from tests.faults.nursery import Nursery, nursery
from tests.faults.storm import Aftermath, Storm


@pytest.fixture(scope="session")
def bots() -> Iterator[Nursery]:
    """A nursery of real bots; to prepare one takes as long as to start a bot in earnest."""
    with nursery() as place:
        yield place


@pytest.fixture(scope="module")
def peace(bots: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    """What everybody's answers come to when nothing happens to the bot."""
    folder = tmp_path_factory.mktemp("peace")
    return Storm(bots, f"sqlite:///{folder / 'peace.db'}", folder, Random(0)).rages()
