"""Standings: how somebody stands in a group as the platform says, asked anew after seconds and after every change.

While somebody has another's result open it is asked again and again: a bot that is no administrator of a group is told
of no change there.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.heard import Heard
from bot.channels.telegram.placed import footing_of
from bot.dialogue.footing import LEADERS, Standing
from bot.dialogue.messages import Arrival
from bot.service.moments import Clock, Run
from bot.store.inbox import Letter

LOG = logging.getLogger(__name__)

_FRESH = 2.5
"""Seconds for which an answer is used again; the turn comes a little later, and five are the most."""

_PATIENCE = 2.0
_AGAIN = 15.0
"""Seconds between two looks at whoever has something open."""

_KEPT = 5000

Led = Callable[[Arrival], bool]
"""Whether an arrival may need a standing, as far as it says itself."""

Wanted = Callable[[str, Arrival], str | None]
"""The group in which somebody's standing counts for an arrival of a conversation, or None where it does not matter."""


Open = Callable[[], Collection[tuple[str, str]]]
"""Groups, and who has something open there that only those who lead may see."""

Lost = Callable[[str, str], None]
"""Says of somebody, after a group, that they lead there no more."""


class Standings:
    """Puts standings into letters that need them; where the platform does not answer, nobody stands anywhere."""

    def __init__(self, bot: Bot, clock: Clock, run: Run) -> None:
        """For one bot; until ``led`` and ``wanted`` are set nothing needs a standing, nor ours (``footed``)."""
        self.led: Led = lambda _arrival: False
        self.wanted: Wanted = lambda _name, _arrival: None
        self.footed: Led = lambda _arrival: False
        self.open: Open = tuple
        self.lost: Lost = lambda _group, _name: None
        self._bot, self._clock, self._run = bot, clock, run
        self._known: OrderedDict[tuple[str, str], Standing] = OrderedDict()
        self._changes = 0

    def changed(self, heard: Heard) -> None:
        """Forget what a change of somebody's standing, or of ours, makes doubtful; what is being asked is not kept."""
        self._changes += heard.kind in {"chat_member", "my_chat_member"}
        if heard.kind == "chat_member":
            self._known.pop((heard.conversation, f"tg:{heard.user_id}"), None)
        elif heard.kind == "my_chat_member":
            for place in [place for place in self._known if place[0] == heard.conversation]:
                del self._known[place]

    async def told(self, letters: Sequence[Letter]) -> Sequence[Letter]:
        """The letters, those that need a standing with it; all are asked for at once."""
        if any(self.led(letter.arrival) for letter in letters):
            letters = await asyncio.gather(*map(self._told, letters))
        if any(self.footed(letter.arrival) for letter in letters):
            letters = await asyncio.gather(*map(self._footed, letters))
        return letters

    async def look_again(self) -> None:
        """Ask about everybody who has something open; where the platform is silent it stays so until the next time."""
        for group, name in await self._run(self.open):
            rank = await self._asked(group, name)
            if rank is not None and rank not in LEADERS:
                await self._run(partial(self.lost, group, name))

    async def _footed(self, letter: Letter) -> Letter:
        """A letter with what we may do in its group now; without where the platform does not answer."""
        if not letter.arrival.public or not self.footed(letter.arrival):
            return letter
        member = await self._member(letter.conversation, f"tg:{self._bot.id}")
        if member is None:
            return letter
        footing = footing_of(member, reads_all=bool(self._bot.can_read_all_group_messages))
        return letter._replace(arrival=letter.arrival.model_copy(update={"footing": footing}))

    async def _told(self, letter: Letter) -> Letter:
        arrival = letter.arrival
        speaker = arrival.speaker if arrival.public else letter.conversation
        if speaker is None or not self.led(arrival):
            return letter
        group = await self._run(lambda: self.wanted(letter.conversation, arrival))
        if group is None:
            return letter
        standing = await self._standing(group, speaker)
        return letter._replace(arrival=arrival.model_copy(update={"standing": standing}))

    async def _standing(self, group: str, speaker: str) -> Standing:
        now, changes = self._clock(), self._changes
        known = self._known.get((group, speaker))
        if known is not None and 0 <= (now - known.at).total_seconds() < _FRESH:
            return known
        standing = Standing(group=group, rank=await self._asked(group, speaker), at=now)
        if standing.rank is not None and changes == self._changes:
            self._known[group, speaker] = standing
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return standing

    async def _asked(self, group: str, speaker: str) -> str | None:
        """How somebody stands there, as the platform says."""
        member = await self._member(group, speaker)
        return None if member is None else str(member.get("status"))

    async def _member(self, group: str, speaker: str) -> Mapping[str, Any] | None:
        """What the platform says within a moment; None when it refuses, or does not answer in time."""
        told = {"chat_id": int(group.removeprefix("tg:")), "user_id": int(speaker.removeprefix("tg:"))}
        try:
            member: dict[str, Any] = await asyncio.wait_for(
                self._bot.do_api_request("getchatmember", told, read_timeout=_PATIENCE), _PATIENCE
            )
        except (TelegramError, TimeoutError):
            return None
        return member


@asynccontextmanager
async def asked_again(standings: Standings) -> AsyncIterator[None]:
    """Look again and again at whoever has something open, for as long as the block lasts."""

    async def look_on() -> None:
        while True:
            await asyncio.sleep(_AGAIN)
            try:
                await standings.look_again()
            except SQLAlchemyError as error:
                LOG.warning("store: %s; looking again soon", type(error).__name__)

    looking = asyncio.create_task(look_on())
    try:
        yield
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
