"""Taking back: each change of the interview leaves the little that is needed to put everything back as it was."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from bot.dialogue.conversation import Answer, Change, Conversation, Trial, Was
from bot.dialogue.followed import Following

DEEPEST = 8
"""Changes that can be taken back one after another."""

LARGEST = 8_000
"""Bytes that a stored conversation may grow to for the sake of its trail."""

_NOTHING_FOLLOWED, _NOTHING_TRIED = Following(), Trial()

_TURNED = ("goal", "focus", "doubt", "hurried", "accepted", "reviewing", "more")
_PLACED = (*_TURNED, "failures")


def remembered(before: Conversation, after: Conversation) -> Conversation:
    """The conversation after a turn, with what takes the turn's change of the interview back.

    A turn that changed nothing of the interview leaves no trace, nor does one that took something back. Who takes
    consent back, or turns out to be under age, leaves nothing to be put back.
    """
    if after.trail != before.trail:
        return after
    if after.consent_at is None or after.adult is False:
        return after if not after.trail else after.but(trail=())
    told = _told(before.answers, after.answers)
    if not told and all(getattr(before, name) == getattr(after, name) for name in _TURNED):
        return after
    lines = before.lines if before.lines != after.lines else None
    change = Change(told=told, lines=lines, **{name: getattr(before, name) for name in _PLACED})
    return _within(after.but(trail=(*after.trail, change)[-DEEPEST:]))


def taken_back(who: Conversation) -> Conversation | None:
    """The conversation as it was before its latest change of the interview, or None where none is remembered.

    Opening an answer to change it and giving the new one are one change.
    """
    if not who.trail:
        return None
    before = _stepped_back(who)
    opened = before.focus is not None and who.trail[-1].told and before.trail and not before.trail[-1].told
    return _stepped_back(before) if opened else before


def _stepped_back(who: Conversation) -> Conversation:
    change = who.trail[-1]
    kept = {name: answer for name, answer in who.answers.items() if name not in change.told}
    return who.but(
        answers=_placed(kept, change.told),
        lines=who.lines if change.lines is None else change.lines,
        trail=who.trail[:-1],
        **{name: getattr(change, name) for name in _PLACED},
    )


def _told(before: Mapping[str, Answer], after: Mapping[str, Answer]) -> dict[str, Was]:
    """The answers that a change gave, replaced or took away; the others keep their order among each other."""
    differing = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    touched = [*differing, *_moved(before, after, frozenset(differing))]
    places = {name: place for place, name in enumerate(before)}
    return {name: Was(place=places.get(name, 0), answer=before.get(name)) for name in touched}


def _moved(before: Mapping[str, Answer], after: Mapping[str, Answer], differing: frozenset[str]) -> Iterator[str]:
    """Answers that stayed the same but were told anew, and so stand later than they did."""
    order = iter([name for name in after if name not in differing])
    following = next(order, None)
    for name in before:
        if name == following:
            following = next(order, None)
        elif name not in differing:
            yield name


def _placed(kept: Mapping[str, Answer], told: Mapping[str, Was]) -> dict[str, Answer]:
    """The answers in their old order: those that changed go back to the place where they stood."""
    trail = list(kept.items())
    for name, was in sorted(told.items(), key=lambda one: one[1].place):
        if was.answer is not None:
            trail.insert(was.place, (name, was.answer))
    return dict(trail)


def _within(who: Conversation) -> Conversation:
    """The same conversation with as much of its trail as leaves the whole small; the oldest changes go first."""
    if at_most(who) <= LARGEST:
        return who
    spare = LARGEST - len(who.but(trail=()).model_dump_json(exclude_defaults=True))
    kept: list[Change] = []
    for change in reversed(who.trail):
        spare -= len(change.model_dump_json(exclude_defaults=True)) + 1
        if spare < 0:
            break
        kept.append(change)
    return who if len(kept) == len(who.trail) else who.but(trail=tuple(reversed(kept)))


_BARE, _EACH, _LINE = 900, 260, 80
"""Bytes at most of a conversation without answers, of an answer with its name and place, and of a line once told."""


def at_most(who: Conversation) -> float:
    """Bytes that a stored conversation may have at most, as far as that is plain without writing it out.

    Nobody knows it of one that holds more than the answers of an interview and what takes them back.
    """
    if who.following != _NOTHING_FOLLOWED or who.trial != _NOTHING_TRIED or who.kept:
        return math.inf
    told = len(who.answers) + sum(len(change.told) for change in who.trail)
    lines = len(who.lines) + sum(len(change.lines or ()) for change in who.trail)
    doubts = sum(change.doubt is not None for change in who.trail) + (who.doubt is not None)
    return _BARE + _EACH * (told + len(who.trail) + 3 * doubts) + _LINE * lines
