"""People who talk while a broadcast goes out: what was cut off is looked for, and no answer of ours is ever touched."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Engine, select

from bot.broadcast.tracing import Tracer
from bot.channels.telegram.joining import Parts
from bot.dialogue.messages import Arrival
from bot.store.broadcasts import broadcast_of, change_broadcast, draft_broadcast
from bot.store.conversations import newcomer, save_conversation
from bot.store.engine import reading, writing
from bot.store.inbox import Letter, accept
from bot.store.outbox import Promise, show_card
from bot.store.recipients import begin_sending, lost_recipients
from bot.store.tables_news import RECIPIENTS
from tests.broadcast.crowd import EN, LEDGER, ZH, Crowd
from tests.journeys.walking import NOW, scene_now

T = TypeVar("T")
_LONG_AGO_MS = round(NOW.timestamp() * 1000) - 60_000


def _one(store: Engine, state: str, card: int | None = None) -> int:
    """One broadcast to one person, who stands at revision 5; its number."""
    with writing(store) as connection:
        save_conversation(connection, newcomer("tg:1").but(revision=5), NOW)
        show_card(connection, "tg:1", card)
        number = draft_broadcast(connection, "terminal", 0)
        change_broadcast(connection, number, frozenset({"draft"}), zh=ZH, en=EN, state="running", below=100)
        row = {"conversation": "tg:1", "state": state, "due_at": 0, "changed_at": _LONG_AGO_MS}
        connection.execute(RECIPIENTS.insert().values(broadcast=number, **row, revision=5, promise=3, above=100))
    return number


@pytest.mark.parametrize(("card", "above"), [(None, 100), (90, 100), (105, 105)])
def test_an_answer_of_just_before_is_not_looked_at(store: Engine, card: int | None, above: int) -> None:
    """What goes out to somebody comes after their own card too, though the newest message of a broadcast is older."""
    _one(store, "promised", card)
    with writing(store) as connection:
        assert begin_sending(connection, 3, _LONG_AGO_MS) == "promised"
        assert connection.scalar(select(RECIPIENTS.c.above)) == above


def test_nobody_is_looked_for_any_further_once_they_speak(store: Engine) -> None:
    """Words that come in while numbers are asked for end it: the next number may be the answer to them."""
    number, asked = _one(store, "unsure"), []

    async def run(work: Callable[[], T]) -> T:
        return work()

    async def is_there(_conversation: str, message: int, _promise: Promise) -> bool:
        asked.append(message)
        if len(asked) == 3:
            with writing(store) as connection:
                words = Arrival(key="words", at=NOW, text="/menu")
                accept(connection, [Letter("tg:1", 1, words, _LONG_AGO_MS + 30_000, 104)])
        return False

    async def looked() -> None:
        tracer = Tracer(store, scene_now, run, is_there)
        with reading(store) as connection:
            broadcast = broadcast_of(connection, number)
        assert broadcast is not None
        tracer.look(broadcast)
        assert tracer._task is not None
        await tracer._task

    asyncio.run(looked())
    assert asked == [101, 102, 103]
    with reading(store) as connection:
        (lost,) = lost_recipients(connection, number, _LONG_AGO_MS, 9)
    assert not lost.moved


@pytest.mark.parametrize("seed", [6, 10])
def test_who_talks_while_the_bot_is_shot(tmp_path: Path, seed: int) -> None:
    """Everybody talks a lot and the bot dies three times: nobody has it twice, and nothing is believed that is not so.

    Whoever is said to have it has it, whoever has it not is known to be unsure of, and no answer wears its button.
    """
    crowd = Crowd(tmp_path, 60, seed=seed)
    LEDGER.watch(crowd.house.store)
    crowd.street.weather.rates = {"drop_after": 0.01, "drop_before": 0.01}
    number = crowd.sets()

    async def life(_parts: Parts) -> None:
        talking = asyncio.create_task(_talked(crowd))
        await crowd.until_done(number)
        talking.cancel()

    for seconds in (1.4, 1.6, 2.1):
        crowd.lives(life, seconds)
        crowd.clock.advance(1)
    assert crowd.lives(life)
    with reading(crowd.house.store) as connection:
        rows = connection.execute(select(RECIPIENTS.c.conversation, RECIPIENTS.c.state)).all()
    states = {int(name.partition(":")[2]): state for name, state in rows}
    has = {person.id: crowd.crowd._has(person) for person in crowd.people}
    assert max(has.values()) == 1
    assert {who for who, state in states.items() if state == "sent"} <= {who for who, count in has.items() if count}
    assert {states[person.id] for person in crowd.people if person.id in states and not has[person.id]} <= {
        "gone",
        "unknown",
    }
    sights = [sight for person in crowd.people for sight in person.home.messages if sight.by_bot]
    news = {str(sight.rows) for sight in sights if sight.text in {ZH, EN}}
    answers = [sight for sight in sights if sight.text not in {ZH, EN}]
    assert len(answers) > 20
    assert not [sight.text for sight in answers if str(sight.rows) in news]


async def _talked(crowd: Crowd) -> None:
    """Somebody asks for the menu ten times a second."""
    people = [one for one in crowd.people if one.id not in crowd.unreached]
    while True:
        await asyncio.sleep(0.1)
        person = crowd.chance.choice(people)
        person.says(person.home, "/menu")
