"""Segments: for whom a broadcast is, as codes that are looked up in what is kept; nobody's figures are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Connection

from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import PRODUCTS, kind_of
from bot.dialogue.news import hears_news
from bot.store.conversations import read_state
from bot.store.recipients import people_after
from bot.store.vault import SealedError, unsealed

EVERYBODY = "all"
CODES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "language": ("zh", "zh-hant", "en"),
    "kind": ("person", "business"),
    "product": tuple(sorted(PRODUCTS.values())),
    "seen": ("7d", "30d", "90d"),
    "away": ("30d", "90d"),
    "plan": ("running", "none"),
})
"""What can be asked for and its words: ``seen`` within so many days, ``away`` for longer than so many."""

_BATCH = 200


class WrongSegmentError(ValueError):
    """A code that is none; the message is the code's name, or empty where even that is unknown."""


def read_segment(words: str) -> str:
    """Codes as somebody typed them, each once and in order: ``kind=business language=en``, or ``all``.

    Raises:
        WrongSegmentError: for the first that is no code, or a name that is told twice.
    """
    told: dict[str, str] = {}
    for word in words.lower().split():
        name, _, value = word.partition("=")
        if word == EVERYBODY:
            continue
        if value not in CODES.get(name, ()) or name in told:
            raise WrongSegmentError(name if name in CODES else "")
        told[name] = value
    return " ".join(f"{name}={told[name]}" for name in CODES if name in told) or EVERYBODY


def holds(segment: str, who: Conversation, heard: dt.datetime, now: dt.datetime) -> bool:
    """Whether a segment holds somebody who was last heard at a moment, and who may be written to at all."""
    if not hears_news(who):
        return False
    codes = (code.partition("=") for code in segment.split() if code != EVERYBODY)
    return all(_fits(name, value, who, now - heard) for name, _, value in codes)


def _fits(name: str, value: str, who: Conversation, away: dt.timedelta) -> bool:
    match name:
        case "language":
            return who.language == value
        case "kind":
            return "kind" in who.answers and kind_of(who).value == value
        case "product":
            return "kind" in who.answers and PRODUCTS[kind_of(who)] == value
        case "plan":
            return _has_plan(who) == (value == "running")
        case _:
            lately = away <= dt.timedelta(days=int(value.removesuffix("d")))
            return lately == (name == "seen")


def _has_plan(who: Conversation) -> bool:
    return any(step.mark == "open" for step in who.following.steps)


def some_of(
    connection: Connection, segment: str, after: str, now: dt.datetime
) -> tuple[tuple[Conversation, ...], str | None]:
    """Some people of a segment in order of their names, and the name to go on after; None at the end.

    Words that no key opens any more are nobody's.
    """
    rows = people_after(connection, after, _BATCH)
    found = []
    for name, state, heard_ms in rows:
        who = _opened(connection, name, state)
        heard = dt.datetime.fromtimestamp(heard_ms / 1000, dt.UTC)
        if who is not None and holds(segment, who, heard, now):
            found.append(who)
    return tuple(found), rows[-1][0] if len(rows) == _BATCH else None


def _opened(connection: Connection, name: str, state: str) -> Conversation | None:
    try:
        return read_state(name, unsealed(connection, name, state))
    except SealedError:
        return None


def how_many(connection: Connection, segment: str, now: dt.datetime) -> int:
    """How many people a segment holds at this moment."""
    count, after = 0, ""
    while True:
        found, last = some_of(connection, segment, after, now)
        count += len(found)
        if last is None:
            return count
        after = last
