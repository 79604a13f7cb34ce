"""Broadcasts on the street: everybody once, whoever dies and whatever is lost; by day, behind talks, as wished."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

from bot.admin.announcing import halted
from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from bot.dialogue.followed import Checkin
from bot.store.barring import bar
from bot.store.broadcasts import CANCELLED, DONE, PAUSED, RUNNING, change_broadcast, count_recipients, count_stopped
from bot.store.conversations import load_conversation, save_conversation
from bot.store.engine import reading, writing
from bot.store.erasing import forget_conversation
from tests.broadcast.crowd import EN, LEDGER, ZH, Crowd
from tests.faults.house import card, settled


def _has(person: Person) -> int:
    return sum(sight.text in {ZH, EN} for sight in person.home.messages)


def _until(crowd: Crowd, zone: str, hour: int) -> float:
    """Seconds until the next time that clocks of a zone show an hour, and one more."""
    there = crowd.now().astimezone(crowd.house.zones[zone])
    then = there.replace(hour=hour, minute=0, second=1, microsecond=0)
    return (then - there).total_seconds() % 86_400


def test_everybody_gets_it_once_whatever_dies(tmp_path: Path) -> None:
    """Three kills, calls cut off before and after the platform took them, 429s: nobody misses it or sees it twice."""
    crowd = Crowd(tmp_path, 300, seed=5)
    LEDGER.watch(crowd.house.store)
    crowd.street.weather.rates = {"too_many": 0.02, "drop_after": 0.01, "drop_before": 0.01}
    number, begun = crowd.sets(), crowd.clock()

    async def life(_parts: Parts) -> None:
        await crowd.until_done(number)

    for seconds in (2.5, 2.2, 3.1):
        assert not crowd.lives(life, seconds)
        crowd.clock.advance(1)
    assert crowd.lives(life)
    outcome = crowd.verdict(begun)
    assert outcome.wrong == []
    assert outcome.times == {1: 282, 0: 18}
    assert outcome.seconds < 90  # ten to send, and what was cut off is looked for number by number


def test_talks_go_first(tmp_path: Path) -> None:
    """While a broadcast takes every place that is left, whoever says something is answered within half a second."""
    crowd = Crowd(tmp_path, 150)
    number = crowd.sets()
    waits = []

    async def life(_parts: Parts) -> None:
        await asyncio.sleep(1.5)
        for person in [one for one in crowd.people if one.id not in crowd.unreached][-12:]:
            asked, before = crowd.clock(), len(person.home.messages)
            person.says(person.home, "/menu")
            while len(person.home.messages) < before + 2:  # noqa: ASYNC110 - the street tells nobody
                await asyncio.sleep(0.02)
            waits.append(crowd.clock() - asked)
            assert crowd.stands(number).state == RUNNING
            await asyncio.sleep(0.1)

    assert crowd.lives(life)
    assert max(waits) < 0.5


def test_nobody_is_written_to_at_night(tmp_path: Path) -> None:
    """It is morning in the house and late in New York: who lives there gets it at eight in their morning."""
    crowd = Crowd(tmp_path, 5)
    far, near = crowd.people[0], crowd.people[1]
    with writing(crowd.house.store) as connection:
        who = load_conversation(connection, f"tg:{far.id}")
        there = Checkin(day=1, hour=9, zone="America/New_York", due=crowd.now() + dt.timedelta(days=20))
        save_conversation(connection, who.but(following=who.following.but(checkin=there)), crowd.now())
    number = crowd.sets()

    seen = []

    async def life(_parts: Parts) -> None:
        await asyncio.sleep(20)
        seen.append((_has(near), _has(far), crowd.now().astimezone(crowd.house.zones["America/New_York"]).hour))

    for _ in range(3):
        assert crowd.lives(life)
        crowd.clock.advance(_until(crowd, "America/New_York", 7 if len(seen) == 1 else 8))
    assert seen == [(1, 0, 22), (1, 0, 7), (1, 1, 8)]
    assert crowd.stands(number).state == DONE


def test_what_is_late_in_the_evening_waits_for_the_morning(tmp_path: Path) -> None:
    """A message that the platform put off beyond ten in the evening is delivered the next morning, once."""
    crowd = Crowd(tmp_path, 1)
    crowd.clock.advance(dt.timedelta(hours=11, minutes=45).total_seconds())  # it is nearly ten
    crowd.street.weather.write("too_many", "sendmessage", 1, 900)
    number, seen = crowd.sets(), []

    async def life(_parts: Parts) -> None:
        await asyncio.sleep(20)
        seen.append((crowd.now().hour, _has(crowd.people[0])))

    for hour in (22, 7, 8, 9):
        assert crowd.lives(life)
        crowd.clock.advance(_until(crowd, "Asia/Shanghai", hour))
    assert seen == [(21, 0), (22, 0), (7, 0), (8, 1)]
    assert crowd.stands(number).state == DONE


def test_enough_is_enough_at_once_and_disturbs_no_card(tmp_path: Path) -> None:
    """The button under it ends all further ones; the question that was open is still open, and is answered below."""
    crowd = Crowd(tmp_path, 2)
    one, other = crowd.people
    seen = []

    async def life(parts: Parts) -> None:
        one.says(one.home, "/assess")
        await settled(parts)
        asked = card(one)
        first = crowd.sets()
        await crowd.until_done(first)
        assert _has(one) == 1
        one.presses(card(one), card(one).rows[0][0])
        await settled(parts)
        seen.append(one.home.last.text)
        one.presses(asked, asked.rows[0][0])
        await settled(parts)
        assert one.home.last.id > asked.id
        second = crowd.sets()
        await crowd.until_done(second)
        with reading(crowd.house.store) as connection:
            assert count_recipients(connection, second) == {"sent": 1}
            assert count_stopped(connection, first) == 1

    assert crowd.lives(life)
    assert (_has(one), _has(other)) == (1, 2)
    assert "不再给你发群发消息" in seen[0]
    assert "kind" in crowd.conversation(one).answers


def test_halting_and_going_on(tmp_path: Path) -> None:
    """Paused, only what was on its way arrives; resumed, the others get it; called off, they never do; none twice."""
    crowd = Crowd(tmp_path, 160)
    number = crowd.sets()
    halfway = []

    def halts(state: str) -> None:
        with writing(crowd.house.store) as connection:
            assert halted(connection, crowd.stands(number), state, round(crowd.clock() * 1000))

    async def life(_parts: Parts) -> None:
        await asyncio.sleep(3.0)
        for state in (PAUSED, CANCELLED):
            halts(state)
            await asyncio.sleep(0.5)
            halfway.append(sum(map(_has, crowd.people)))
            await asyncio.sleep(6.0)
            assert sum(map(_has, crowd.people)) == halfway[-1]
            with writing(crowd.house.store) as connection:
                change_broadcast(connection, number, frozenset({PAUSED}), state=RUNNING)
            await asyncio.sleep(1.0)

    assert crowd.lives(life)
    assert 0 < halfway[0] < halfway[1] < 150
    assert max(map(_has, crowd.people)) == 1


def test_who_is_erased_or_barred_meanwhile_gets_nothing(tmp_path: Path) -> None:
    """Between being found and being written to somebody is erased and somebody barred: both are left out."""
    crowd = Crowd(tmp_path, 60)
    gone, barred = crowd.people[-2:]
    number = crowd.sets()

    async def life(_parts: Parts) -> None:
        while crowd.stands(number).state != RUNNING:  # noqa: ASYNC110 - the store tells nobody
            await asyncio.sleep(0.05)
        with writing(crowd.house.store) as connection:
            forget_conversation(connection, f"tg:{gone.id}")
            bar(connection, f"tg:{barred.id}", "terminal", 0)
        await crowd.until_done(number)

    assert crowd.lives(life)
    assert (_has(gone), _has(barred)) == (0, 0)
    assert sum(map(_has, crowd.people)) == 54
    assert crowd.stands(number).state == DONE
    with reading(crowd.house.store) as connection:
        counts = count_recipients(connection, number)
    assert counts == {"sent": 54, "gone": 1, "skipped": 1}
    assert crowd.stands(number).people - sum(counts.values()) == 1
