"""Journeys in groups: adviser, member, onlooker and scammer, walked with the whole bot and read as transcripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.consultation.group_walking import GroupWalk, journeys, read_journey, written


@pytest.mark.parametrize("path", journeys(), ids=lambda path: path.stem)
def test_a_journey_goes_as_it_is_written(path: Path) -> None:
    """The lines give the very transcript in the file; ``python -m tests.consultation.record_journeys`` records it."""
    journey = read_journey(path)
    walk = GroupWalk(journey).walk()
    said = walk.transcript()
    assert [words for words in journey.must if words not in said] == []
    assert [words for words in journey.never if words in said] == []
    assert written(journey, walk) == journey.text


def test_everybody_has_a_journey() -> None:
    """Adviser, member, onlooker and scammer are walked, in both languages."""
    told = [read_journey(path) for path in journeys()]
    assert {path.stem for path in journeys()} >= {"adviser", "member", "onlooker", "scammer"}
    assert {journey.language for journey in told} == {"en", "zh-hans"}
