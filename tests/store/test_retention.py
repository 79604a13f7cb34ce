"""What is not needed any more goes by itself, and what comes round again is new."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, insert, select

from bot.channels.playground.clocks import HandClock
from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.messages import Arrival
from bot.dialogue.scene import Note
from bot.service.committing import LEASE_MS
from bot.service.moments import milliseconds
from bot.service.postman import Postman
from bot.service.reception import take_next
from bot.service.worker import Worker
from bot.store.conversations import load_conversation, save_conversation
from bot.store.engine import reading, writing
from bot.store.inbox import Letter, accept, forget_old_keys, mark_done, next_letter
from bot.store.journal import write_journal
from bot.store.retaining import UNUSED, Tidied, tidy
from bot.store.tables import CHORES, CONVERSATIONS, JOURNAL
from bot.store.vault import keep_sealed, sealed
from tests.faults.virtual import live
from tests.journeys.walking import NOW, scene_now

WHO = "tg:1"


def _letter(number: int, **said: object) -> Letter:
    return Letter(WHO, number, Arrival(key=f"u{number}", at=NOW, **said), 0, number)


def test_a_number_that_is_used_again_is_a_new_letter(store: Engine) -> None:
    """The platform's numbers come round again: once the old key is dropped, the same number is taken as new."""
    for round_ in (1, 2):
        with writing(store) as connection:
            assert accept(connection, [_letter(1, text="你好")])
        taken = take_next(store, WHO, scene_now(), "me")
        assert taken is not None
        assert taken.turn.conversation.revision == round_
        with writing(store) as connection:
            assert forget_old_keys(connection, milliseconds(NOW) + LEASE_MS) == 1


def test_old_keys_go_while_the_bot_runs(store: Engine) -> None:
    """A bot that runs for months drops what it need not know any more every hour, not only when it starts."""
    now = [NOW]

    async def run(work: Callable[[], object]) -> object:
        return work()

    async def life() -> list[int]:
        worker = Worker(store, scene_now, Postman(store, None, lambda: now[0], run, "me"), run, lambda: now[0])
        await worker.start(alone=True)
        left = []
        for number in (1, 2):
            with writing(store) as connection:
                accept(connection, [_letter(number, text="x")])
                mark_done(connection, next_letter(connection, WHO).id, milliseconds(now[0]) - 50 * 3_600_000)
            for seconds in (0, 50, 50):  # after a leap of the clock it waits a minute
                now[0] += dt.timedelta(seconds=seconds)
                await asyncio.sleep(1.2)
            now[0] += dt.timedelta(minutes=61)
            with writing(store) as connection:
                left.append(len(accept(connection, [_letter(number, text="x")])))
                mark_done(connection, next_letter(connection, WHO).id, milliseconds(now[0]))
        await worker.stop()
        return left

    assert live(HandClock(), life()) == [1, 1]


def _here(store: Engine, name: str, at: dt.datetime, **told: object) -> None:
    """Somebody was here at a moment."""
    with writing(store) as connection:
        save_conversation(connection, Conversation(id=name, revision=1, **told), at)
        write_journal(connection, name, None, 1, at, [Note("goal", "assess")])


def _left(store: Engine) -> set[str]:
    with reading(store) as connection:
        rows = connection.scalars(select(JOURNAL.c.conversation)).all()
        assert set(rows) <= set(connection.scalars(select(CONVERSATIONS.c.id)))
        return set(connection.scalars(select(CONVERSATIONS.c.id)))


NIGHT = NOW.replace(hour=3)
DAY = dt.timedelta(days=1)


def test_whoever_stays_away_is_forgotten(store: Engine) -> None:
    """After thirteen months everything goes, after thirty days what nobody agreed to; everybody else stays."""
    keep_sealed(store, ["secret"])
    told = {"kind": Answer(value="person", at=NOW, source="pressed")}
    _here(store, "away", NIGHT - UNUSED - DAY, consent_at=NOW, answers=told)
    _here(store, "back", NIGHT - UNUSED + DAY, consent_at=NOW, answers=told)
    _here(store, "refused", NIGHT - 31 * DAY, refused_at=NOW)
    _here(store, "minor", NIGHT - 31 * DAY, adult=False)
    _here(store, "lapsed", NIGHT - 31 * DAY, answers=told)
    _here(store, "new", NIGHT - 29 * DAY)
    assert tidy(store, NIGHT) == Tidied(conversations=3, journal=0, keys=0)
    assert _left(store) == {"back", "lapsed", "new"}
    assert tidy(store, NIGHT + 2 * DAY) == Tidied(conversations=2, journal=0, keys=0)
    assert _left(store) == {"lapsed"}


def test_a_reminder_is_no_visit(store: Engine) -> None:
    """What falls due by itself does not count as a sign of life."""
    _here(store, "away", NIGHT - UNUSED - DAY, consent_at=NOW)
    with writing(store) as connection:
        kept = load_conversation(connection, "away").but(revision=2)
        assert save_conversation(connection, kept, NIGHT - DAY, over=1, heard=False)
    assert tidy(store, NIGHT) == Tidied(conversations=1, journal=0, keys=0)


def test_old_codes_and_keys_of_nobody_go(store: Engine) -> None:
    """Codes of steps go after thirteen months though their person comes every day, and so do keys of nobody."""
    keep_sealed(store, ["secret"])
    _here(store, "here", NIGHT - DAY, consent_at=NOW)
    with writing(store) as connection:
        write_journal(connection, "here", None, 1, NIGHT - UNUSED - DAY, [Note("goal", "assess")])
        sealed(connection, "nobody", "words that were never kept")
    assert tidy(store, NIGHT) == Tidied(conversations=0, journal=2, keys=1)
    assert _left(store) == {"here"}


@pytest.mark.parametrize(
    ("hours_ago", "hour", "due"),
    [(None, 15, True), (24, 3, True), (24, 5, True), (24, 15, False), (19, 4, False), (45, 15, True), (43, 15, False)],
)
def test_the_work_is_done_at_night(store: Engine, hours_ago: int | None, hour: int, due: bool) -> None:
    """Once a night between three and six; where two nights were missed, at any hour."""
    now = NOW.replace(hour=hour)
    if hours_ago is not None:
        with writing(store) as connection:
            connection.execute(insert(CHORES).values(id="retention", done_at=now - dt.timedelta(hours=hours_ago)))
    assert (tidy(store, now) is not None) is due
    assert tidy(store, now) is None


def test_one_of_many_does_the_work(store: Engine) -> None:
    """Eight who begin at the same moment, on a first night and on a later one: one does it."""
    for now in (NIGHT, NIGHT + DAY):
        _here(store, f"away {now:%d}", now - UNUSED - DAY)
        with ThreadPoolExecutor(8) as pool:
            done = [one for one in pool.map(tidy, [store] * 8, [now] * 8) if one is not None]
        assert done == [Tidied(conversations=1, journal=0, keys=0)]


def test_a_worker_tidies_up(store: Engine) -> None:
    """The bot itself does the night's work while it runs."""
    _here(store, "away", NIGHT - UNUSED - DAY)

    async def run(work: Callable[[], object]) -> object:
        return work()

    async def life() -> None:
        worker = Worker(store, scene_now, Postman(store, None, lambda: NIGHT, run, "me"), run, lambda: NIGHT)
        await worker.start(alone=True)
        await asyncio.sleep(1.3)
        await worker.stop()

    asyncio.run(life())
    assert _left(store) == set()
