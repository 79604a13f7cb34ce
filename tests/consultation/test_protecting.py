"""What a group is protected from: own numbers and offers are found, and honest talk is left alone."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consultation.protecting import found_in
from bot.dialogue.conversation import Conversation
from bot.dialogue.footing import Standing
from bot.dialogue.hearing.own_numbers import own_number
from bot.dialogue.messages import Arrival, Finding
from bot.dialogue.scene import Scene, Turn
from bot.dialogue.turn import take_turn
from knowledge.lures import NO_LURES, misjudged_lures
from tests.consultation.protecting_measured import TALK, guards_tried, judged, library

NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)
GROUP = Conversation(id="tg:-100")
LURES = library().lures
OWN = {"id_number", "bank_card", "phone", "code"}


def _turn(found: Finding, who: Conversation = GROUP, *, later: float = 0.0, **arrival: object) -> Turn:
    now = NOW + dt.timedelta(minutes=later)
    told = {"key": f"k{later}", "at": now, "public": True, "found": found, "place": 7, "speaker": "tg:9", **arrival}
    return take_turn(who, Arrival.model_validate(told), Scene(library(), {}, now))


def test_nobody_who_asks_warns_or_just_talks_is_removed_and_most_offers_are() -> None:
    """Of talk written apart from the list no honest message is removed, and nine of ten offers are."""
    assert judged(TALK["honest"]).keys() <= {"lure", "nothing"}
    assert judged(TALK["plain"]).keys() == {"nothing"}
    assert "offer" not in judged(guards_tried())
    assert judged(TALK["offers"])["offer"] >= 0.9 * len(TALK["offers"])


def test_the_list_of_operators_holds_what_it_was_tried_on_and_nothing_is_found_without_one() -> None:
    """Every tried sentence is judged rightly, and an empty list accuses nobody."""
    assert misjudged_lures(LURES) == ()
    assert all(LURES.tried[name] for name in ("offer", "lure", "neither"))
    assert {NO_LURES.judged(said) for said in TALK["offers"]} == {""}


@pytest.mark.parametrize("kind", ["id_number", "bank_card", "phone", "code"])
def test_own_numbers_are_found_however_they_are_written(kind: str) -> None:
    """Full-width, in Chinese numerals, with spaces or hyphens: a number of somebody's own is found for what it is."""
    assert {found_in(said, LURES) for said in TALK["own_numbers"][kind]} == {kind}


@given(st.integers(0, 10**14 - 1))
@settings(max_examples=60)
def test_a_card_is_known_by_its_sum(digits: int) -> None:
    """Of the ten numbers that differ in the last digit alone, just one is a card's."""
    found = [own_number(f"62{digits:014}{last}") for last in range(10)]
    assert found.count("bank_card") == 1


@given(st.dates(dt.date(1930, 1, 1), dt.date(2008, 1, 1)), st.integers(0, 999))
@settings(max_examples=60)
def test_an_identity_number_is_known_by_its_sum(born: dt.date, number: int) -> None:
    """Of the eleven signs that may end an identity number, just one does."""
    found = [own_number(f"330106{born:%Y%m%d}{number:03}{sign}") for sign in "0123456789X"]
    assert found.count("id_number") == 1


@given(st.integers(0, 9_999_999), st.sampled_from(["元", "块", " yuan", "万"]))
@settings(max_examples=60)
def test_an_amount_is_nobodys_number(amount: int, unit: str) -> None:
    """Amounts, whatever their size, are said freely."""
    assert found_in(f"我欠了{amount}{unit}，上个月还了{amount // 3}", LURES) is None


@pytest.mark.parametrize("piece", ["1", "6222 ", "验证码 ", "12345678是", "code is ", "代提", "加", "@", "1 is my a "])
def test_reading_takes_time_that_grows_with_the_length_alone(piece: str) -> None:
    """Twice as long a text takes at most about twice as long to read, whatever it repeats."""

    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        begun = time.process_time()
        for _ in range(4):
            found_in(text, LURES)
        return time.process_time() - begun

    seconds(500)
    assert min(seconds(4000) for _ in range(2)) < 8 * max(min(seconds(1000) for _ in range(2)), 2e-3)


def test_an_author_alone_is_told_and_nothing_is_repeated() -> None:
    """For an own number the message goes, its author alone reads a word in their language, and all others none."""
    for found in OWN:
        turn = _turn(found, locale="en")
        removal, word = turn.replies
        assert (removal.removes, removal.blocks, word.whisper_to) == ((7,), (), "tg:9")
        assert "Only you see this note" in word.blocks[0].model_dump()["markup"]
        assert turn.notes[-1].detail == found
    assert len(_turn("phone", again=True).replies) == 1
    assert len(_turn("phone", speaker=None).replies) == 1
    assert [reply.whisper_to for reply in _turn("phone", place=None).replies] == ["tg:9"]


def test_offers_are_swept_together_and_warned_of_once() -> None:
    """Each sweep names what was found lately; one card stands for five minutes, and talk of offers removes nothing."""
    first = _turn("offer", crowded=(3, 4))
    assert [reply.removes for reply in first.replies] == [(3, 4, 7), ()]
    second = _turn("offer", first.conversation, later=4, place=8)
    assert [reply.removes for reply in second.replies] == [(3, 4, 7, 8)]
    third = _turn("offer", second.conversation, later=20, place=9)
    assert [reply.removes for reply in third.replies] == [(9,), ()]
    assert [reply.removes for reply in _turn("lure").replies] == [()]
    assert _turn("lure", third.conversation, later=30).replies == ()


@pytest.mark.parametrize(("rank", "removed"), [("creator", 0), ("administrator", 0), ("member", 1), (None, 1)])
def test_who_leads_the_group_makes_no_offers(rank: str | None, removed: int) -> None:
    """Words of an offer that the platform says a leader wrote are warned of at most."""
    turn = _turn("offer", standing=Standing(group=GROUP.id, rank=rank, at=NOW))
    assert sum(bool(reply.removes) for reply in turn.replies) == removed
