"""What is not needed any more goes by itself, and what comes round again is new."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable

from sqlalchemy import Engine

from bot.dialogue.messages import Arrival
from bot.service.moments import milliseconds
from bot.service.postman import Postman
from bot.service.reception import LEASE_MS, take_next
from bot.service.worker import Worker
from bot.store.engine import writing
from bot.store.inbox import Letter, accept, forget_old_keys, mark_done, next_letter
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
            await asyncio.sleep(1.3)
            now[0] += dt.timedelta(minutes=61)
            with writing(store) as connection:
                left.append(len(accept(connection, [_letter(number, text="x")])))
                mark_done(connection, next_letter(connection, WHO).id, milliseconds(now[0]))
        await worker.stop()
        return left

    assert asyncio.run(life()) == [1, 1]
