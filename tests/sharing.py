"""Sharing tests out among workers: what waits or lasts goes first, and what shares a dear beginning stays together."""

from __future__ import annotations

import importlib
import os
from contextlib import suppress
from pathlib import Path

import pytest
from xdist.scheduler import LoadFileScheduling

TOGETHER = (
    (
        "tests/faults/test_processes.py",
        "tests/broadcast/test_killed.py",
        "tests/publishing/test_whole_editions.py",
        "tests/faults/test_starting.py",
    ),
    ("tests/street/test_schema.py", "tests/street/test_clients.py", "tests/benchmarks/test_peers.py"),
)
"""Files whose tests share a nursery of bots, or the other client library, which takes seconds to import."""

FIRST = (
    *TOGETHER[0],
    "tests/consultation/test_canary.py",
    "tests/faults/test_simulation.py",
    "tests/faults/test_simulation_more.py",
    "tests/doors/test_playground_page.py",
    "tests/faults/test_kills.py",
    "tests/store/test_retention.py",
    "tests/admin/days/test_days.py",
    "tests/doors/test_playground_consultation.py",
    "tests/dialogue/test_nonsense.py",
    "tests/store/test_migrations.py",
    "tests/house/test_adding.py",
    *TOGETHER[1],
    "tests/consultation/test_unlinkability.py",
    "tests/faults/test_orders.py",
    "tests/documents/test_report.py",
    "tests/dialogue/test_languages.py",
)
"""The dearest files: where one of them came last, the other workers would wait for it."""


def file_of(test: str) -> str:
    """The file that a test stands in."""
    return test.partition("::")[0]


def rank(test: str) -> int:
    """Where a test stands in the order of all: the dearest files first, all others after them as they come."""
    file = file_of(test)
    return FIRST.index(file) if file in FIRST else len(FIRST)


def compile_share(root: Path) -> None:
    """Import every so-many-th file of tests ahead of the others: each worker begins with files of its own.

    All workers gather all tests. In a fresh clone, were they to go through the files in the same order, each of them
    would rewrite and compile each file, at the same time; so they find what the others have compiled meanwhile.
    """
    workers, own = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")), os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    files = sorted(root.glob("tests/**/test_*.py")) if workers > 1 else []
    for file in files[int(own.removeprefix("gw")) :: workers]:
        with suppress(Exception, pytest.skip.Exception):  # whoever gathers the tests of that file will tell of it
            importlib.import_module(".".join(file.relative_to(root).with_suffix("").parts))


class Sharing(LoadFileScheduling):
    """Whole files to each worker, in the order in which they stand; files that belong together to one worker."""

    def _split_scope(self, nodeid: str) -> str:
        file = file_of(nodeid)
        return next((group[0] for group in TOGETHER if file in group), file)
