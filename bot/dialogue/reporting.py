"""The lines a person has told over time, as a history from which the forecast learns."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from bot.dialogue.conversation import Answer, Conversation
from simulator.observing import History, read_history, standing_still
from simulator.vocabulary import Facts, Problem

_MONTH = dt.timedelta(days=30.44)


def history_of(who: Conversation, facts: Facts) -> History | None:
    """What a person's own lines say, newest last: those told in earlier months, and how long nothing has moved.

    Earlier lines count by the month in which they were told. Where all of them are the line of today, the longer of
    what they span and what was told about the last change counts; after a move, what was told before it no longer
    does. None without a line, or where neither was told.
    """
    line, now = facts.number("current_line"), who.answers.get("current_line")
    if not line or now is None:
        return None
    reports = _reports(who, now, line)
    if any(before[1] != after[1] for before, after in pairwise(reports)):
        found = read_history(reports)
        return None if isinstance(found, Problem) else found
    told = _still(who, now)
    still = max(reports[-1][0], 0 if told is None else told)
    if told is None and not still:
        return None
    changed = facts.with_value("months_since_change", float(still))
    return None if isinstance(changed, Problem) else standing_still(changed)


def _reports(who: Conversation, now: Answer, line: float) -> list[tuple[int, float]]:
    """Lines by month counted from the first, the last of each month, and then today's."""
    first = who.lines[0].at if who.lines else now.at
    by_month = {_months(first, report.at): report.line for report in who.lines}
    by_month[_months(first, now.at)] = line
    return sorted(by_month.items())


def _still(who: Conversation, now: Answer) -> int | None:
    """Months since the last change as told, and as many more as have gone by since; None if untold."""
    told = who.answers.get("months_since_change")
    if told is None or not isinstance(told.value, int | float):
        return None
    return int(told.value) + _months(told.at, now.at)


def _months(earlier: dt.datetime, later: dt.datetime) -> int:
    return max(0, round((later - earlier) / _MONTH))
