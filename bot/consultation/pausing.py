"""Pausing: when cards may come onto a table that is paused or whose group the bot is out of, and how a span is said."""

from __future__ import annotations

import datetime as dt
import math

from bot.consultation.dealing import TOGETHER, next_laying
from bot.consultation.sitting import Sitting
from knowledge.entries import Language
from knowledge.phrasing import Phrasebook

AWAY = dt.timedelta(days=30)
"""How long a sitting waits for the bot to be let into its group again; then it ends."""

_MINUTE = dt.timedelta(minutes=1)
_INSTANT = dt.timedelta(microseconds=1)


def minutes_to_laying(sitting: Sitting, now: dt.datetime) -> int:
    """Whole minutes until the table may next be laid; the same whether or not any card waits."""
    if sitting.lays_at is not None and sitting.lays_at <= now:
        return 1
    return _minutes(next_laying(sitting.opened_at, now) - now)


def pause_words(sitting: Sitting, phrases: Phrasebook, language: Language, now: dt.datetime, what: str) -> str:
    """When cards come (``card``, ``room``) where a pause, or the end, keeps them from the next laying; empty else."""
    if laid_no_more(sitting, now):
        ends = span_words(sitting.ends_at, phrases, language, now)
        return phrases.say(language, f"consultation.pause.{what}_over", ends=ends)
    until = sitting.snoozed_until
    if until is None or sitting.state(now) != "snoozed":
        return ""
    laying = next_laying(sitting.opened_at, until - _INSTANT)
    if not sitting.away and laying == next_laying(sitting.opened_at, now):
        return ""
    moments = {"pause": until, "laying": laying}
    told = {name: span_words(moment, phrases, language, now) for name, moment in moments.items()}
    return phrases.say(language, f"consultation.pause.{what}", away=sitting.away, together=TOGETHER, **told)


def laid_no_more(sitting: Sitting, now: dt.datetime) -> bool:
    """Whether a sitting ends by itself before any more cards could come."""
    if sitting.ends_at is None or (sitting.lays_at is not None and sitting.lays_at <= now):
        return False
    awake = max(now, (sitting.snoozed_until or now) - _INSTANT)
    return next_laying(sitting.opened_at, awake) >= sitting.ends_at


def span_words(moment: dt.datetime | None, phrases: Phrasebook, language: Language, now: dt.datetime) -> str:
    """How long it is until a moment, roughly; empty where there is none."""
    return "" if moment is None else phrases.say(language, "consultation.span", minutes=_minutes(moment - now))


def _minutes(span: dt.timedelta) -> int:
    return max(1, math.ceil(span / _MINUTE))
