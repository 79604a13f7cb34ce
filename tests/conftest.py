"""What tests of several rooms share."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator, Iterator

import pytest

from tests.faults.nursery import Nursery, nursery
from tests.sharing import Sharing, compile_share, rank
from tests.store.postgresql import Server, rented

os.environ.setdefault("OMP_NUM_THREADS", "1")  # threads that wait for each other's turn use up what other tests need
os.environ["PYTHONDONTWRITEBYTECODE"] = ""  # a dozen processes start, and each would compile the house anew
sys.dont_write_bytecode = False


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """While tests are gathered nothing becomes garbage, and to look for it takes a seventh of the time.

    What was imported stays for good: whoever looks for garbage later need not look through it.
    """
    gc.disable()
    try:
        if session.config.args_source is pytest.Config.ArgsSource.TESTPATHS:
            compile_share(session.config.rootpath)
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The dearest files first, so that no worker is left with one of them when the others have done."""
    items.sort(key=lambda item: rank(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Sharing:
    """Files are handed out in that order, not by how many tests they hold."""
    config.option.loadscopereorder = False
    return Sharing(config, log)


@pytest.fixture(scope="module", autouse=True)
def _settled_heap() -> None:
    """What earlier modules left is garbage now or stays: whoever looks for garbage in this one looks through its own.

    Else each look, of which some tests take hundreds, goes through everything that a long run has kept.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """One PostgreSQL server for all tests of a session; every test takes a database of its own."""
    with rented() as server:
        yield server


@pytest.fixture(scope="session")
def bots() -> Iterator[Nursery]:
    """A nursery of real bots; to prepare one takes as long as to start a bot in earnest."""
    with nursery() as place:
        yield place
