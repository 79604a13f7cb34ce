"""Gathering: outcomes that people let be counted, as the simulator verifies them, with what tells them apart."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from bot.dialogue.interview import PRODUCTS
from bot.dialogue.sharing import Shared
from bot.store.sharing import all_shared
from simulator.results import Range
from simulator.verifying import Outcome
from simulator.vocabulary import Kind


class Seen(NamedTuple):
    """One outcome with its product, the language it was told in, the month it came, and how ranges were corrected."""

    outcome: Outcome
    product: str
    language: str
    month: str
    correction: str

    @property
    def ahead(self) -> str:
        """How many months it was foretold ahead, in two digits, so that names sort as they count."""
        return f"{self.outcome.months:02d}"


class Gathered(NamedTuple):
    """Outcomes told as one amount, and how many people told theirs as a band only."""

    exact: tuple[Seen, ...]
    banded: int


def gathered(connection: Connection) -> Gathered:
    """Every outcome that may be counted; a band says too little of where in its range a line came out."""
    exact, banded = [], set()
    for person, one in all_shared(connection):
        if one.whole:
            exact.append(_seen(person, one))
        else:
            banded.add(person)
    return Gathered(tuple(exact), len(banded - {seen.outcome.person for seen in exact}))


def _seen(person: str, one: Shared) -> Seen:
    low, middle, high = one.ends
    outcome = Outcome(person, one.month, Range(low, middle, high), one.start, one.line)
    kind = Kind.BUSINESS if one.kind == Kind.BUSINESS else Kind.PERSON
    return Seen(outcome, PRODUCTS[kind], one.language, f"{one.at:%Y-%m}", one.correction)
