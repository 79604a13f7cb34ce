"""A sitting's own laws: places, letters, who may do what, and that nobody is kept from taking back what they showed."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consultation.anonymising import anonymous
from bot.consultation.dealing import TOGETHER, letter_of
from bot.consultation.deeds import hear
from bot.consultation.laying import laid
from bot.consultation.sitting import HEARD_OUT, LINES, PLACES, Deed, Seat, Sitting
from bot.consultation.wording import table_of
from bot.dialogue.messages import Reply, Text
from simulator.vocabulary import Kind
from tests.consultation.playing import ADVISER, NOW, at_laying, crowd, opened, people, walked
from tests.journeys.walking import scene_now

CARD = anonymous(people(1000, 400)[0], crowd())
PHRASES = scene_now().library.phrases
MINUTE = dt.timedelta(minutes=1)
SOME = settings(max_examples=100, deadline=None)


def do(sitting: Sitting, way: str, who: str, **more: object) -> Sitting:
    """The sitting after somebody does something; showing shows the same card for everybody."""
    deed = Deed.model_validate({"way": way, "card": CARD if way == "show" else None, **more})
    return hear(sitting, deed, who, adviser=who == ADVISER, now=NOW).sitting


def with_cards(many: int, seed: int = 1) -> Sitting:
    """So many have agreed, and the table was laid."""
    sitting = opened(seed)
    for number in range(many):
        sitting = do(do(sitting, "join", f"tg:{number}"), "show", f"tg:{number}")
    return at_laying(sitting)


@SOME
@given(st.integers(0, 10_000))
def test_the_laws_of_a_sitting(seed: int) -> None:
    """Whatever happens: no more seats than places, no letter given twice, a letter and a card exactly where shown."""
    letters: dict[str, str] = {}
    lay: set[str] = set()
    for before, deed, who, (after, words) in walked(seed):
        newly = [seat for seat in before.cases if seat.letter not in lay]
        lay = {seat.letter or "" for seat in before.cases}
        kinds = Counter(seat.card.kind for seat in newly if seat.card is not None)
        assert all(many >= TOGETHER for many in kinds.values())
        for seat in newly:
            assert seat.letter not in letters
            letters[seat.letter or ""] = seat.member
        assert lay >= {seat.letter for seat in after.cases}
        at_table = [seat for seat in after.seats if seat.standing != "queued"]
        assert len(at_table) <= LINES
        assert len({seat.member for seat in after.seats}) == len(after.seats)
        for seat in after.seats:
            assert (seat.letter is not None) == (seat.standing == "shown")
            assert (seat.card is not None) == (seat.standing in {"shown", "ready"})
        if deed.way in {"resolve", "reopen", "snooze", "wake", "close"} and who != ADVISER:
            assert after == before
            assert [word.code for word in words] == ["not_adviser"]


@SOME
@given(st.integers(0, 10_000), st.integers(0, 119))
def test_withdrawal_always_works(seed: int, stop: int) -> None:
    """At any moment, also after the end, whoever withdraws has neither seat nor card any more."""
    steps = list(walked(seed))
    sitting = steps[stop][3].sitting
    for ended in (sitting, do(sitting, "close", ADVISER)):
        for seat in ended.seats:
            after = do(ended, "withdraw", seat.member)
            assert after.seat_of(seat.member) is None
            assert {case.letter for case in after.cases} == {c.letter for c in ended.cases if c.member != seat.member}
            assert ended.closed_at is None or not ended.cases


def test_cards_come_together() -> None:
    """Two cards wait unseen; with the third all three lie on the table, in an order drawn with the sitting's secret."""
    assert with_cards(TOGETHER - 1).cases == ()
    assert [case.letter for case in with_cards(TOGETHER).cases] == ["A", "B", "C"]
    orders = set()
    for seed in range(60):
        orders.add(tuple(case.member for case in with_cards(TOGETHER, seed).cases))
    assert len(orders) == 6


def test_cards_come_at_fixed_moments() -> None:
    """Cards come 10, 30, 90 and 270 minutes after the opening and then every six hours, whoever agrees when."""
    sitting, moments = opened(), []
    for minute in range(1, 1100):
        for member in (f"tg:{minute}-{number}" for number in range(3 if minute in {3, 9, 11, 280, 700} else 0)):
            sitting = sitting.model_copy(update={"seats": (*sitting.seats, Seat(member=member, standing="seated"))})
            sitting = hear(
                sitting, Deed(way="show", card=CARD), member, adviser=False, now=NOW + minute * MINUTE
            ).sitting
        after = laid(sitting, NOW + minute * MINUTE).sitting
        moments += [(minute, len(after.cases))] if after.cases != sitting.cases else []
        sitting = after
    assert moments == [(10, 6), (30, 9), (630, 12), (990, 15)]
    assert sitting.lays_at is None


def test_who_agrees_moves_nothing_in_the_group() -> None:
    """Whether and how many wait shows nowhere: the table's moment is the same for the first and the last."""
    sitting = do(opened(), "join", "tg:1")
    first = hear(sitting, Deed(way="show", card=CARD), "tg:1", adviser=False, now=NOW + MINUTE).sitting
    later = hear(sitting, Deed(way="show", card=CARD), "tg:1", adviser=False, now=NOW + 9.9 * MINUTE).sitting
    assert first == later
    assert laid(first, NOW + 9.99 * MINUTE).sitting == first
    assert laid(first, NOW + 10 * MINUTE).sitting.lays_at == NOW + 30 * MINUTE


def test_a_paused_sitting_lays_nothing() -> None:
    """While a sitting sleeps its table stays as it is, and is laid at the first moment after that."""
    sitting = opened()
    for number in range(TOGETHER):
        sitting = do(do(sitting, "join", f"tg:{number}"), "show", f"tg:{number}")
    asleep = do(sitting, "snooze", ADVISER, until=NOW + 20 * MINUTE)
    assert asleep.stirs_at == NOW + 10 * MINUTE + HEARD_OUT
    still = laid(asleep, NOW + 10 * MINUTE)
    assert (still.sitting.cases, still.words, still.sitting.lays_at) == ((), (), NOW + 30 * MINUTE)
    assert len(laid(still.sitting, NOW + 30 * MINUTE).sitting.cases) == TOGETHER


def test_each_kind_waits_for_its_own() -> None:
    """A business among people would be known by everybody who knows its owner: it waits for others of its kind."""
    sitting, shop = opened(), CARD and CARD._replace(kind=Kind.BUSINESS)
    for number in range(5):
        sitting = do(sitting, "join", f"tg:{number}")
        card = shop if number < 2 else CARD
        sitting = hear(sitting, Deed(way="show", card=card), f"tg:{number}", adviser=False, now=NOW).sitting
    sitting = at_laying(sitting)
    assert {case.member for case in sitting.cases} == {"tg:2", "tg:3", "tg:4"}
    closed = hear(sitting, Deed(way="close"), ADVISER, adviser=True, now=NOW)
    assert {word.seat.standing for word in closed.words if word.seat} == {"shown", "ready"}
    assert {seat.standing for seat in closed.sitting.seats} == {"hidden"}


def test_the_queue_moves_up() -> None:
    """The one who came first to a full sitting gets the first place that is free, and is told so."""
    sitting = opened()
    for number in range(PLACES + 2):
        sitting = do(sitting, "join", f"tg:{number}")
    assert [seat.member for seat in sitting.queue] == [f"tg:{PLACES}", f"tg:{PLACES + 1}"]
    heard = hear(sitting, Deed(way="withdraw"), "tg:3", adviser=False, now=NOW)
    assert [(word.to, word.code) for word in heard.words] == [("tg:3", "withdrawn"), (f"tg:{PLACES}", "seated")]
    assert [seat.member for seat in heard.sitting.queue] == [f"tg:{PLACES + 1}"]


def test_states() -> None:
    """A sitting waits for cards, is open, resolved when all are answered, sleeps until its moment, and closes."""
    assert opened().state(NOW) == "waiting"
    sitting = with_cards(TOGETHER)
    assert sitting.state(NOW) == "open"
    for letter in "ABC":
        sitting = do(sitting, "resolve", ADVISER, letter=letter)
    assert sitting.state(NOW) == "resolved"
    assert do(sitting, "reopen", ADVISER, letter="b").state(NOW) == "open"
    asleep = do(sitting, "snooze", ADVISER, until=NOW + dt.timedelta(hours=1))
    assert asleep.state(NOW) == "snoozed"
    assert asleep.state(NOW + dt.timedelta(hours=1)) == "resolved"
    assert do(asleep, "wake", ADVISER).state(NOW) == "resolved"
    assert do(sitting, "close", ADVISER).state(NOW) == "closed"


def test_letters() -> None:
    """Cases are lettered A to Z and go on with AA."""
    assert [letter_of(number) for number in (0, 1, 25, 26, 27, 51, 52, 701, 702)] == [
        *("A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"),
    ]


def test_the_table_tells_nobody_which_case_was_answered() -> None:
    """Its owner is told in private; who says thanks in the group just then would be known, did the table show it."""
    sitting = with_cards(TOGETHER)
    before = table_of(sitting, PHRASES, "en", NOW)
    for letter in "ABC"[: TOGETHER - 1]:
        sitting = do(sitting, "resolve", ADVISER, letter=letter)
        assert table_of(sitting, PHRASES, "en", NOW) == before
    every = do(sitting, "resolve", ADVISER, letter="C")
    assert "Every case on the table has been answered" in words_of(table_of(every, PHRASES, "en", NOW))
    few = do(sitting, "withdraw", "tg:0")
    for letter in "ABC":
        few = do(few, "resolve", ADVISER, letter=letter)
    assert few.state(NOW) == "resolved"
    assert "Under way" in words_of(table_of(few, PHRASES, "en", NOW))


def words_of(reply: Reply) -> str:
    """All words of a reply."""
    return "\n".join(block.markup for block in reply.blocks if isinstance(block, Text))
