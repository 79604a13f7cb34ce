"""A reminder on its way: taken back at a word, let go when the evening is over, ended where nobody is there."""

from __future__ import annotations

import asyncio
import datetime as dt

from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from bot.dialogue.conversation import Answer
from bot.dialogue.followed import Checkin, Following
from bot.store.conversations import newcomer, save_conversation
from bot.store.engine import writing
from tests.faults.house import Neighbourhood
from tests.faults.named import lived, open_promises


def _follower(town: Neighbourhood, due: dt.datetime, name: str = "mei") -> Person:
    """Somebody who is to be reminded at a moment."""
    who = town.person(name)
    line = Answer(value=20_000.0, at=town.now(), source="said")
    checkin = Checkin(day=due.day, hour=due.hour, due=due)
    with writing(town.house.store) as connection:
        known = newcomer(f"tg:{who.id}").but(
            consent_at=town.now(), adult=True, revision=1, answers={"current_line": line}
        )
        save_conversation(connection, known.but(following=Following(checkin=checkin)), town.now())
    who.starts()
    return who


def _tomorrow(town: Neighbourhood, hour: int) -> dt.datetime:
    return (town.now() + dt.timedelta(days=1)).replace(hour=hour, minute=0, second=0, microsecond=0)


def _questions(who: Person) -> int:
    """How many questions of the month came."""
    buttons = [str(sight.message.markup) for sight in who.home.messages if sight.by_bot and sight.rows]
    return sum("pass:" in one for one in buttons)


def _until(town: Neighbourhood, moment: dt.datetime) -> None:
    town.clock.advance((moment - town.now()).total_seconds())


def test_a_stop_overtakes_a_question_that_waits() -> None:
    """While the platform refuses the question for a while, "stop" is said: it never comes, then or later."""
    town = Neighbourhood()
    due = _tomorrow(town, 10)
    who = _follower(town, due)

    async def stops(_parts: Parts) -> None:
        _until(town, due)
        town.street.weather.write("too_many", "sendmessage", seconds=20)
        await asyncio.sleep(8)
        assert _questions(who) == 0
        assert open_promises(town) > 0
        who.says(who.home, "停止提醒")
        await asyncio.sleep(60)

    lived(town, stops)
    assert _questions(who) == 0
    assert open_promises(town) == 0
    assert town.conversation(who).due_at is None


def test_a_question_kept_from_its_evening_comes_the_next_day() -> None:
    """Refused until after ten at night, it is let go; on the next day at its hour it comes, once."""
    town = Neighbourhood()
    due = _tomorrow(town, 21)
    who = _follower(town, due)

    async def waits(parts: Parts) -> None:
        _until(town, due)
        town.street.weather.write("too_many", "sendmessage", seconds=2 * 3600)
        await asyncio.sleep(5)
        _until(town, due + dt.timedelta(hours=3))
        await asyncio.sleep(90)
        assert parts.postman.counts["lapsed"] == 1
        assert _questions(who) == 0
        _until(town, due + dt.timedelta(days=1))
        await asyncio.sleep(30)

    lived(town, waits)
    assert _questions(who) == 1
    assert town.conversation(who).following.checkin is not None


def test_whoever_blocks_us_is_not_tried_again() -> None:
    """The first question that nobody can receive is the last; coming back brings none either."""
    town = Neighbourhood()
    due = _tomorrow(town, 10)
    who = _follower(town, due)

    async def blocks(_parts: Parts) -> None:
        who.blocks()
        _until(town, due)
        await asyncio.sleep(30)
        assert town.conversation(who).due_at is None
        who.starts()
        _until(town, due + dt.timedelta(days=40))
        await asyncio.sleep(30)

    lived(town, blocks)
    assert _questions(who) == 0


def test_a_clock_that_jumps_ahead_and_stays_brings_one_question() -> None:
    """Three months in one moment are one question, not three."""
    town = Neighbourhood()
    due = _tomorrow(town, 10)
    who = _follower(town, due)

    async def jumps(_parts: Parts) -> None:
        _until(town, due + dt.timedelta(days=92))
        await asyncio.sleep(60)

    lived(town, jumps)
    assert _questions(who) == 1
