"""Sight: how quickly letters had their turns, what became of replies, and what has been kept too long."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy import Engine, insert, select

from bot.admin.desk import Desk, Told
from bot.admin.office import COMMANDS, given_to
from bot.dialogue.conversation import Conversation
from bot.dialogue.scene import Note
from bot.service.moments import milliseconds
from bot.service.tallying import Tallying, tallied
from bot.store.conversations import save_conversation
from bot.store.engine import reading, wipe_log, writing
from bot.store.journal import write_journal
from bot.store.retaining import UNUSED
from bot.store.tables import CONVERSATIONS, INBOX, JOURNAL
from bot.store.tallies import DAYS_OF_TALLIES, add_tallies, read_tallies
from tests.journeys.walking import NOW, scene_now

T = TypeVar("T")
HOUR = dt.timedelta(hours=1)


async def _run(work: Callable[[], T], /) -> T:
    return work()


def _told(store: Engine, name: str, *, sure: bool = False) -> Told:
    desk = Desk(scene_now().library, {}, store, NOW)
    told = given_to(desk, COMMANDS[name], [], sure=sure).told
    if told.change is not None:
        with writing(store) as connection:
            assert told.change(connection)
        wipe_log(store)
    return told


def test_hours_tell_how_quickly_turns_ended(store: Engine) -> None:
    """Each hour of the day has its half, 95 and 99 percent; what is older than a day is not in it."""
    now_ms = milliseconds(NOW)
    took = [*range(1, 101), *[7] * 10]
    done = [now_ms - 1000] * 100 + [now_ms - 5 * 3_600_000] * 9 + [now_ms - 30 * 3_600_000]
    rows = [
        {"key": f"k{n}", "conversation": "tg:1", "number": n, "arrival": "", "ready_at": end - wait, "done_at": end}
        for n, (wait, end) in enumerate(zip(took, done, strict=True))
    ]
    with writing(store) as connection:
        connection.execute(insert(INBOX), rows)
    told = _told(store, "latency")
    assert [row[1:] for row in told.sheet.rows] == [(9, 7, 7, 7), (100, 51, 96, 100)]
    assert [(bar.low, bar.value, bar.high) for bar in told.chart.rows] == [(7, 7, 7), (51, 96, 100)]


def test_tallies_of_several_processes_add_up_and_outlive_them(store: Engine) -> None:
    """Whatever two processes count, in one hour or later, is told in sum, and nothing twice."""
    clock = [NOW - 30 * HOUR]
    one, other = Counter({"send": 3, "later.429": 1}), Counter({"send": 4})

    def tallying(promises: Counter[str]) -> Tallying:
        return Tallying(store, _run, lambda: clock[0], {"promise": promises})

    async def life(work: Callable[[Tallying, Tallying], Awaitable[None]]) -> None:
        first, second = tallying(one), tallying(other)
        async with tallied(first), tallied(second):
            await work(first, second)

    async def day(first: Tallying, second: Tallying) -> None:
        for _ in range(2):
            await first.add()
            await second.add()
        clock[0] = NOW
        one.update({"send": 10, "never.blocked": 2})

    asyncio.run(life(day))
    told = _told(store, "deliveries")
    assert {row[0]: row[1:] for row in told.sheet.rows} == {
        "sent: new messages": (10, 17),
        "the platform asked to wait": (0, 1),
        "blocked by the person": (2, 2),
    }
    assert [(bar.label, bar.value) for bar in told.chart.rows] == [("blocked by the person", 2)]


def test_what_is_not_added_while_the_store_is_away_is_added_later(store: Engine) -> None:
    """A store that fails loses nothing of the counts, and counts nothing twice."""
    counts, away = Counter({"turns": 5}), [True]

    async def run(work: Callable[[], T], /) -> T:
        if away.pop():
            with store.connect() as connection:
                connection.exec_driver_sql("SELECT * FROM nowhere")
        return work()

    async def life() -> None:
        tallying = Tallying(store, run, lambda: NOW, {"turn": counts})
        for again in (False, False):
            await tallying.add()
            away.append(again)
        await tallying.add()

    asyncio.run(life())
    with reading(store) as connection:
        assert [(one.kind, one.many) for one in read_tallies(connection, NOW)] == [("turn.turns", 5)]


def test_retention_says_what_would_go_and_tidy_lets_it_go(store: Engine) -> None:
    """The look changes nothing and counts what the act then deletes; whoever was here lately stays."""
    with writing(store) as connection:
        for name, at in (("away", NOW - UNUSED - HOUR), ("here", NOW - HOUR)):
            save_conversation(connection, Conversation(id=name, revision=1, consent_at=at), at)
            write_journal(connection, name, None, 1, at, [Note("goal", "assess")])
        add_tallies(connection, {"turn.turns": 1}, NOW - dt.timedelta(days=DAYS_OF_TALLIES, hours=2))
    before = dict(_told(store, "retention").sheet.rows)
    assert before == {"conversations": 1, "journal": 2, "keys": 0, "unanswered": 0, "tallies": 1, "old_recipients": 0}
    assert [way.line for way in _told(store, "retention").ways] == ["tidy"]
    assert _told(store, "tidy").change is None
    assert dict(_told(store, "tidy", sure=True).sheet.rows) == before
    with reading(store) as connection:
        assert connection.scalars(select(CONVERSATIONS.c.id)).all() == ["here"]
        assert set(connection.scalars(select(JOURNAL.c.conversation))) == {"here"}
    assert not any(dict(_told(store, "retention").sheet.rows).values())
    assert _told(store, "retention").ways == ()
