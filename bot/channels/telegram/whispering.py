"""Whispering: words in a group that one member alone can see; on any doubt they go to the private chat, or nowhere."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping

from telegram import Bot
from telegram.error import BadRequest, EndPointNotFound, Forbidden

from bot.channels.telegram.rendering import Rendered, render
from bot.dialogue.messages import Reply, Text
from bot.service.carrying import Delivered, Never, Outcome
from bot.service.pacing import Tally

LOG = logging.getLogger(__name__)

_ASKED, _GROUPS = (1, 60.0), 1000
"""How often a group is asked for a private chat, and of how many groups that is remembered."""

Place = Callable[[int], Awaitable[bool]]
"""Takes one of a group's places in this minute, for a message that nobody promised; False where none is free."""


async def _no_place(_chat: int) -> bool:
    return False


class Whispers:
    """Whispers for one bot.

    A server that does not know of whispers would post them for everybody: so it is asked first for a method that only
    those servers have which do, and what came of each whisper is looked at.
    """

    def __init__(self, bot: Bot) -> None:
        """Whispers by a bot; whether its server knows of them is found out with the first.

        Until ``place`` is set nothing is said before everybody.
        """
        self.place: Place = _no_place
        self._bot = bot
        self._known: bool | None = None
        self._asked: OrderedDict[int, Tally] = OrderedDict()

    async def carry(
        self, chat: int, person: int, reply: Reply, rendered: Rendered, under: Mapping[str, object]
    ) -> Outcome:
        """Whisper a reply to a member of a group.

        Args:
            chat: the group.
            person: who alone shall see it; their private chat has the same number.
            reply: the reply, with the press that it answers.
            rendered: the reply for the wire; only its words are whispered.
            under: what goes along with a message in the group: its topic.

        Raises:
            telegram.error.TelegramError: when the platform or the network is away, the group is gone or has moved.
        """
        if await self._offered(chat, person) and await self._whispered(chat, person, reply, rendered, under):
            return Delivered()
        outcome = await self._privately(person, rendered)
        if isinstance(outcome, Never) and reply.instead:
            await self._asked_for_a_chat(chat, reply.instead, under)
        return outcome

    async def _asked_for_a_chat(self, chat: int, words: str, under: Mapping[str, object]) -> None:
        """Say before the group, to nobody by name and seldom, how a private word can be had: nothing of it is told."""
        tally = self._asked.pop(chat, None) or Tally(*_ASKED)
        self._asked[chat] = tally
        if len(self._asked) > _GROUPS:
            self._asked.popitem(last=False)
        now = asyncio.get_running_loop().time()
        if tally.wait(now) > 0 or not await self.place(chat):
            return
        tally.take()
        link = f"https://t.me/{self._bot.username}?start=hello"
        told = render(Reply(blocks=(Text(markup=f"{words}\n{link}"),), hint="none"), str).parts[0]
        quiet = {"link_preview_options": {"is_disabled": True}}
        await self._bot.do_api_request(
            "sendmessage", {"chat_id": chat, "text": told, "parse_mode": "HTML", **quiet, **under}
        )

    async def _offered(self, chat: int, person: int) -> bool:
        """Whether the server knows of whispers."""
        if self._known is None:
            told = {"chat_id": chat, "receiver_user_id": person, "ephemeral_message_id": 0}
            try:
                await self._bot.do_api_request("deleteephemeralmessage", told)
            except EndPointNotFound:
                LOG.warning("whispers: this server does not know of them; words for one go to the private chat")
                self._known = False
                return False
            except BadRequest:
                pass
            self._known = True
        return self._known

    async def _whispered(
        self, chat: int, person: int, reply: Reply, rendered: Rendered, under: Mapping[str, object]
    ) -> bool:
        """Whether it was whispered; the platform may refuse, as after the time that a press gives."""
        for_one: dict[str, object] = {"receiver_user_id": person}
        for_one |= {"callback_query_id": reply.press} if reply.press else {}
        whole = {**under, **for_one, "ephemeral_message_parameters": for_one}  # newer and older servers read another
        for part in rendered.parts:
            told = {"chat_id": chat, "text": part, "parse_mode": "HTML", **whole}
            if rendered.keyboard is not None and part is rendered.parts[-1]:
                told["reply_markup"] = rendered.keyboard
            try:
                shown = await self._bot.do_api_request("sendmessage", told)
            except BadRequest:
                return False
            if not shown.get("ephemeral_message_id"):
                await self._taken_back(chat, shown["message_id"])
                return False
        return True

    async def _taken_back(self, chat: int, message: int) -> None:
        """What everybody can see goes at once, and nothing is whispered any more."""
        self._known = False
        LOG.error("whispers: this server showed one to a whole group; it is removed, and there will be no other")
        await self._bot.do_api_request("deletemessage", {"chat_id": chat, "message_id": message})

    async def _privately(self, person: int, rendered: Rendered) -> Outcome:
        """The words in the private chat; whoever has none is told nothing of them, and the group neither."""
        for part in rendered.parts:
            told: dict[str, object] = {"chat_id": person, "text": part, "parse_mode": "HTML"}
            if rendered.keyboard is not None and part is rendered.parts[-1]:
                told["reply_markup"] = rendered.keyboard
            try:
                await self._bot.do_api_request("sendmessage", told)
            except (BadRequest, Forbidden):
                return Never("unsaid")
        return Delivered()
