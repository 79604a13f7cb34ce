"""The pace of a group: twenty things a minute at most, whoever sends them, and however often who sends is killed."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from contextlib import suppress

import pytest
from sqlalchemy import Engine, create_engine, event, select

from bot.channels.playground.clocks import HandClock
from bot.channels.telegram.joining import at_once
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Reply, Text
from bot.service import quotas, settling
from bot.service.carrying import Delivered, Outcome
from bot.service.postman import Postman
from bot.store.conversations import rename_conversation, save_conversation
from bot.store.engine import open_store, writing
from bot.store.outbox import Lease, Promise, due_promises, promise
from bot.store.paces import drop_old_paces, moments_of, move_pace, note_moments
from bot.store.tables import PACES
from tests.faults.mishaps import Killed
from tests.faults.virtual import live
from tests.journeys.walking import NOW
from tests.store.postgresql import Server

GROUP, MOVED = "tg:-100", "tg:-100200"
FAR = 10**16


class Wire:
    """A way out that writes down when something went, and may kill who sends."""

    def __init__(self, clock: HandClock, seconds: float = 0.01) -> None:
        self.clock, self.seconds = clock, seconds
        self.went: list[float] = []
        self.until = 10**6

    def in_place(self, _promise: Promise) -> bool:
        """Everything is a message of its own."""
        return False

    async def carry(self, _conversation: str, _promise: Promise) -> Outcome:
        """It takes a moment until it is there."""
        await asyncio.sleep(self.seconds)
        self.went.append(self.clock())
        if len(self.went) >= self.until:
            raise Killed
        return Delivered(len(self.went))

    @property
    def most(self) -> int:
        """The most that went within sixty seconds."""
        return max(sum(at <= one < at + 60 for one in self.went) for at in self.went)


def _postman(store: Engine, wire: Wire, owner: str) -> Postman:
    def now() -> dt.datetime:
        return dt.datetime.fromtimestamp(wire.clock(), dt.UTC)

    return Postman(store, wire, now, at_once, owner)


def _promised(store: Engine, many: int, owner: str, name: str = GROUP) -> tuple[Promise, ...]:
    with writing(store) as connection:
        save_conversation(connection, Conversation(id=name, revision=1), NOW)
        numbers = promise(
            connection,
            name,
            1,
            [Reply(blocks=(Text(markup=f"{owner} {nth}"),)) for nth in range(many)],
            lease=Lease(owner, FAR),
        )
        return tuple(one for one in due_promises(connection, name) if one.id in numbers)


async def _delivered(*rounds: tuple[Postman, str, tuple[Promise, ...]]) -> None:
    for postman, name, promises in rounds:
        postman.post(name, promises, FAR)
    while any(postman.busy() for postman, _, _ in rounds):  # noqa: ASYNC110 - deliveries tell nobody of their end
        await asyncio.sleep(0.5)


def _left(store: Engine, name: str = GROUP) -> tuple[Promise, ...]:
    with writing(store) as connection:
        return due_promises(connection, name)


def test_no_minute_holds_more_than_twenty_over_kills(store: Engine) -> None:
    """Who comes after a kill knows what the one before has sent, also where it moved to another number."""
    wire = Wire(HandClock())
    _promised(store, 70, "me")
    for kill in (15, 28, 35):
        wire.until = kill
        with suppress(Killed):
            live(wire.clock, _delivered((_postman(store, wire, "me"), GROUP, _left(store))))
    assert len(wire.went) == 35
    wire.until = 10**6
    with writing(store) as connection:
        rename_conversation(connection, GROUP, MOVED)
    live(wire.clock, _delivered((_postman(store, wire, "me"), MOVED, _left(store, MOVED))))
    assert len(wire.went) == 70 + 3
    assert wire.most <= 20


def test_two_workers_share_the_minute(store: Engine) -> None:
    """Each with promises of its own for one group, they send twenty a minute together, and not one fewer."""
    wire = Wire(HandClock())
    begun = wire.clock()
    rounds = [(_postman(store, wire, owner), GROUP, _promised(store, 25, owner)) for owner in ("one", "two")]
    live(wire.clock, _delivered(*rounds))
    assert len(wire.went) == 50
    assert wire.most == 20
    assert wire.clock() - begun < 2 * 61 + 5


def test_a_slow_call_counts_from_its_end(store: Engine) -> None:
    """A call that hung for seconds was late to be seen: the minute begins when it was over."""
    wire = Wire(HandClock(), seconds=4.0)
    postman = _postman(store, wire, "me")
    live(wire.clock, _delivered((postman, GROUP, _promised(store, 1, "me"))))
    wire.seconds = 0.01
    live(wire.clock, _delivered((postman, GROUP, _promised(store, 25, "me"))))
    assert wire.most == 20


def test_a_clock_that_was_set_back_stops_nobody_for_long(store: Engine) -> None:
    """Moments that have not come yet count as now: a minute later the group is written to again."""
    wire = Wire(HandClock())
    wire.clock.advance(7200.0)
    live(wire.clock, _delivered((_postman(store, wire, "me"), GROUP, _promised(store, 20, "me"))))
    back = Wire(HandClock())
    begun = back.clock()
    live(back.clock, _delivered((_postman(store, back, "me"), GROUP, _promised(store, 1, "me"))))
    assert len(back.went) == 1
    assert back.clock() - begun < 63


def test_a_private_chat_asks_no_store_for_its_pace(store: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its pace is a matter of one process; only groups are looked up."""
    asked: list[str] = []
    real: Callable[..., float] = quotas.place_taken
    monkeypatch.setattr(quotas, "place_taken", lambda *told: asked.append(told[1]) or real(*told))
    wire = Wire(HandClock())
    postman = _postman(store, wire, "me")
    alone = _promised(store, 2, "me", "tg:1")
    live(wire.clock, _delivered((postman, "tg:1", alone), (postman, GROUP, _promised(store, 1, "me"))))
    assert asked == [GROUP]


def test_a_chat_that_moves_forgets_nothing_of_its_new_number(store: Engine) -> None:
    """What was sent to the new number counts as long as it would have, though the old one's has come to its end."""
    with writing(store) as connection:
        for name, at in ((GROUP, 1_000), (MOVED, 50_000)):
            assert moments_of(connection, name) == []
            note_moments(connection, name, [at], at + 61_000)
        move_pace(connection, GROUP, MOVED)
        drop_old_paces(connection, 70_000)
        assert moments_of(connection, MOVED) == [1_000, 50_000]


def test_what_goes_while_it_is_looked_for_is_begun_anew(postgresql: Server) -> None:
    """On a server a row may be made by one worker and cleared away by another between two looks at it."""
    store = open_store(postgresql.furnished())
    with writing(store) as connection:
        assert moments_of(connection, GROUP) == []
        (code,) = connection.execute(select(PACES.c.id)).one()
        connection.rollback()
    looks: list[str] = []

    def meddle(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        looks.append(statement.split(maxsplit=1)[0])
        with other.begin() as connection:
            if looks == ["SELECT", "INSERT"]:
                connection.execute(PACES.insert().values(id=code, moments="", until_ms=0))
            elif looks == ["SELECT", "INSERT", "SELECT"]:
                connection.execute(PACES.delete())

    other = create_engine(store.url)
    event.listen(store, "before_cursor_execute", meddle)
    try:
        with writing(store) as connection:
            assert moments_of(connection, GROUP) == []
    finally:
        other.dispose()
        store.dispose()


def test_what_counts_no_more_is_forgotten(store: Engine) -> None:
    """An hour later nothing tells any more that a group was written to."""
    wire = Wire(HandClock())
    live(wire.clock, _delivered((_postman(store, wire, "me"), GROUP, _promised(store, 3, "me"))))
    wire.clock.advance(3600.0)
    settling.forgotten(store, dt.datetime.fromtimestamp(wire.clock(), dt.UTC))
    with store.connect() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM paces").scalar() == 0
