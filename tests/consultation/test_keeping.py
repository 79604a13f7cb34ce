"""Sittings in the store: whole again when read, saved once over each revision, and without whoever is erased."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select, update

from bot.consultation.anonymising import anonymous
from bot.consultation.deeds import hear
from bot.consultation.desks import Desk, desk_of, keep_desk
from bot.consultation.keeping import (
    INVITED,
    PAST,
    Kept,
    begin,
    drawn,
    forget_past,
    invite,
    load,
    save,
    sittings_in,
    sittings_with,
    stirring,
    undrawn,
    use_invite,
)
from bot.consultation.sitting import LASTS, Deed, Sitting
from bot.dialogue.conversation import Conversation
from bot.store.conversations import rename_conversation, save_conversation
from bot.store.engine import open_store, reading, writing
from bot.store.erasing import forget_conversation, forget_lost_keys
from bot.store.tables import INVITES, SEATS, SITTINGS
from bot.store.vault import keep_sealed
from tests.consultation.playing import ADVISER, FIRST, NOW, at_laying, crowd, opened, people, walked


@pytest.fixture
def house(address: str) -> Iterator[Engine]:
    """A sealed store, on each of the databases."""
    store = open_store(address)
    keep_sealed(store, ["secret"])
    yield store
    store.dispose()


def _kept(store: Engine, number: str = "s1") -> Kept:
    with reading(store) as connection:
        kept = load(connection, number)
    assert kept is not None
    return kept


def _saved(store: Engine, before: Kept, after: Sitting) -> bool:
    with writing(store) as connection:
        return save(connection, before, after)


def _walk(store: Engine, seed: int, many: int = 60) -> Sitting:
    """A random sitting, saved and read anew after every deed; returns how it ended in memory."""
    with writing(store) as connection:
        begin(connection, opened(seed))
    sitting = opened(seed)
    for _, _, _, heard in walked(seed, many=many):
        assert _saved(store, _kept(store), heard.sitting)
        sitting = heard.sitting
    return sitting


def _with_cards(store: Engine) -> Sitting:
    """Four members have joined and shown their cards, which lie on the table; a fifth only sits there."""
    with writing(store) as connection:
        begin(connection, opened())
    card = anonymous(people(1000, 400)[0], crowd())
    for number in range(4):
        for way in ("join", "show"):
            before = _kept(store)
            deed = Deed(way=way, card=card if way == "show" else None)
            after = hear(before.sitting, deed, f"tg:{FIRST + number}", adviser=False, now=NOW).sitting
            assert _saved(store, before, after)
    before = _kept(store)
    assert _saved(store, before, at_laying(before.sitting))
    before = _kept(store)
    joined = hear(before.sitting, Deed(way="join"), "tg:9", adviser=False, now=NOW).sitting
    assert _saved(store, before, joined)
    return _kept(store).sitting


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_read_is_what_was_saved(house: Engine, seed: int) -> None:
    """After any walk the store holds the very sitting that memory holds, with everybody in the same order."""
    assert _walk(house, seed) == _kept(house).sitting


def test_two_writers(house: Engine) -> None:
    """Of two deeds that were decided on the same revision one is saved, and the other changes nothing at all."""
    with writing(house) as connection:
        begin(connection, opened())
    before = _kept(house)
    first, second = (
        hear(before.sitting, Deed(way="join"), f"tg:{number}", adviser=False, now=NOW).sitting for number in (1, 2)
    )
    assert _saved(house, before, first)
    assert not _saved(house, before, second)
    assert [seat.member for seat in _kept(house).sitting.seats] == ["tg:1"]


def test_whoever_is_erased_is_gone_from_the_table(house: Engine) -> None:
    """An erased member has neither seat nor card nor way in, the others keep theirs, and the table is drawn anew."""
    sitting = _with_cards(house)
    member = sitting.cases[0].member
    with writing(house) as connection:
        invite(connection, "code", "s1", member, NOW)
        assert drawn(connection, _kept(house), NOW)
        assert undrawn(connection, "tg:-100") == ()
        forget_conversation(connection, member)
    with reading(house) as connection:
        assert [kept.sitting.id for kept in undrawn(connection, "tg:-100")] == ["s1"]
        assert connection.scalars(select(INVITES.c.id)).all() == []
    assert [s.member for s in _kept(house).sitting.seats] == [s.member for s in sitting.seats if s.member != member]


def test_no_card_and_no_topic_lies_open(house: Engine) -> None:
    """In a sealed house nothing that a sitting or a seat keeps can be read without the secret."""
    _with_cards(house)
    with reading(house) as connection:
        kept = [*connection.scalars(select(SITTINGS.c.kept)), *connection.scalars(select(SEATS.c.kept))]
    assert len(kept) > 3
    assert all(words.startswith("~") for words in kept)


def test_a_group_that_moves_takes_its_sittings_along(house: Engine) -> None:
    """When a group becomes a supergroup its sittings are found under the new number and can be read."""
    with writing(house) as connection:
        save_conversation(connection, Conversation(id="tg:-100", revision=1), NOW)
    sitting = _walk(house, 3, many=20)
    with writing(house) as connection:
        rename_conversation(connection, "tg:-100", "tg:-1007")
        assert sittings_in(connection, "tg:-100", None) == ()
        found = sittings_in(connection, "tg:-1007", None)
    assert [kept.sitting for kept in found] == [sitting.model_copy(update={"group": "tg:-1007"})]


def test_several_sittings_at_once(house: Engine) -> None:
    """Each topic of each group has its own, and somebody who sits in two finds both; a closed one is not listed."""
    places = {"a": ("tg:-1", 5), "b": ("tg:-1", 6), "c": ("tg:-1", 6), "d": ("tg:-2", 6)}
    with writing(house) as connection:
        for number, (group, topic) in places.items():
            begin(connection, opened().model_copy(update={"id": number, "group": group, "topic": topic}))
    for number in ("b", "d"):
        before = _kept(house, number)
        joined = hear(before.sitting, Deed(way="join"), f"tg:{FIRST}", adviser=False, now=NOW).sitting
        assert _saved(house, before, joined)
    closing = _kept(house, "c")
    closed = hear(closing.sitting, Deed(way="close"), ADVISER, adviser=True, now=NOW).sitting
    assert _saved(house, closing, closed)
    with reading(house) as connection:
        assert [kept.sitting.id for kept in sittings_in(connection, "tg:-1", 6)] == ["b"]
        assert [kept.sitting.id for kept in sittings_with(connection, f"tg:{FIRST}")] == ["b", "d"]


def test_a_way_in_is_for_one_person_once_and_for_a_while(house: Engine) -> None:
    """A code leads only its own person in, only once, only in time, and only the newest of them."""
    with writing(house) as connection:
        begin(connection, opened())
        invite(connection, "old", "s1", "tg:1", NOW)
        invite(connection, "new", "s1", "tg:1", NOW)
        assert use_invite(connection, "old", "tg:1", NOW) is None
        assert use_invite(connection, "new", "tg:2", NOW) is None
        assert use_invite(connection, "new", "tg:1", NOW + INVITED + dt.timedelta(seconds=1)) is None
        assert use_invite(connection, "new", "tg:1", NOW + INVITED) == "s1"
        assert use_invite(connection, "new", "tg:1", NOW) is None


def test_past_sittings_go(house: Engine) -> None:
    """A month after its end a sitting goes with its seats and ways in; one that is open stays however old it is."""
    sitting = _walk(house, 3, many=20)
    before = _kept(house)
    with writing(house) as connection:
        invite(connection, "code", "s1", "tg:1", NOW)
        begin(connection, opened().model_copy(update={"id": "s2"}))
    assert _saved(house, before, hear(sitting, Deed(way="close"), ADVISER, adviser=True, now=NOW).sitting)
    with writing(house) as connection:
        assert forget_past(connection, NOW + PAST) == 0
        assert forget_past(connection, NOW + PAST + dt.timedelta(seconds=1)) == 1
        left = [len(connection.execute(select(table)).all()) for table in (SITTINGS, SEATS, INVITES)]
    assert left == [1, 0, 0]


def test_a_desk_of_somebody_who_never_came_goes_with_their_sitting(house: Engine) -> None:
    """Who opened a sitting from the group and never had a talk with the bot is forgotten once the sitting is."""
    leading = Desk().leading("s1")
    with writing(house) as connection:
        begin(connection, opened())
        save_conversation(connection, Conversation(id="tg:2", revision=1), NOW)
        for name in ("tg:1", "tg:2"):
            keep_desk(connection, name, leading)
        forget_past(connection, NOW)
        assert [desk_of(connection, name).led for name in ("tg:1", "tg:2")] == [leading.led, leading.led]
        connection.execute(update(SITTINGS).values(closed_at=round((NOW - PAST).timestamp() * 1000) - 1))
        forget_past(connection, NOW)
        assert [desk_of(connection, name).led for name in ("tg:1", "tg:2")] == [(), leading.led]
        assert forget_lost_keys(connection) == len({"tg:1", opened().group})


def test_an_open_sitting_of_an_older_version_ends_too(house: Engine) -> None:
    """It was kept without a moment to move at, and gets one at night."""
    with writing(house) as connection:
        begin(connection, opened())
        connection.execute(update(SITTINGS).values(wakes_at=None))
        forget_past(connection, NOW)
        assert stirring(connection, opened().group, NOW + LASTS - dt.timedelta(seconds=1)) == ()
        (kept,) = stirring(connection, opened().group, NOW + LASTS)
    assert kept.sitting == opened()
