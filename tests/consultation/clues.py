"""Clues: what a watcher of a group can see of a member around a moment, and of a card that comes at it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from bot.consultation.anonymising import Card
from tests.consultation.watched_sittings import Drawing, Watched

Clue: TypeAlias = tuple[str, object]

_THANKS = 60.0
"""Seconds within which words follow what somebody was told."""


class Knows(NamedTuple):
    """What a watcher knows besides cards and who spoke when.

    Every press in private; what people let slip; no moments at all; which case was answered when, as the table once
    said it.
    """

    presses: bool = False
    heeds: bool = False
    times: bool = True
    marks: bool = False


def waiting(seen: Watched, at: float) -> dict[str, float]:
    """Whose card waits at a moment, as presses tell, and since when."""
    since: dict[str, float] = {}
    for step in seen.steps:
        if step.at > at:
            break
        if step.way == "show":
            since.setdefault(step.member, step.at)
        elif step.way in {"hide", "slip", "part", "withdraw"}:
            since.pop(step.member, None)
    return since


def candidates(seen: Watched, drawing: Drawing, knows: Knows) -> list[str]:
    """Who can be the owner of a card that came at a moment: who was there, or whose card waited."""
    if knows.presses:
        return sorted(waiting(seen, drawing.at))
    return [member for member in seen.members if seen.pressed[member] < drawing.at]


def fresh(seen: Watched, drawing: Drawing) -> list[str]:
    """Letters of cards that do not look like one that had left the table before and has not come back since."""
    gone = Counter(one.card for one in seen.left if one.at <= drawing.at)
    for earlier in (one for one in seen.drawings if one.at < drawing.at):
        gone -= Counter(earlier.cards[letter] for letter in _back(earlier, gone))
    back = _back(drawing, gone)
    return [letter for letter in drawing.cards if letter not in back]


def _back(drawing: Drawing, gone: Counter[Card]) -> set[str]:
    left, found = Counter(gone), set()
    for letter, card in drawing.cards.items():
        if left[card] > 0:
            left[card] -= 1
            found.add(letter)
    return found


def bin_of(seconds: float | None) -> int:
    """A span of time, roughly: each bin is a good third longer than the one before."""
    if seconds is None:
        return -1
    return int(2 * math.log2(max(seconds, 0.0) + 1.0))


def pace_of(seen: Watched, member: str) -> int:
    """How long somebody took from coming in to agreeing."""
    shows = [step.at for step in seen.steps if step.member == member and step.way == "show"]
    return bin_of(shows[0] - seen.pressed[member]) if shows else -1


def clues(seen: Watched, drawing: Drawing, member: str, knows: Knows) -> Iterator[Clue]:
    """What can be seen of a member around the moment at which cards came."""
    at, came = drawing.at, seen.pressed[member]
    yield "since they came", bin_of(at - came)
    before = [one for one in seen.spoke[member] if one <= at]
    after = [one for one in seen.spoke[member] if one > at]
    yield "spoke last", bin_of(at - before[-1] if before else None)
    yield "speaks next", bin_of(after[0] - at if after else None)
    silent = [one - came for one in seen.spoke[member] if one > came]
    yield "silent after coming", bin_of(silent[0] if silent else None)
    if knows.presses:
        agreed = waiting(seen, at).get(member, at)
        yield "since they agreed", bin_of(at - agreed)
        earlier = [one.at for one in seen.drawings if one.at < at]
        yield "agreed after the last laying", int(not earlier or agreed > earlier[-1])
        yield "took to answer", pace_of(seen, member)


def manners(seen: Watched, drawing: Drawing, members: Sequence[str], knows: Knows) -> dict[str, tuple[Clue, ...]]:
    """Of each who can be an owner, what might go with one card rather than with another: clues, and ranks among all."""
    found = {who: list(clues(seen, drawing, who, knows)) for who in members}
    _rank(found, "came as", {who: seen.pressed[who] for who in members})
    _rank(found, "words said", {who: float(sum(at <= drawing.at for at in seen.spoke[who])) for who in members})
    if knows.presses:
        since = waiting(seen, drawing.at)
        _rank(found, "agreed as", {who: since.get(who, drawing.at) for who in members})
    return {who: tuple(told) for who, told in found.items()}


def _rank(found: Mapping[str, list[Clue]], name: str, order: Mapping[str, float]) -> None:
    """Where somebody stands among all, in quarters."""
    placed = sorted(order, key=lambda who: (order[who], who))
    for place, who in enumerate(placed):
        found[who].append((name, 4 * place // len(placed)))


def marks_of(drawing: Drawing, letters: Sequence[str], letter: str) -> Iterator[Clue]:
    """What a card is like: its kind and bands, how wide it is, and where it stands among those that came with it."""
    card = drawing.cards[letter]
    yield "kind", card.kind
    yield "width", card.width
    yield "stands", 4 * letters.index(letter) // len(letters)
    for band in card.bands:
        yield band.name, band


def thanked(seen: Watched, letter: str, who: str) -> Clue:
    """Whether somebody spoke right after a case was answered; None where it never was."""
    at = seen.answered.get(letter)
    if at is None:
        return "thanked", None
    return "thanked", any(at < one <= at + _THANKS for one in seen.spoke[who])
