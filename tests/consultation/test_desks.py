"""Several writers of one desk: whoever leads in several groups at once, and at their own desk meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine

from bot.consultation.desks import MOST_LED, Desk, change_desk, desk_of, desks_viewing, keep_desk
from bot.consultation.keeping import sittings_open
from bot.dialogue.messages import Arrival
from bot.service.consulting import open_consultations
from bot.service.reception import take_straight
from bot.settings import Settings
from bot.store.conversations import load_conversation, newcomer, save_conversation
from bot.store.engine import open_store, reading, writing
from bot.store.inbox import Letter
from tests.consultation.playing import crowd
from tests.journeys.walking import scene_now

_ADA = "tg:7"
_GROUPS = tuple(f"tg:-10{number}" for number in range(MOST_LED - 1))


@pytest.fixture
def house(address: str) -> Iterator[Engine]:
    """A store whose owner is Ada, who may lead everywhere; her desk is begun by whoever is there first."""
    store = open_store(address)
    open_consultations(store, Settings(owner_ids="7"), lambda _packs: crowd())
    now = scene_now().now
    with writing(store) as connection:
        for name in (_ADA, *_GROUPS):
            plain = newcomer(name).but(language="en", language_chosen=True, consent_at=now, adult=True)
            save_conversation(connection, plain, now)
    yield store
    store.dispose()


def _takes(store: Engine, name: str, number: int, **arrival: object) -> None:
    """One letter has its turn, as any worker takes it."""
    scene = scene_now()
    told = Arrival.model_validate({"key": f"{name} {number}", "at": scene.now, "locale": "en", **arrival})
    taken = take_straight(store, Letter(name, number, told, 0), scene, name)
    assert not isinstance(taken, str), taken


def _desk(store: Engine) -> Desk:
    with reading(store) as connection:
        return desk_of(connection, _ADA)


def _at_once(*acts: Callable[[], None]) -> None:
    """All of them begin at the same moment, each in a thread of its own."""
    gate = Barrier(len(acts))

    def one(act: Callable[[], None]) -> None:
        gate.wait(20)
        act()

    with ThreadPoolExecutor(len(acts)) as threads:
        for done in [threads.submit(one, act) for act in acts]:
            done.result(60)


def test_no_sitting_is_lost_that_was_opened_at_the_same_moment(house: Engine) -> None:
    """Ada opens one in each of her groups at once; her desk remembers them all, whoever was there first."""

    def opens(group: str) -> Callable[[], None]:
        return lambda: _takes(house, group, 1, public=True, command="consult", text="a raise", speaker=_ADA)

    _at_once(*(opens(group) for group in _GROUPS))
    with reading(house) as connection:
        opened = {kept.sitting.id for kept in sittings_open(connection, (), every=True)}
    assert len(opened) == len(_GROUPS)
    assert set(_desk(house).led) == opened


def test_a_press_at_the_desk_loses_nothing_that_a_group_left_there(house: Engine) -> None:
    """While sittings are opened in the groups Ada presses at her desk, again and again: both stay."""
    _takes(house, _GROUPS[0], 1, public=True, command="consult", text="a raise", speaker=_ADA)
    first = _desk(house).led[0]

    def presses() -> None:
        for number in range(1, 13):
            with reading(house) as connection:
                shown = load_conversation(connection, _ADA).shown
            step = "g" if number % 2 else "m"
            _takes(house, _ADA, number, action=f"desk:{first}:{step}", revision=shown)

    def opens() -> None:
        for group in _GROUPS[1:]:
            _takes(house, group, 1, public=True, command="consult", text="a raise", speaker=_ADA)

    _at_once(presses, opens)
    with reading(house) as connection:
        opened = {kept.sitting.id for kept in sittings_open(connection, (), every=True)}
    assert set(_desk(house).led) == opened
    assert (_desk(house).typing, _desk(house).sitting) == ("agreed", first)


def test_a_desk_that_somebody_else_changed_is_not_written_over(house: Engine) -> None:
    """What was decided on an older desk is not kept; decided anew on the present one it is."""
    old = _desk(house).leading("one")
    with writing(house) as connection:
        change_desk(connection, _ADA, lambda desk: desk.leading("two"))
    with writing(house) as connection:
        assert not keep_desk(connection, _ADA, old)
    assert _desk(house).led == ("two",)
    with writing(house) as connection:
        assert keep_desk(connection, _ADA, _desk(house).leading("one"))
    assert _desk(house).led == ("two", "one")


def test_an_empty_desk_leaves_nothing(house: Engine) -> None:
    """A desk on which nothing lies any more has no row, and can be begun again."""
    with writing(house) as connection:
        assert change_desk(connection, _ADA, lambda desk: desk.leading("one"))
        assert change_desk(connection, _ADA, lambda _desk: Desk())
    assert _desk(house) == Desk()
    with writing(house) as connection:
        assert keep_desk(connection, _ADA, Desk().leading("two"))
    assert _desk(house).led == ("two",)


def test_desks_that_are_locked_together_are_locked_in_one_order(house: Engine) -> None:
    """Two who close the same results at once never wait for each other, whoever began their desk first."""
    names = ("tg:9", "tg:12", _ADA, "tg:8")
    for name in names:
        with writing(house) as connection:
            assert change_desk(connection, name, lambda desk: desk.but(view="view:1", viewed=("one", "A")))
    with reading(house) as connection:
        assert [name for name, _ in desks_viewing(connection, "one")] == sorted(names)
