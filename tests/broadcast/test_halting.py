"""Halting a broadcast: each act stands in the trail, and what was cut off before is looked for all the same."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import Engine
from telegram import Bot
from telegram.error import Forbidden

from bot.admin.announcing import halted
from bot.broadcast.tracing import suspected
from bot.channels.telegram.joining import Parts
from bot.dialogue.messages import Arrival
from bot.store.broadcasts import CANCELLED, PAUSED, RUNNING, change_broadcast, count_recipients
from bot.store.conversations import newcomer, save_conversation
from bot.store.engine import reading, writing
from bot.store.inbox import Letter, accept
from bot.store.journal import write_journal
from bot.store.recipients import Lost, lost_recipients
from bot.store.tables_news import RECIPIENTS
from tests.admin.offices import gives
from tests.broadcast.crowd import LEDGER, Crowd
from tests.broadcast.test_office import EN, ZH, Announcing
from tests.faults.house import settled
from tests.journeys.walking import NOW


def test_every_act_stands_in_the_trail(tmp_path: Path) -> None:
    """Who set, halted, let go on and called off which broadcast, each with its number and no word of it."""
    town = Announcing(tmp_path)
    acts = ["broadcast pause 1", "broadcast resume 1", "broadcast pause 1", "cancel 1"]

    async def life(parts: Parts) -> None:
        await settled(parts)
        await gives(town.owner, parts, f"announce new zh {ZH}")
        await gives(town.owner, parts, f"announce 1 en {EN}")
        tomorrow = town.now() + dt.timedelta(days=1)
        past = await gives(town.owner, parts, f"send 1 {town.now() - dt.timedelta(hours=1):%Y-%m-%dT%H:00}")
        assert "90 days" in past.text
        for line in (f"send 1 {tomorrow:%Y-%m-%dT09:00}", *acts):
            await gives(town.owner, parts, line)

    town.lives(life)
    told = [(deed.actor, deed.act, deed.detail.partition(" when")[0]) for deed in town.trail()[2:]]
    who = f"tg:{town.owner.id}"
    halts = [(who, "broadcast", f"what={what} broadcast=1") for what in ("pause", "resume", "pause")]
    assert told == [(who, "send", "broadcast=1"), *halts, (who, "cancel", "broadcast=1")]


@pytest.mark.parametrize("state", [PAUSED, CANCELLED])
def test_what_was_cut_off_is_looked_for_after_a_halt(tmp_path: Path, state: str) -> None:
    """Halted while nobody knows whether some messages arrived, it is known in the end; nobody misses one or has two."""
    crowd = Crowd(tmp_path, 120, seed=3)
    LEDGER.watch(crowd.house.store)
    number = crowd.sets()

    async def goes_out(_parts: Parts) -> None:
        await asyncio.sleep(9)

    assert not crowd.lives(goes_out, 2.5)
    with writing(crowd.house.store) as connection:
        assert halted(connection, crowd.stands(number), state, round(crowd.clock() * 1000))

    async def looks(_parts: Parts) -> None:
        await asyncio.sleep(60)

    assert crowd.lives(looks)
    with reading(crowd.house.store) as connection:
        counts = count_recipients(connection, number)
    assert set(counts) <= {"sent", "waiting", "gone"}
    assert counts["sent"] == crowd.crowd.times()[1]
    with writing(crowd.house.store) as connection:
        change_broadcast(connection, number, frozenset({state}), state=RUNNING)

    async def goes_on(_parts: Parts) -> None:
        await crowd.until_done(number)

    assert crowd.lives(goes_on)
    assert crowd.crowd.wrong() == []


def test_who_shut_the_bot_out_is_looked_for_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody whose message was cut off and whose chat refuses every call since counts as gone, and all ends."""
    crowd = Crowd(tmp_path, 40, seed=3)
    LEDGER.watch(crowd.house.store)
    number = crowd.sets()

    async def goes_out(_parts: Parts) -> None:
        await asyncio.sleep(9)

    assert not crowd.lives(goes_out, 1.2)

    async def shut() -> None:
        raise Forbidden("Forbidden: bot was blocked by the user")

    asked = Bot.do_api_request

    async def refused(self: Bot, endpoint: str, told: dict[str, object] | None = None) -> object:
        return await (shut() if endpoint == "editmessagereplymarkup" else asked(self, endpoint, told))

    monkeypatch.setattr(Bot, "do_api_request", refused)

    async def goes_on(_parts: Parts) -> None:
        await crowd.until_done(number)

    assert crowd.lives(goes_on)
    with reading(crowd.house.store) as connection:
        counts = count_recipients(connection, number)
    assert set(counts) == {"sent", "gone"}
    assert max(crowd.crowd.times()) == 1


def _lost(store: Engine, revision: int, letters: list[tuple[int, int | None, int]], turns: list[int]) -> Lost:
    """Somebody whose message was begun at 10,000 behind message 100, with letters and turns besides."""
    with writing(store) as connection:
        save_conversation(connection, newcomer("tg:1").but(revision=revision), NOW)
        for number, message, at in letters:
            accept(connection, [Letter("tg:1", number, Arrival(key=f"k{number}", at=NOW, text="x"), at, message)])
        for turn, at in enumerate(turns, 6):
            write_journal(connection, "tg:1", None, turn, dt.datetime.fromtimestamp(at / 1000, dt.UTC), [])
        row = {"broadcast": 1, "conversation": "tg:1", "state": "unsure", "due_at": 0, "changed_at": 10_000}
        connection.execute(RECIPIENTS.insert().values(**row, revision=5, above=100))
        (lost,) = lost_recipients(connection, 1, 99_999, 9)
    return lost


def test_where_the_first_words_are_forgotten_nobody_looks(store: Engine) -> None:
    """Two days later the letters of before are gone: the first that is left stands behind answers of ours."""
    letters: list[tuple[int, int | None, int]] = [(1, 120, 17_000), (2, 160, 900_000)]
    assert _lost(store, 7, letters[1:], [17_100, 900_100]).spoke is None


def test_whoever_spoke_is_looked_for_before_their_words(store: Engine) -> None:
    """Only numbers before the first words since then can be the message's: what comes after them is an answer."""
    lost = _lost(store, 7, [(1, 90, 9_000), (2, 120, 17_000), (3, 130, 18_000)], [17_100, 18_100])
    assert (lost.moved, lost.spoke) == (True, (120, 17_000))
    assert list(suspected(lost)) == list(range(101, 120))


@pytest.mark.parametrize(
    ("revision", "letters", "turns"),
    [
        (5, [(1, 120, 17_000)], []),
        (7, [(1, 120, 17_000)], [9_000, 17_100]),
        (6, [(1, None, 12_000), (2, 120, 17_000)], [12_100]),
        (6, [(1, 60, 17_000)], [17_100]),
    ],
    ids=["not taken yet", "a turn came before", "something fell due first", "an older card was pressed"],
)
def test_where_an_answer_may_be_nobody_looks(
    store: Engine, revision: int, letters: list[tuple[int, int | None, int]], turns: list[int]
) -> None:
    """Where an answer of ours may stand among the numbers, none of them is said to be before anybody's words."""
    assert _lost(store, revision, letters, turns).spoke is None
