"""Going together: whoever takes a card back quietly changes nothing in the group before the end, when all go."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from bot.consultation.advising import allow, take_over, teach
from bot.consultation.dealing import TOGETHER
from bot.consultation.deeds import hear
from bot.consultation.laying import laid
from bot.consultation.pausing import laid_no_more
from bot.consultation.sitting import LASTS, LINES, PLACES, Deed, Word
from bot.consultation.wording import private_words, table_of
from tests.consultation.playing import ADVISER, NOW, at_laying, moves, opened
from tests.consultation.test_sitting import CARD, MINUTE, PHRASES, do, with_cards, words_of


def test_a_pause_keeps_no_card_on_the_table() -> None:
    """Who takes a card back quietly was told when it goes at the latest: no pause lasts longer than the sitting."""
    asleep = do(with_cards(TOGETHER), "snooze", ADVISER, until=NOW + dt.timedelta(days=7))
    assert asleep.snoozed_until == asleep.ends_at == asleep.opened_at + LASTS


def test_a_card_can_leave_quietly() -> None:
    """It stays until all go, without what its owner let advisers see; or it stays after all."""
    sitting = with_cards(TOGETHER + 1)
    who = sitting.cases[0].member
    seen = sitting.model_copy(
        update={"seats": tuple(seat.model_copy(update={"open": True, "example": True}) for seat in sitting.seats)}
    )
    slipping = hear(seen, Deed(way="slip"), who, adviser=False, now=NOW + 10 * MINUTE).sitting
    seat = slipping.seat_of(who)
    assert seat is not None
    assert (seat.standing, seat.leaving, seat.open, seat.example) == ("shown", True, False, False)
    assert {case.letter for case in slipping.cases} == {case.letter for case in sitting.cases}
    assert laid(slipping, NOW + dt.timedelta(days=1)).sitting == slipping
    assert do(slipping, "close", ADVISER).cases == ()
    stays = do(slipping, "show", who).seat_of(who)
    assert stays is not None
    assert not stays.leaving


def test_whoever_has_left_decides_no_more_and_can_come_back() -> None:
    """An older button opens, teaches and talks nothing; joining again is a place again, and the card may stay."""
    left = do(with_cards(TOGETHER), "part", "tg:0")
    for heard in (allow(left, "tg:0", seen=True), teach(left, "tg:0", wanted=True)):
        assert heard.sitting == left
    letter = next(case.letter or "" for case in left.cases if case.member == "tg:0")
    assert take_over(left, letter, ADVISER).sitting == left
    back = hear(left, Deed(way="join"), "tg:0", adviser=False, now=NOW)
    assert [(word.to, word.code) for word in back.words] == [("tg:0", "leaving")]
    seat = back.sitting.seat_of("tg:0")
    assert seat is not None
    assert (seat.leaving, seat.departing) == (True, False)
    stays = hear(left, Deed(way="show", card=None), "tg:0", adviser=False, now=NOW).sitting.seat_of("tg:0")
    assert stays is not None
    assert (stays.standing, stays.leaving, stays.departing) == ("shown", False, False)


@pytest.mark.parametrize(("hours", "late"), [(46.0, False), (46.6, True), (47.5, True)])
def test_nobody_waits_for_a_laying_that_never_comes(hours: float, late: bool) -> None:
    """In the last hour and a half no cards come any more; who agrees then is told so, and so is the adviser's desk."""
    sitting, now = do(opened(), "join", "tg:1"), NOW + dt.timedelta(hours=hours)
    sitting = hear(sitting, Deed(way="show", card=CARD), "tg:1", adviser=False, now=now).sitting
    word = Word("tg:1", "ready", sitting.seat_of("tg:1"))
    words = private_words(word, sitting, PHRASES, "en", now)
    assert ("shown to nobody" in words) == late
    assert ("The table is laid in" in words) != late
    assert laid_no_more(sitting, now) == late


def test_who_leaves_quietly_makes_room_at_once() -> None:
    """The next in the queue is called, while the card stays; a table shows no more cards than it has lines for."""
    sitting = with_cards(PLACES)
    for number in range(PLACES, LINES + 2):
        sitting = do(sitting, "join", f"tg:{number}")
    parted = hear(sitting, Deed(way="part"), "tg:0", adviser=False, now=NOW)
    assert [(word.to, word.code) for word in parted.words] == [("tg:0", "leaving"), (f"tg:{PLACES}", "seated")]
    assert len(parted.sitting.cases) == PLACES
    for number in range(1, PLACES):
        sitting = do(parted.sitting if number == 1 else sitting, "part", f"tg:{number}")
    assert [seat.member for seat in sitting.queue] == [f"tg:{LINES}", f"tg:{LINES + 1}"]
    answered = hear(sitting, Deed(way="resolve", letter="A"), ADVISER, adviser=True, now=NOW)
    assert (answered.words, sitting.seat_of("tg:0") is not None) == ((), True)
    assert {seat.member for seat in do(sitting, "close", ADVISER).seats} == {f"tg:{n}" for n in range(PLACES, LINES)}


def test_taking_a_card_back_quietly_changes_nothing_that_the_group_sees() -> None:
    """Everything in the group stays as it would be had nobody taken back anything, at every step and after the end.

    A watcher can learn nothing from it, whatever else they know. Only how many sit down at once may tell, where there
    is a queue: here there is none.
    """
    assert sum(_slipped_unseen(seed) for seed in range(40)) > 50


def _slipped_unseen(seed: int) -> int:
    """How many took a card back quietly in one random sitting, beside the same sitting without that."""
    sitting = untouched = opened(seed)
    chance, slipped = random.Random(f"laying {seed}"), 0
    for deed, who, adviser in [*moves(seed, PLACES - 1, 150), (Deed(way="close"), ADVISER, True)]:
        mine = sitting.seat_of(who)
        quietly = deed.way in {"slip", "part"} and mine is not None and mine.standing == "shown"
        slipped += quietly
        sitting = hear(sitting, deed, who, adviser=adviser, now=NOW).sitting
        untouched = untouched if quietly else hear(untouched, deed, who, adviser=adviser, now=NOW).sitting
        if chance.random() < 0.2:
            sitting, untouched = at_laying(sitting), at_laying(untouched)
        assert table_of(sitting, PHRASES, "en", NOW) == table_of(untouched, PHRASES, "en", NOW)
        assert sitting.lays_at == untouched.lays_at
    return slipped


def test_an_end_of_an_older_version_shows_no_card_either() -> None:
    """It left the cards where they were; drawn anew, its table has none."""
    old = with_cards(TOGETHER).model_copy(update={"closed_at": NOW})
    assert old.cases == ()
    assert "no card is left here" in words_of(table_of(old, PHRASES, "en", NOW))


def test_after_the_end() -> None:
    """Once closed nobody joins or shows, and no card is left, neither one that waited nor one on the table."""
    late = do(do(with_cards(TOGETHER), "join", "tg:7"), "show", "tg:7")
    closed = do(late, "close", ADVISER)
    assert {(seat.standing, seat.card, seat.letter) for seat in closed.seats} == {("hidden", None, None)}
    assert closed.left == (CARD,) * TOGETHER
    assert (closed.ends_at, closed.stirs_at) == (None, None)
    assert do(closed, "join", "tg:8") == closed
    assert do(closed, "show", "tg:7") == closed
