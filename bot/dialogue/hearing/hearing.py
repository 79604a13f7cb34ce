"""Hearing: the door of the room: one text and what kind of answer it should be, in; what was heard, out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.dialogue.hearing.asked import Asked
from bot.dialogue.hearing.bounds import within
from bot.dialogue.hearing.counts import hear_count
from bot.dialogue.hearing.dates import hear_date
from bot.dialogue.hearing.durations import hear_days, hear_months
from bot.dialogue.hearing.flags import hear_flag
from bot.dialogue.hearing.money import hear_money
from bot.dialogue.hearing.rates import hear_rate
from bot.dialogue.hearing.readings import Heard, refused
from bot.dialogue.hearing.shares import hear_share
from bot.dialogue.hearing.splitting import split_lines
from bot.dialogue.hearing.text import fold, looks_personal

_READERS: Mapping[str, tuple[str, Callable[[str, Asked], Heard]]] = MappingProxyType({
    "money": ("yuan", hear_money),
    "rate": ("year", hear_rate),
    "duration": ("months", hear_months),
    "days": ("days", hear_days),
    "count": ("count", hear_count),
    "percent": ("fraction", hear_share),
    "date": ("date", hear_date),
    "flag": ("flag", hear_flag),
})

KINDS = tuple(_READERS)
"""What may be asked for."""


def hear(
    kind: str, text: str, *, low: float | None = None, high: float | None = None, today: dt.date | None = None
) -> Heard:
    """What a text means as an answer of one kind; never a guess: what is not sure is confirmed or refused.

    Args:
        kind: ``money`` (yuan), ``rate`` (fraction; the unit is day, month or year), ``duration`` (months), ``days``,
            ``count``, ``percent`` (fraction of one), ``date`` (ordinal day), ``flag`` (a bool in ``value``).
        text: What was typed, Chinese or English, of any length.
        low: The least sensible answer in that unit (a rate: per year); below zero it also allows negative answers.
        high: The greatest sensible answer.
        today: The day that counts as today, for "since 2021" and dates.

    Raises:
        ValueError: The kind is not one of ``KINDS``.
    """
    if kind not in _READERS:
        raise ValueError(f"kind was {kind[:40]!r}; one of {', '.join(KINDS)} would be right")
    unit, read = _READERS[kind]
    folded = fold(text)
    if folded is None:
        return refused(unit, "too_long")
    if not folded:
        return refused(unit, "no_number")
    if looks_personal(folded):
        return refused(unit, "looks_personal")
    if ";" in folded and len(split_lines(folded)) > 1:
        return refused(unit, "several_numbers")
    asked = Asked(low, high, today)
    return within(read(folded, asked), asked)
