"""The street of an operator's day: an owner, a few people, and the whole bot at work from nine in the morning."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

from pydantic import SecretStr

from bot.admin.chatting import open_office
from bot.channels.playground.person import Person
from bot.channels.playground.sights import Sight
from bot.channels.telegram.announcing import announcing, caster_of
from bot.channels.telegram.joining import Parts, at_once, seal_keys
from bot.channels.telegram.renewing import kept_current
from bot.store.vault import keep_sealed
from tests.faults.house import Neighbourhood, settled
from tests.faults.virtual import live
from tests.journeys.walking import NOW

SECRET = "a secret of this test"
NAMES = ("olivia", "anna", "bert")
"""Who is seen: the owner, and two of those who use the bot."""

_HOURS_TO_MONDAY = 47
_PICTURE, _FILE = "photo", "document"


class DayStreet(Neighbourhood):
    """A street whose owner is Olivia, with everything of the bot awake; people speak one language."""

    def __init__(self, folder: Path, language: str) -> None:
        super().__init__(f"sqlite:///{folder / 'limit-guide.db'}")
        self.clock.advance(NOW.timestamp() + _HOURS_TO_MONDAY * 3600 - self.clock())
        tongue = "en" if language == "en" else "zh-hans"
        self.people = {name: self.person(name, tongue) for name in NAMES}
        told = {"owner_ids": str(self.owner.id), "data_dir": folder, "secret_key": SecretStr(SECRET)}
        self.settings = self.settings.model_copy(update=told)
        keep_sealed(self.house.store, self.settings.secrets)
        open_office(self.house.store, self.settings)
        self.language = language
        self._seen: dict[tuple[str, int], str] = {}

    @property
    def owner(self) -> Person:
        """Who runs the bot."""
        return self.people["olivia"]

    def lives(self, life: Callable[[Parts], Awaitable[None]]) -> None:
        """Run a life to its end with the whole bot awake."""

        async def go() -> None:
            async with AsyncExitStack() as stack:
                parts = await stack.enter_async_context(self.awake())
                caster = caster_of(parts.bot, self.house, parts.postman, at_once, seal_keys(self.settings)[0])
                await stack.enter_async_context(announcing(caster, alone=True))
                await stack.enter_async_context(kept_current(self.house, at_once))
                await settled(parts)
                await life(parts)
                await rested(parts)

        live(self.clock, go())

    def news(self) -> list[str]:
        """What has appeared or changed since this was asked last, in the chats of those who are seen."""
        shown = []
        for name, who in self.people.items():
            for number, sight in enumerate(who.home.messages):
                drawn, before = _drawn(sight), self._seen.get((name, number), "")
                if not sight.by_bot or drawn == before:
                    continue
                self._seen[name, number] = drawn
                if not before.startswith(drawn):  # an older card that only lost its buttons is no news
                    shown.append(f"{name} reads:\n{drawn}")
        return shown


async def rested(parts: Parts) -> None:
    """Wait until nothing is in hand and a newer edition was looked for: five seconds are promised for that."""
    await asyncio.sleep(1)
    await settled(parts)


def _drawn(sight: Sight) -> str:
    """A message as lines: what is attached, its words, and its buttons row by row."""
    if sight.deleted:
        return ""
    attached = {_PICTURE: ["[a picture]"], _FILE: [f"[the file {sight.file_name}]"]}.get(sight.kind, [])
    rows = ["  " + "  ".join(f"[{label}]" for label in row) for row in sight.rows]
    words = [line.rstrip() for line in sight.text.splitlines()]
    return "\n".join([*attached, *words, *rows])
