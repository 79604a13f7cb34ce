"""The journeys: real conversations from hello to plan, run line by line and read as transcripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.walking import journeys, read_journey, walk, written


@pytest.mark.parametrize("path", journeys(), ids=lambda path: path.stem)
def test_a_journey_goes_as_it_is_written(path: Path) -> None:
    """Typed lines give the very transcript that stands in the file, with what must and must never be said.

    What is kept of it all is at most 8 KB.
    """
    journey = read_journey(path)
    walker = walk(journey)
    assert len(walker.conversation().model_dump_json()) <= 8192
    said = "".join(walker.transcript().split())
    assert [words for words in journey.must if "".join(words.split()) not in said] == []
    assert [words for words in journey.never if "".join(words.split()) in said] == []
    assert written(journey, walker) == journey.text


def test_there_are_journeys() -> None:
    """The ten lives of the plan are walked."""
    assert len(journeys()) >= 10
