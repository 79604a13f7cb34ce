"""The funnel: how people fared with each question, counted from the journal; nobody can be told apart in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

from sqlalchemy import Connection, distinct, func, select

from bot.store.tables import JOURNAL

TURN = "turn"
"""The kind of the journal's row that says before which question a turn left somebody."""

_LATELY = 20_000
"""Rows of the journal, the newest, from which the times are taken: more would take longer and say the same."""

_AWAY = dt.timedelta(days=1)
_LONGEST = 1800.0
"""Seconds; who takes longer for one question has been away meanwhile."""


class Place(NamedTuple):
    """A question as it was asked: its id, the language, and the edition of all questions."""

    question: str
    language: str
    edition: str


class Passage(NamedTuple):
    """People by what they did at a place, people who went away there, and seconds that it took."""

    people: Mapping[str, int]
    away: int
    seconds: tuple[float, ...]

    @property
    def median_seconds(self) -> float | None:
        """Half of the answers came within so many seconds; None where none is known."""
        return median(self.seconds) if self.seconds else None


def read_funnel(connection: Connection, steps: Sequence[str], now: dt.datetime) -> dict[Place, Passage]:
    """How people fared at each place by the given kinds of steps and ``turn``, which is being shown the question.

    Whoever was last heard a day ago or longer, before a question that stood open, went away there.
    """
    counted = _counted(connection, steps)
    away, seconds = _away(connection, now - _AWAY), _seconds(connection)
    places = {place for place, _ in counted} | away.keys()
    return {
        place: Passage(
            {step: counted[place, step] for step in (TURN, *steps) if (place, step) in counted},
            away.get(place, 0),
            tuple(seconds.get(place, ())),
        )
        for place in sorted(places)
    }


def _counted(connection: Connection, steps: Sequence[str]) -> dict[tuple[Place, str], int]:
    """People by place and step, in one walk along an index in whose order each of them comes once only."""
    query = (
        select(JOURNAL.c.kind, JOURNAL.c.detail, func.count(distinct(JOURNAL.c.conversation)))
        .where(JOURNAL.c.kind.in_((TURN, *steps)), JOURNAL.c.detail != "")
        .group_by(JOURNAL.c.kind, JOURNAL.c.detail)
    )
    found = ((_place(detail), kind, people) for kind, detail, people in connection.execute(query))
    return {(place, kind): people for place, kind, people in found if place is not None}


def _away(connection: Connection, before: dt.datetime) -> dict[Place, int]:
    """Each person's last row is found first, in one walk, and only these rows are looked at, each by its number.

    The numbers are asked for and not joined: of a join a server makes a second walk through the whole journal.
    """
    last = select(func.max(JOURNAL.c.id)).group_by(JOURNAL.c.conversation)
    query = (
        select(JOURNAL.c.detail, func.count())
        .where(JOURNAL.c.id.in_(last), JOURNAL.c.kind + "" == TURN, JOURNAL.c.detail != "", JOURNAL.c.at < before)
        .group_by(JOURNAL.c.detail)
    )
    found = ((_place(detail), count) for detail, count in connection.execute(query))
    return {place: count for place, count in found if place is not None}


def _seconds(connection: Connection) -> dict[Place, list[float]]:
    """How long the latest answers took, by place: from the turn that showed the question to the one that answered."""
    newest = connection.scalar(select(func.max(JOURNAL.c.id))) or 0
    columns = (JOURNAL.c.conversation, JOURNAL.c.kind, JOURNAL.c.detail, JOURNAL.c.at)
    lately = JOURNAL.c.id > newest - _LATELY
    told = (JOURNAL.c.kind + "").in_((TURN, "answer"))  # found by the number alone: no index of kinds is walked
    query = select(*columns).where(lately, told)
    stood: dict[str, tuple[str, dt.datetime]] = {}
    took: dict[Place, list[float]] = {}
    for conversation, kind, detail, at in connection.execute(query.order_by(JOURNAL.c.id)):
        before = stood.get(conversation)
        if kind == TURN:
            stood[conversation] = (detail, at)
        elif before is not None and before[0] == detail and (place := _place(detail)) is not None:
            passed = (at - before[1]).total_seconds()
            if 0 <= passed <= _LONGEST:
                took.setdefault(place, []).append(passed)
    return took


def _place(detail: str) -> Place | None:
    """A place from its code; None for rows that are older than places."""
    parts = detail.split(" ")
    return Place(*parts) if len(parts) == 3 else None
