"""Dealing: which of the cards that wait come onto the table together, in which order, and under which letters."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping

from bot.consultation.anonymising import Card

TOGETHER = 3
"""Cards come onto the table so many at a time at least: one that came alone would tell whose it is."""


def come_together(ready: Mapping[str, Card | None], left: tuple[Card, ...], secret: str) -> tuple[str, ...]:
    """Whose cards come onto the table now, in the order of their letters.

    Who takes a card back and shows it again is known by it: beside two of those a single new card would be nobody
    else's than the newcomer's. New cards therefore wait until there are enough of them alone.

    Args:
        ready: the cards that wait, by member.
        left: cards that lay on the table before and were taken back.
        secret: what the order is drawn with; nobody knows it.
    """
    known = Counter(left)
    again = set()
    for member, card in ready.items():
        if card is not None and known[card] > 0:
            known[card] -= 1
            again.add(member)
    come = again if len(again) >= TOGETHER else set[str]()
    if len(ready) - len(again) >= TOGETHER:
        come = set(ready)
    return tuple(sorted(come, key=lambda name: hashlib.sha256(f"{secret} {name}".encode()).digest()))


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
