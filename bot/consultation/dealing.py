"""Dealing: when the cards that wait come onto the table, which of them together, and in which order."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Mapping

from bot.consultation.anonymising import Card
from simulator.vocabulary import Kind

TOGETHER = 3
"""Cards of one kind of borrower come onto the table so many at a time at least: fewer would tell whose they are."""

LAYING = (10, 30, 90, 270)
"""Minutes after the opening at which cards are laid: nobody's step moves them, and the words of the table name them.

Each gathers for longer than all before it, so that few of those who trickle in share a moment with nobody.
"""

_EVERY = 360
"""Minutes between the moments after these."""

_MINUTE = dt.timedelta(minutes=1)


def next_laying(opened_at: dt.datetime, now: dt.datetime) -> dt.datetime:
    """The first moment after now at which cards may come onto the table; the opening alone decides of it."""
    begun = opened_at.replace(microsecond=0)
    passed = (now - begun) / _MINUTE
    coming = next((minutes for minutes in LAYING if minutes > passed), None)
    if coming is None:
        coming = LAYING[-1] + _EVERY * (int((passed - LAYING[-1]) // _EVERY) + 1)
    return begun + coming * _MINUTE


def come_together(ready: Mapping[str, Card | None], left: tuple[Card, ...], secret: str) -> tuple[str, ...]:
    """Whose cards come onto the table now, in the order of their letters.

    Who runs a business is known to many: a card of a business among those of people would be no secret. Cards of each
    kind are therefore counted apart. Who takes a card back and shows it again is known by it: beside two of those a
    single new card would be nobody else's than the newcomer's. New cards wait until there are enough of them alone.

    Args:
        ready: the cards that wait, by member.
        left: cards that lay on the table before and were taken back.
        secret: what the order is drawn with; nobody knows it.
    """
    come = {member for kind in Kind for member in _enough_of(kind, ready, left)}
    return tuple(sorted(come, key=lambda name: hashlib.sha256(f"{secret} {name}".encode()).digest()))


def _enough_of(kind: Kind, ready: Mapping[str, Card | None], left: tuple[Card, ...]) -> set[str]:
    """Those of one kind who come now: all where enough of them are new, else those alone that are known again."""
    mine = {member: card for member, card in ready.items() if card is not None and card.kind is kind}
    known = Counter(left)
    again = set()
    for member, card in mine.items():
        if known[card] > 0:
            known[card] -= 1
            again.add(member)
    if len(mine) - len(again) >= TOGETHER:
        return set(mine)
    return again if len(again) >= TOGETHER else set()


def without(left: tuple[Card, ...], card: Card | None) -> tuple[Card, ...]:
    """Cards that were taken back, without one that lies on the table again."""
    if card not in left:
        return left
    place = left.index(card)
    return (*left[:place], *left[place + 1 :])


def letter_of(number: int) -> str:
    """The letter of a case by its number: A to Z, then AA, AB and so on."""
    ahead, last = divmod(number, 26)
    return (letter_of(ahead - 1) if ahead else "") + chr(ord("A") + last)
