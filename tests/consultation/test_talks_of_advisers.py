"""Talks of a sitting in which somebody is both: an adviser of one case, and the owner of another."""

from __future__ import annotations

import pytest

from bot.consultation.advising import give_back, left_by, take_over
from bot.consultation.sitting import Sitting
from tests.consultation.test_sitting import with_cards

CHIEF = "tg:90"


def _talking(own: str) -> tuple[Sitting, str, str]:
    """The owner of a case talks about it with an adviser, and as an adviser about the case of somebody else."""
    sitting = with_cards(3)
    both = sitting.case(own)
    other = next(seat for seat in sitting.cases if seat.letter != own)
    assert both is not None
    sitting = take_over(sitting, own, CHIEF).sitting
    return take_over(sitting, other.letter or "", both.member).sitting, both.member, other.member


def _talks(sitting: Sitting) -> dict[str, str]:
    return {seat.member: seat.adviser for seat in sitting.cases if seat.adviser is not None}


@pytest.mark.parametrize("own", ["A", "B", "C"])
def test_whoever_ends_their_own_talk_ends_no_other(own: str) -> None:
    """Whichever of the two cases comes first on the table."""
    sitting, both, other = _talking(own)
    heard = give_back(sitting, both)
    assert _talks(heard.sitting) == {other: both}
    assert [(word.to, word.code) for word in heard.words] == [(both, "bot_again"), (CHIEF, "left_you")]
    heard = give_back(sitting, other)
    assert _talks(heard.sitting) == {both: CHIEF}
    assert [(word.to, word.code) for word in heard.words] == [(other, "bot_again"), (both, "left_you")]


@pytest.mark.parametrize("own", ["A", "B", "C"])
def test_whoever_leads_no_more_keeps_the_talk_about_their_own_case(own: str) -> None:
    """The talk in which they were the adviser ends; the other one is none of that."""
    sitting, both, _other = _talking(own)
    assert _talks(left_by(sitting, both).sitting) == {both: CHIEF}
