"""Standings: how somebody stands in a group as the platform says, asked anew after seconds and after every change."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.heard import Heard
from bot.dialogue.messages import Arrival, Standing
from bot.service.moments import Clock, Run
from bot.store.inbox import Letter

_FRESH = 5.0
"""Seconds for which an answer counts."""

_PATIENCE = 2.0
_KEPT = 5000

Wanted = Callable[[str, Arrival], str | None]
"""The group in which somebody's standing counts for an arrival of a conversation, or None where it does not matter."""


class _Known(NamedTuple):
    """What the platform said, and when."""

    rank: str
    at: float


class Standings:
    """Puts standings into letters that need them; where the platform does not answer, nobody stands anywhere."""

    def __init__(self, bot: Bot, clock: Clock, run: Run) -> None:
        """For one bot; until ``wanted`` is set nothing needs a standing."""
        self.wanted: Wanted = lambda _name, _arrival: None
        self._bot, self._clock, self._run = bot, clock, run
        self._known: OrderedDict[tuple[str, str], _Known] = OrderedDict()

    def changed(self, heard: Heard) -> None:
        """Forget what a change of somebody's standing, or of ours, makes doubtful."""
        if heard.kind == "chat_member":
            self._known.pop((heard.conversation, f"tg:{heard.user_id}"), None)
        elif heard.kind == "my_chat_member":
            for place in [place for place in self._known if place[0] == heard.conversation]:
                del self._known[place]

    async def told(self, letters: Sequence[Letter]) -> tuple[Letter, ...]:
        """The letters, those that need a standing with it; all are asked for at once."""
        return tuple(await asyncio.gather(*map(self._told, letters)))

    async def _told(self, letter: Letter) -> Letter:
        arrival = letter.arrival
        speaker = arrival.speaker if arrival.public else letter.conversation
        silent = arrival.action is None and arrival.command is None and arrival.found is None
        if speaker is None or silent:
            return letter
        group = await self._run(lambda: self.wanted(letter.conversation, arrival))
        if group is None:
            return letter
        standing = Standing(group=group, rank=await self._rank(group, speaker))
        return letter._replace(arrival=arrival.model_copy(update={"standing": standing}))

    async def _rank(self, group: str, speaker: str) -> str | None:
        now = self._clock().timestamp()
        known = self._known.get((group, speaker))
        if known is not None and 0 <= now - known.at < _FRESH:
            return known.rank
        rank = await self._asked(group, speaker)
        if rank is not None:
            self._known[group, speaker] = _Known(rank, now)
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return rank

    async def _asked(self, group: str, speaker: str) -> str | None:
        """What the platform says within a moment; None when it refuses, or does not answer in time."""
        told = {"chat_id": int(group.removeprefix("tg:")), "user_id": int(speaker.removeprefix("tg:"))}
        try:
            member: dict[str, str] = await asyncio.wait_for(
                self._bot.do_api_request("getchatmember", told, read_timeout=_PATIENCE), _PATIENCE
            )
        except (TelegramError, TimeoutError):
            return None
        return str(member.get("status"))
