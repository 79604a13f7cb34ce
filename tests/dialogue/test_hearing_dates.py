"""Tests of the days of the calendar that the hearing room reads."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.dialogue.hearing.hearing import hear

TODAY = dt.date(2026, 11, 21)


def _ordinal(year: int, month: int, day: int) -> float:
    return float(dt.date(year, month, day).toordinal())


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2023-05-01", (2023, 5, 1)),
        ("2023年5月1日", (2023, 5, 1)),
        ("2023年5月1号", (2023, 5, 1)),
        ("2023/5/1", (2023, 5, 1)),
        ("2023.5.1", (2023, 5, 1)),
        ("20230501", (2023, 5, 1)),
        ("２０２３年５月１日", (2023, 5, 1)),
        ("二〇二三年五月一日", (2023, 5, 1)),
        ("May 1, 2023", (2023, 5, 1)),
        ("1 May 2023", (2023, 5, 1)),
        ("1st of May 2023", (2023, 5, 1)),
        ("13/5/2023", (2023, 5, 13)),
        ("今天", (2026, 11, 21)),
        ("昨天", (2026, 11, 20)),
        ("大前天", (2026, 11, 18)),
        ("明天", (2026, 11, 22)),
        ("yesterday", (2026, 11, 20)),
        ("3天前", (2026, 11, 18)),
        ("两周前", (2026, 11, 7)),
        ("三个月后", (2027, 2, 21)),
        ("一年前", (2025, 11, 21)),
        ("3 days ago", (2026, 11, 18)),
        ("in 3 days", (2026, 11, 24)),
        ("上个月15号", (2026, 10, 15)),
        ("下个月10号", (2026, 12, 10)),
        ("2023年5月1日借的", (2023, 5, 1)),
    ],
)
def test_a_day_is_heard_as_its_ordinal(text: str, days: tuple[int, int, int]) -> None:
    """A written or relative day is one value, echoed as year, month and day."""
    heard = hear("date", text, today=TODAY)
    assert (heard.status, heard.value, heard.unit) == ("value", _ordinal(*days), "date")
    assert heard.read_as == dt.date(*days).isoformat()


@pytest.mark.parametrize(
    ("text", "status", "read_as", "doubt"),
    [
        ("2023年5月", "range", "2023-05-01 to 2023-05-31", None),
        ("may 2023", "range", "2023-05-01 to 2023-05-31", None),
        ("去年", "range", "2025-01-01 to 2025-12-31", None),
        ("上周", "range", "2026-11-09 to 2026-11-15", None),
        ("5月1日", "confirm", "2027-05-01", "no_year"),
        ("15号", "confirm", "2026-11-15", "no_year"),
        ("5/8/2023", "confirm", "2023-05-08", "ambiguous_unit"),
        ("2023-05-01 会员", "confirm", "2023-05-01", "unknown_words"),
        ("2023年2月30日", "refused", "", "no_such_day"),
        ("13月1日", "refused", "", "no_such_day"),
        ("30/30/2023", "refused", "", "no_such_day"),
        ("9999年前", "refused", "", "no_such_day"),
        ("2023-05-01到2023-06-01", "refused", "", "several_numbers"),
        ("2023-05-01 8000", "refused", "", "several_numbers"),
        ("8000", "refused", "", "no_number"),
        ("不知道", "refused", "", "unsure"),
        ("什么时候", "refused", "", "question"),
        ("2023-05-01是什么", "refused", "", "question"),
    ],
)
def test_a_day_that_is_not_sure_is_a_range_or_asked_back(
    text: str, status: str, read_as: str, doubt: str | None
) -> None:
    """Months and years are ranges of days, a missing year is asked back, impossible days are refused."""
    heard = hear("date", text, today=TODAY)
    assert (heard.status, heard.read_as, heard.doubt) == (status, read_as, doubt)


def test_what_depends_on_today_is_refused_without_it() -> None:
    """Without today no date and no written beginning is read; a relative word keeps its rough length."""
    assert hear("date", "昨天").doubt == "needs_today"
    assert hear("duration", "since 2021").doubt == "needs_today"
    assert hear("days", "2026年11月1日").doubt == "needs_today"
    rough = hear("duration", "上个月")
    assert (rough.status, rough.low, rough.high) == ("range", 0.0, 2.0)
