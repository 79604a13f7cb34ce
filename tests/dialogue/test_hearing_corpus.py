"""Tests of the hearing room against its written corpus: right or asked back, never silently wrong."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable

import pytest
from opencc import OpenCC

from bot.dialogue.hearing.hearing import KINDS, hear
from bot.dialogue.hearing.readings import Heard
from tests.dialogue.hearing_corpus import Case, Reading, cases

TODAY = dt.date(2026, 11, 21)
CASES = cases()
_FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
_DRESSES: dict[str, Callable[[str], str]] = {
    "full width": lambda text: text.translate(_FULL_WIDTH),
    "traditional": OpenCC("s2t").convert,
    "capitals": str.upper,
    "padded": lambda text: f"  {text}\t",
    "between lines": lambda text: f"\n{text}\r\n",
}


def _heard(case: Case) -> Heard:
    return hear(case.kind, case.text, low=case.low, high=case.high, today=TODAY)


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def _fits(heard: Heard, reading: Reading) -> bool:
    if heard.unit != reading.unit or heard.value is None:
        return False
    if reading.value is None:
        inside = heard.low is None or heard.high is None or heard.low <= heard.value <= heard.high
        return inside and heard.low != heard.high and _same(heard.low, reading.low) and _same(heard.high, reading.high)
    if not _same(float(heard.value), reading.value):
        return False
    if not reading.about:
        return heard.low is None and heard.high is None
    return heard.low is not None and heard.high is not None and heard.low < heard.value < heard.high


def test_the_corpus_is_large_and_knows_every_kind() -> None:
    """At least 1,500 written cases, and every kind but dates among them."""
    assert len(CASES) >= 1500
    assert {case.kind for case in CASES} == set(KINDS) - {"date"}


def test_no_text_is_written_down_twice_for_the_same_question() -> None:
    """Every case asks something new."""
    seen = [(case.kind, case.text, case.low, case.high) for case in CASES]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_written_case_is_heard_as_written(case: Case) -> None:
    """Status, value, ends, unit, doubt and other readings are those written by hand."""
    heard = _heard(case)
    assert heard.status == case.status, heard
    if case.reading is None:
        assert (heard.value, heard.low, heard.high, heard.doubt) == (None, None, None, case.doubt), heard
        return
    assert _fits(heard, case.reading), heard
    assert (heard.doubt is None) == (case.status in {"value", "range"}), heard
    if case.others:
        assert len(heard.alternatives) == len(case.others), heard
        assert all(_fits(*pair) for pair in zip(heard.alternatives, case.others, strict=True)), heard


@pytest.mark.parametrize("dress", list(_DRESSES))
def test_how_a_text_is_typed_makes_no_difference(dress: str) -> None:
    """Full-width, traditional, in capitals, padded, or between empty lines, every case is heard the same."""
    for case in CASES:
        typed = case._replace(text=_DRESSES[dress](case.text))
        assert _heard(typed) == _heard(case), typed.text


def test_nothing_is_silently_misread() -> None:
    """Whatever is returned without asking is exactly what the case says; all else is a question or a refusal."""
    silent = [
        (case.name, heard)
        for case, heard in ((case, _heard(case)) for case in CASES)
        if heard.status in {"value", "range"} and (case.reading is None or not _fits(heard, case.reading))
    ]
    assert silent == []
