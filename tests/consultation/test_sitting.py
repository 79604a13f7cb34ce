"""A sitting's own laws: places, letters, who may do what, and that nobody is kept from taking back what they showed."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consultation.anonymising import anonymous
from bot.consultation.dealing import TOGETHER, letter_of
from bot.consultation.sitting import PLACES, Deed, Sitting, hear
from tests.consultation.playing import ADVISER, NOW, crowd, opened, people, walked

CARD = anonymous(people(1000, 400)[0], crowd())
SOME = settings(max_examples=100, deadline=None)


def _do(sitting: Sitting, way: str, who: str, **more: object) -> Sitting:
    deed = Deed.model_validate({"way": way, "card": CARD if way == "show" else None, **more})
    return hear(sitting, deed, who, adviser=who == ADVISER, now=NOW).sitting


def _with_cards(many: int) -> Sitting:
    sitting = opened()
    for number in range(many):
        sitting = _do(_do(sitting, "join", f"tg:{number}"), "show", f"tg:{number}")
    return sitting


@SOME
@given(st.integers(0, 10_000))
def test_the_laws_of_a_sitting(seed: int) -> None:
    """Whatever happens: no more seats than places, no letter given twice, a letter and a card exactly where shown."""
    letters: dict[str, str] = {}
    for before, deed, who, (after, words) in walked(seed):
        assert sum(seat.standing != "queued" for seat in after.seats) <= PLACES
        assert len({seat.member for seat in after.seats}) == len(after.seats)
        for seat in after.seats:
            assert (seat.letter is not None) == (seat.standing == "shown")
            assert (seat.card is not None) == (seat.standing in {"shown", "ready"})
        newly = [seat for seat in after.cases if before.case(seat.letter or "") is None]
        assert not newly or len(newly) >= TOGETHER
        for seat in newly:
            assert seat.letter not in letters
            letters[seat.letter or ""] = seat.member
        if deed.way in {"resolve", "reopen", "snooze", "wake", "close"} and who != ADVISER:
            assert after == before
            assert [word.code for word in words] == ["not_adviser"]


@SOME
@given(st.integers(0, 10_000), st.integers(0, 119))
def test_withdrawal_always_works(seed: int, stop: int) -> None:
    """At any moment, also after the end, whoever withdraws has neither seat nor card any more."""
    steps = list(walked(seed))
    sitting = steps[stop][3].sitting
    for ended in (sitting, _do(sitting, "close", ADVISER)):
        for seat in ended.seats:
            after = _do(ended, "withdraw", seat.member)
            assert after.seat_of(seat.member) is None
            assert {case.letter for case in after.cases} == {c.letter for c in ended.cases if c.member != seat.member}


def test_cards_come_together() -> None:
    """Two cards wait unseen; with the third all three lie on the table, in an order drawn with the sitting's secret."""
    assert _with_cards(TOGETHER - 1).cases == ()
    assert [case.letter for case in _with_cards(TOGETHER).cases] == ["A", "B", "C"]
    orders = set()
    for seed in range(60):
        sitting = opened(seed)
        for number in range(TOGETHER):
            sitting = _do(_do(sitting, "join", f"tg:{number}"), "show", f"tg:{number}")
        orders.add(tuple(case.member for case in sitting.cases))
    assert len(orders) == 6


def test_the_queue_moves_up() -> None:
    """The one who came first to a full sitting gets the first place that is free, and is told so."""
    sitting = opened()
    for number in range(PLACES + 2):
        sitting = _do(sitting, "join", f"tg:{number}")
    assert [seat.member for seat in sitting.queue] == [f"tg:{PLACES}", f"tg:{PLACES + 1}"]
    heard = hear(sitting, Deed(way="withdraw"), "tg:3", adviser=False, now=NOW)
    assert [(word.to, word.code) for word in heard.words] == [("tg:3", "withdrawn"), (f"tg:{PLACES}", "seated")]
    assert [seat.member for seat in heard.sitting.queue] == [f"tg:{PLACES + 1}"]


def test_states() -> None:
    """A sitting waits for cards, is open, resolved when all are answered, sleeps until its moment, and closes."""
    assert opened().state(NOW) == "waiting"
    sitting = _with_cards(TOGETHER)
    assert sitting.state(NOW) == "open"
    for letter in "ABC":
        sitting = _do(sitting, "resolve", ADVISER, letter=letter)
    assert sitting.state(NOW) == "resolved"
    assert _do(sitting, "reopen", ADVISER, letter="b").state(NOW) == "open"
    asleep = _do(sitting, "snooze", ADVISER, until=NOW + dt.timedelta(hours=1))
    assert asleep.state(NOW) == "snoozed"
    assert asleep.state(NOW + dt.timedelta(hours=1)) == "resolved"
    assert _do(asleep, "wake", ADVISER).state(NOW) == "resolved"
    assert _do(sitting, "close", ADVISER).state(NOW) == "closed"


def test_after_the_end() -> None:
    """Once closed nobody joins or shows, cards that waited are let go, and those on the table stay until withdrawn."""
    late = _do(_do(_with_cards(TOGETHER), "join", "tg:7"), "show", "tg:7")
    closed = _do(late, "close", ADVISER)
    assert len(closed.cases) == TOGETHER
    seat = closed.seat_of("tg:7")
    assert seat is not None
    assert (seat.standing, seat.card) == ("hidden", None)
    assert _do(closed, "join", "tg:8") == closed
    assert _do(closed, "show", "tg:7") == closed


def test_letters() -> None:
    """Cases are lettered A to Z and go on with AA."""
    assert [letter_of(number) for number in (0, 1, 25, 26, 27, 51, 52, 701, 702)] == [
        *("A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"),
    ]
