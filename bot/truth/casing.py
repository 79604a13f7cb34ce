"""Casing: candidate cases that rest on several people's outcomes, each with bands that all of them share."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.consultation.anonymising import ALIKE, Card, Crowd
from knowledge.cases import FEWEST_SHARED

OPEN = "open"
"""The outcome of a card from a consultation: what came of it nobody has told yet."""

_STILL = 0.02
"""Shares of a line within which it counts as unchanged: people round."""


class Offer(NamedTuple):
    """What one person lets become part of an example: the cards that fit them, how it went, and what they did.

    ``cards`` come the narrowest first; ``person`` is any code that tells people apart.
    """

    person: str
    cards: tuple[Card, ...]
    outcome: str
    steps: frozenset[str] = frozenset()


class Candidate(NamedTuple):
    """One card and outcome that at least five people share, and the steps that at least five of them took."""

    code: str
    card: Card
    outcome: str
    steps: tuple[str, ...]


def outcome_of(start: float, line: float) -> str:
    """How it went, from the line (yuan) before and after."""
    if line <= 0.0:
        return "vanished"
    if abs(line - start) <= _STILL * start:
        return "unchanged"
    return "raised" if line > start else "cut"


def candidates(offers: Iterable[Offer], crowd: Crowd) -> tuple[Candidate, ...]:
    """The candidates of some offers, by their code; nobody counts for more than one.

    A card has to hide its people twice: among at least five of the drawn population, and among at least five of those
    whose outcomes it rests on. Whoever stands in no such group at a narrow card is looked at with a wider one.
    """
    left = [offer for offer in {offer.person: offer for offer in offers}.values() if offer.steps]
    found: list[Candidate] = []
    width = 0
    while any(card.width >= width for offer in left for card in offer.cards):
        groups = _groups(left, width, crowd)
        found += (_candidate(card, outcome, group) for (card, outcome), group in groups)
        gone = {offer.person for _, group in groups for offer in group}
        left = [offer for offer in left if offer.person not in gone]
        width += 1
    return tuple(sorted(found))


def _groups(offers: Sequence[Offer], width: int, crowd: Crowd) -> list[tuple[tuple[Card, str], list[Offer]]]:
    alike: dict[tuple[Card, str], list[Offer]] = defaultdict(list)
    for offer in offers:
        for card in offer.cards:
            if card.width == width and card in crowd and len(card.bands) >= FEWEST_SHARED:
                alike[card, offer.outcome].append(offer)
    return [(key, group) for key, group in alike.items() if len(group) >= ALIKE and _steps(group)]


def _candidate(card: Card, outcome: str, group: Sequence[Offer]) -> Candidate:
    return Candidate(code_of(card, outcome), card, outcome, tuple(_steps(group)))


def _steps(group: Sequence[Offer]) -> Iterator[str] | tuple[str, ...]:
    often = Counter(step for offer in group for step in offer.steps)
    return tuple(sorted(step for step, many in often.items() if many >= ALIKE))


def code_of(card: Card, outcome: str) -> str:
    """A short name for a card with an outcome; it holds nothing that these do not."""
    bands = ";".join(f"{band.name}:{band.low}:{band.high}" for band in card.bands)
    return hashlib.sha256(f"{card.kind}|{card.width}|{bands}|{outcome}".encode()).hexdigest()[:10]
