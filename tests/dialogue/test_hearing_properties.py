"""Properties of the hearing room: what is written in any way is heard as it was meant."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.hearing.durations import days_of, months_of
from bot.dialogue.hearing.hearing import KINDS, hear
from bot.dialogue.hearing.readings import Heard, heard_document
from bot.dialogue.hearing.text import fold
from tests.dialogue.hearing_spellings import DRESSES, ROUGH, amounts, spellings

TODAY = dt.date(2026, 11, 21)
_ALPHABET = (
    "0123456789０１,.，。、-—~到至万千百十亿零一二两三五九半几多个月年天元块毛分厘成%百分之约不到以上左右至少"
    "wkK +/?？负没有eabthousandof\n;"
)


def _right_or_asked(heard: Heard, value: int) -> bool:
    if heard.status == "confirm":
        return value in {heard.value, *(other.value for other in heard.alternatives)}
    return heard.status == "value" and heard.value == value and heard.low is None and heard.high is None


def _check_amount(value: int, dress: str) -> None:
    for spelling in spellings(value):
        heard = hear("money", dress.format(spelling))
        assert heard.status == "value", (spelling, dress, heard)
        assert heard.value == value, (spelling, dress, heard)


@given(value=amounts, dress=st.sampled_from(DRESSES))
@settings(max_examples=40, deadline=None)
def test_every_spelling_of_an_amount_is_heard_as_that_amount(value: int, dress: str) -> None:
    """Digits, commas, wan, Chinese, formal, traditional, full-width and slang spellings of one amount agree."""
    _check_amount(value, dress)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@given(value=amounts, dress=st.sampled_from(DRESSES))
@settings(max_examples=8000, deadline=None)
def test_a_hundred_thousand_spellings_are_heard_right(value: int, dress: str) -> None:
    """The same over 8,000 amounts, each in a dozen spellings and more."""
    _check_amount(value, dress)


@given(value=amounts)
@settings(max_examples=60, deadline=None)
def test_a_bare_amount_is_right_or_asked_back(value: int) -> None:
    """Without any unit an amount is heard right, or asked back with the amount among the readings."""
    assert all(_right_or_asked(hear("money", way), value) for way in spellings(value) if value < 10**8)


@given(value=st.integers(1, 9_999_999), dress=st.sampled_from(ROUGH))
@settings(max_examples=60, deadline=None)
def test_a_rough_amount_keeps_its_value_inside_its_ends(value: int, dress: str) -> None:
    """Rough words keep the value and add ends around it."""
    heard = hear("money", dress.format(value))
    assert (heard.status, heard.value) == ("value", value)
    assert heard.low is not None
    assert heard.high is not None
    assert heard.low < value < heard.high


@given(
    low=st.integers(100, 999_999), high=st.integers(100, 999_999), joint=st.sampled_from(["-", "~", "到", "至", " to "])
)
@settings(max_examples=60, deadline=None)
def test_two_amounts_make_one_range(low: int, high: int, joint: str) -> None:
    """Two joined amounts are the range from the first to the second; a falling or very wide one is asked back."""
    heard = hear("money", f"{low}{joint}{high}元")
    assert heard.status in ({"range", "confirm"} if low != high else {"value"})
    assert (heard.low, heard.high) == ((min(low, high), max(low, high)) if low != high else (None, None))
    if low < high <= 20 * low:
        assert heard.status == "range"
    if low > high:
        assert heard.status == "confirm"


@given(years=st.integers(0, 14), months=st.integers(1, 11))
@settings(max_examples=60, deadline=None)
def test_years_and_months_add_up(years: int, months: int) -> None:
    """So many years and months are heard as their months, however they are joined."""
    ways = [
        f"{years}年{months}个月",
        f"{years}年零{months}个月",
        f"{years} years {months} months",
        f"{years}y{months}m",
    ]
    heard = [hear("duration", way).value for way in ways]
    assert heard == [years * 12 + months] * len(ways)


@given(days=st.integers(0, 3000))
@settings(max_examples=80, deadline=None)
def test_days_turn_into_months_and_back(days: int) -> None:
    """Days as months grow with the days, and turn back into the same days."""
    months = months_of(Decimal(days))
    assert months <= months_of(Decimal(days + 1))
    if days < 360 or days >= 365:  # a bank year and a calendar year are both twelve months
        assert math.isclose(days_of(float(months)), days, abs_tol=0.5)
    assert hear("days", f"{days}天").value == days


@given(tenths=st.integers(1, 99), form=st.sampled_from(["万分之{}", "万{}", "日息万分之{}", "每天万分之{}", "{}‱"]))
@settings(max_examples=60, deadline=None)
def test_rates_in_ten_thousand_are_daily(tenths: int, form: str) -> None:
    """So many in ten thousand is that share a day, asked back where nobody charges it."""
    heard = hear("rate", form.format(tenths / 10))
    assert heard.unit == "day"
    assert heard.value is not None
    assert math.isclose(heard.value, tenths / 100_000)


@given(
    hundredths=st.integers(100, 10_000), form=st.sampled_from(["年化{}%", "{}% a year", "年利率百分之{}", "{}% APR"])
)
@settings(max_examples=60, deadline=None)
def test_yearly_percentages_are_heard_as_said(hundredths: int, form: str) -> None:
    """A yearly rate from 1 % to 100 % is taken at its word."""
    heard = hear("rate", form.format(hundredths / 100))
    assert (heard.status, heard.unit) == ("value", "year")
    assert math.isclose(heard.value or 0, hundredths / 10_000)


@given(percent=st.integers(0, 100), form=st.sampled_from(["{}%", "百分之{}", "{} percent", "{}个点", "占{}%"]))
@settings(max_examples=60, deadline=None)
def test_percentages_are_fractions_of_one(percent: int, form: str) -> None:
    """A percentage is heard as its hundredth."""
    heard = hear("percent", form.format(percent), low=0, high=1)
    assert heard.status == "value"
    assert math.isclose(heard.value or 0, percent / 100)


@given(count=st.integers(0, 999), form=st.sampled_from(["{}", "{}次", "{}家", "{} times", "借过{}次"]))
@settings(max_examples=60, deadline=None)
def test_counts_are_heard_as_said(count: int, form: str) -> None:
    """A count is heard with any counter."""
    heard = hear("count", form.format(count))
    assert (heard.status, heard.value) == ("value", count)


@given(kind=st.sampled_from(KINDS), text=st.one_of(st.text(max_size=60), st.text(_ALPHABET, max_size=40)))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_one_consistent_record(kind: str, text: str) -> None:
    """No text raises; numbers are finite, ends are in order, doubts go with questions, and the record is plain data."""
    heard = hear(kind, text, today=TODAY)
    numbers = [number for number in (heard.value, heard.low, heard.high) if number is not None]
    assert all(math.isfinite(number) for number in numbers)
    assert (heard.status == "refused") == (heard.value is None)
    assert (heard.doubt is None) == (heard.status in {"value", "range"})
    assert heard.read_as.isascii()
    assert bool(heard.read_as) == (heard.status != "refused")
    if heard.low is not None and heard.high is not None and heard.value is not None:
        assert heard.low <= heard.value <= heard.high
    assert heard_document(heard)["status"] == heard.status


@given(text=st.text(_ALPHABET, max_size=40))
@settings(max_examples=150, deadline=None)
def test_folding_twice_changes_nothing(text: str) -> None:
    """The plain spelling of a plain spelling is itself."""
    once = fold(text)
    assert once is not None
    assert fold(once.replace(";", "\n")) == once


@given(text=st.text(_ALPHABET, max_size=40), low=st.integers(-100, 100), width=st.integers(0, 10**6))
@settings(max_examples=150, deadline=None)
def test_what_is_not_asked_back_lies_within_the_bounds(text: str, low: int, width: int) -> None:
    """A value or range given without asking never leaves the bounds."""
    heard = hear("money", text, low=low, high=low + width)
    if heard.status in {"value", "range"}:
        assert heard.value is not None
        assert low <= heard.value <= low + width
