"""What tests of one fault each share: people at the questions, a life of one bot, and the calls that it made."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from sqlalchemy import func, select

from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from bot.dialogue.messages import Reply, Text
from bot.store.conversations import newcomer, save_conversation
from bot.store.engine import writing
from bot.store.outbox import promise
from bot.store.tables import OUTBOX
from tests.faults.house import Neighbourhood, settled
from tests.faults.virtual import live


class Call(NamedTuple):
    """A call of the bot's: when, which method, to which chat, and the code that came back."""

    at: float
    method: str
    chat: int
    code: int


def lived(town: Neighbourhood, life: Callable[[Parts], Awaitable[None]], patience: float = 0.0) -> None:
    """One process of the bot, in which this happens; it ends when the bot has nothing in hand, or a little later."""

    async def go() -> None:
        async with town.awake() as parts:
            await settled(parts)
            await life(parts)
            await settled(parts)
            await asyncio.sleep(patience)

    live(town.clock, go())


def asked(town: Neighbourhood, name: str) -> Person:
    """Somebody who has agreed, is grown up, and at the first question once the bot is awake."""
    who = town.person(name)
    with writing(town.house.store) as connection:
        known = newcomer(f"tg:{who.id}").but(consent_at=town.now(), adult=True, goal="assess")
        save_conversation(connection, known, town.now())
    who.says(who.home, "/assess")
    return who


def told(town: Neighbourhood, who: Person) -> dict[str, object]:
    """The answers that are kept of somebody, in order."""
    return {name: answer.value for name, answer in town.conversation(who).answers.items()}


def promised(town: Neighbourhood, who: Person, markup: str) -> None:
    """Promise somebody words that a turn of tomorrow might say."""
    with writing(town.house.store) as connection:
        promise(connection, f"tg:{who.id}", 1, [Reply(blocks=(Text(markup=markup),))])


def open_promises(town: Neighbourhood) -> int:
    """How many replies are promised and not delivered."""
    with town.house.store.connect() as connection:
        return connection.scalar(select(func.count()).select_from(OUTBOX)) or 0


def calls(town: Neighbourhood) -> list[Call]:
    """The calls to chats that the diary tells of; the diary begins where it was set to an empty list."""
    found = []
    for line in town.street.diary or []:
        at, _, rest = line.partition(" bot ")
        if rest:
            call, _, answer = rest.rpartition(" -> ")
            method, _, params = call.partition(" ")
            chat = int(json.loads(params).get("chat_id", 0)) if "chat_id" in params else 0
            found.append(Call(float(at), method, chat, int(answer.split(" ", 1)[0])))
    return found
