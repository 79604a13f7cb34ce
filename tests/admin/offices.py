"""An office on the street: a town whose owner is somebody, and what they see when they give a command."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.admin.chatting import open_office
from bot.channels.playground.person import Person
from bot.channels.playground.sights import Sight
from bot.channels.telegram.joining import Parts
from bot.store.audit import Deed, newest, verify
from bot.store.engine import reading
from tests.faults.house import Neighbourhood, card, settled
from tests.faults.virtual import live

YES = "Yes, do it"


class OfficeTown(Neighbourhood):
    """A town with an owner and others, all of whom read English."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"sqlite:///{folder / 'limit-guide.db'}")
        self.owner, self.other, self.stranger = (self.person(name, "en") for name in ("olivia", "oscar", "simon"))
        told = {"owner_ids": str(self.owner.id), "data_dir": folder}
        self.settings = self.settings.model_copy(update=told)
        open_office(self.house.store, self.settings)

    def lives(self, life: Callable[[Parts], Awaitable[None]]) -> None:
        """Run a life to its end with the bot awake."""

        async def go() -> None:
            async with self.awake() as parts:
                await life(parts)
                await settled(parts)

        live(self.clock, go())

    def trail(self) -> tuple[Deed, ...]:
        """What the audit trail holds, oldest first; it is whole."""
        with reading(self.house.store) as connection:
            assert verify(connection).broken is None
            return newest(connection, 1000)[::-1]


async def says(who: Person, parts: Parts, text: str) -> Sight:
    """Somebody types something; the newest message that answers."""
    who.says(who.home, text)
    await settled(parts)
    return _newest(who)


async def presses(who: Person, parts: Parts, label: str) -> Sight:
    """Somebody presses a button of the newest card; the newest message then."""
    who.presses(card(who), label)
    await settled(parts)
    return _newest(who)


def _newest(who: Person) -> Sight:
    """The newest message that is no file: files come below the answer that they belong to."""
    return next((sight for sight in reversed(who.home.messages) if sight.kind != "document"), who.home.last)


async def gives(who: Person, parts: Parts, line: str) -> Sight:
    """An operator gives a command and is sure of it when asked; the answer."""
    answer = await says(who, parts, f"/admin {line}")
    if any(YES in row for row in answer.rows):
        answer = await presses(who, parts, YES)
    await asyncio.sleep(2)
    return answer
