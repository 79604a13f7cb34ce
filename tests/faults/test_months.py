"""Reminders through weeks of hours, kills and two workers: everybody hears of us when they agreed to, and only then."""

from __future__ import annotations

from pathlib import Path

from tests.faults.months import Months
from tests.store.postgresql import Server


def _lived(address: str, workers: int, seed: int) -> Months:
    months = Months(address, people=8, days=44, kills=1, workers=workers, seed=seed)
    months.pass_by()
    return months


def test_each_question_comes_once_at_its_hour(tmp_path: Path) -> None:
    """One process on a file, killed once in the midst of its errands: nothing is missing, late, doubled or unasked.

    And were anything, it would be found.
    """
    months = _lived(f"sqlite:///{tmp_path / 'months.db'}", 1, 2)
    assert months.faults() == []
    assert months.kills == 1
    one = next(one for one in months.followers if one.heard)
    missed = one.heard.pop()
    assert any("nothing at" in fault for fault in months.faults())
    one.heard.append(missed.replace(hour=(missed.hour + 5) % 24))
    assert any("heard at" in fault for fault in months.faults())


def test_two_workers_ask_no_more_than_one(postgresql: Server) -> None:
    """Two workers on a server, killed once: the same holds."""
    months = _lived(postgresql.fresh(), 2, 3)
    assert months.faults() == []
    assert months.kills == 1
