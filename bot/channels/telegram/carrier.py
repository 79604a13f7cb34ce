"""The way out to Telegram: one reply becomes a message or an edit, and every answer of the platform an outcome."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Coroutine
from functools import partial

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.channels.telegram import ballots, topics
from bot.channels.telegram.attaching import Attachments
from bot.channels.telegram.removing import removed
from bot.channels.telegram.rendering import Keyboard, Rendered, enclosed_in, render
from bot.channels.telegram.sealing import seal
from bot.channels.telegram.whispering import Whispers
from bot.dialogue.messages import Reply, Toast
from bot.dialogue.polls import Poll
from bot.service.carrying import Begun, Delivered, Later, Moved, Never, Outcome
from bot.store.outbox import Promise

PREFIX = "tg:"
"""What names of Telegram's conversations begin with."""

_SPINNING = (0.2, 0.6, 2.0, 5.0, 0.0)
"""Seconds between the attempts to stop a spinner; a press lives longer than all of them."""

_NOBODY = ("chat not found", "peer_id_invalid", "user not found", "bot was kicked", "chat_write_forbidden")
_FAULTS: dict[type[TelegramError], str] = {TimedOut: "timeout", NetworkError: "network"}
_TOPICS = {"message thread not found": "topic gone", "topic_deleted": "topic gone", "topic_closed": "topic closed"}
_NOT_THERE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message not found",
    "no text in the message",
)


def chat_of(conversation: str) -> int:
    """The chat's number of one of Telegram's conversations."""
    return int(conversation.removeprefix(PREFIX))


class TelegramCarrier:
    """Sends and edits through python-telegram-bot; cards are edited in place under the message that shows them.

    Methods are named in small letters, which the platform takes too: so the library hands back what came as it is,
    and no objects are built that nobody reads.
    """

    def __init__(self, bot: Bot, key: bytes, attachments: Attachments | None = None) -> None:
        """A carrier for one bot, sealing its buttons with a key; without ``attachments`` all is told in words."""
        self._bot, self._key, self._attachments = bot, key, attachments
        self._aside: set[asyncio.Task[None]] = set()
        self.whispers = Whispers(bot)

    def in_place(self, promise: Promise) -> bool:
        """Whether this reply replaces the message it was pressed on."""
        return promise.edits is not None and not (self._attachments and enclosed_in(promise.reply))

    async def carry(self, conversation: str, promise: Promise) -> Outcome:
        """Carry one reply to a chat."""
        chat, reply = chat_of(conversation), promise.reply
        try:
            if reply.removes:
                return await removed(self._bot, chat, reply.removes)
            if reply.closes is not None:
                return await ballots.close(self._bot, chat, reply.closes)
            if reply.opens:
                return await topics.opened(self._bot, chat, reply.opens)
            if reply.shuts is not None:
                return await topics.shut(self._bot, chat, reply.shuts)
            return await self._shown(chat, promise)
        except TelegramError as error:
            return outcome_of(error)

    async def toast(self, query: str, words: str | None = None, *, alert: bool = False, start: str = "") -> None:
        """Stop the spinner of a pressed button, with a word where one is due; too late is no harm.

        An ``alert`` stays until it is tapped away; with ``start`` the private talk opens, and begins with that code.
        """
        told = {"callback_query_id": query} | ({"text": words, "show_alert": alert} if words else {})
        told |= {"url": f"https://t.me/{self._bot.username}?start={start}"} if start else {}
        for pause in _SPINNING:
            try:
                await self._bot.do_api_request("answercallbackquery", told)
            except TelegramError as error:
                outcome = outcome_of(error)
                if not isinstance(outcome, Later):
                    return
                await asyncio.sleep(max(pause, outcome.seconds if outcome.why == "429" else 0.0))
            else:
                return

    def answer(self, toast: Toast) -> None:
        """Show somebody what their press in a group came to; nobody waits for it."""
        self.aside(self.toast(toast.press, toast.words, alert=toast.alert, start=toast.start))

    def aside(self, work: Coroutine[None, None, None]) -> None:
        """Do something that nobody waits for."""
        task = asyncio.get_running_loop().create_task(work)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    async def finish(self, seconds: float = 5.0) -> None:
        """Wait for what is done aside, so long; the rest is let go."""
        if self._aside:
            _, late = await asyncio.wait(self._aside, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _shown(self, chat: int, promise: Promise) -> Outcome:
        """Carry what can be seen: by everybody in the chat, or by one of them alone, whose the buttons are then."""
        reply = promise.reply
        whose = chat if reply.whisper_to is None else chat_of(reply.whisper_to)
        sealed = partial(seal, self._key, whose, promise.revision)
        poll = next((block for block in reply.blocks if isinstance(block, Poll)), None)
        if poll is not None:
            return await ballots.put_up(self._bot, chat, poll, render(reply, sealed).parts[0], _placed(reply))
        if reply.whisper_to is not None:
            return await self.whispers.carry(chat, whose, reply, render(reply, sealed), _placed(reply))
        return await self._carried(chat, promise, render(reply, sealed, enclosing=bool(self._attachments)))

    async def _carried(self, chat: int, promise: Promise, rendered: Rendered) -> Outcome:
        edits = promise.edits if len(rendered.parts) == 1 and not rendered.enclosed else None
        if edits is not None:
            if not await self._edited(chat, edits, rendered):
                return Begun(0)
            self._strip(chat, promise, edits)
            return Delivered(edits)
        place = min(promise.parts, len(rendered.parts) - 1)
        last = place == len(rendered.parts) - 1
        under = _placed(promise.reply) | _under(rendered.keyboard if last else None)
        shown = await self._sent(chat, rendered, place, under)
        if not last:
            return Begun(place + 1)
        self._strip(chat, promise, shown)
        return Delivered(shown)

    async def _sent(self, chat: int, rendered: Rendered, place: int, under: dict[str, object]) -> int:
        """The number of the new message."""
        part = rendered.parts[place]
        if self._attachments is not None and place < len(rendered.enclosed):
            return await self._attachments.send(chat, rendered.enclosed[place], part, under)
        told = {"chat_id": chat, "text": part, "parse_mode": "HTML"} | under
        message: dict[str, int] = await self._bot.do_api_request("sendmessage", told)
        return message["message_id"]

    async def _edited(self, chat: int, message: int, rendered: Rendered) -> bool:
        """Whether the message shows the reply now; False when it is not there to be edited any more."""
        try:
            told = {"chat_id": chat, "message_id": message, "text": rendered.parts[0], "parse_mode": "HTML"}
            await self._bot.do_api_request("editmessagetext", told | _under(rendered.keyboard))
        except BadRequest as error:
            words = str(error).lower()
            if "not modified" in words:
                return True
            if any(gone in words for gone in _NOT_THERE):
                return False
            raise
        return True

    def _strip(self, chat: int, promise: Promise, shown: int | None) -> None:
        """Take the buttons off an older card, so that the newest is the one to press; it is no harm if it fails."""
        if promise.reply.slot is not None and promise.card is not None and promise.card != shown:
            self.aside(self._stripped(chat, promise.card))

    async def _stripped(self, chat: int, message: int) -> None:
        try:
            await self._bot.do_api_request("editmessagereplymarkup", {"chat_id": chat, "message_id": message})
        except TelegramError:
            return


def _under(keyboard: Keyboard | None) -> dict[str, object]:
    return {} if keyboard is None else {"reply_markup": keyboard}


def _placed(reply: Reply) -> dict[str, object]:
    """The topic that a reply goes to and the message that it answers, while that is still there."""
    topic: dict[str, object] = {} if reply.topic is None else {"message_thread_id": reply.topic}
    if reply.answers is None:
        return topic
    return topic | {"reply_parameters": {"message_id": reply.answers, "allow_sending_without_reply": True}}


def outcome_of(error: TelegramError) -> Outcome:
    """What an answer of the platform means for a promise."""
    words = str(error).lower()
    if isinstance(error, RetryAfter):
        pause = error.retry_after
        return Later(pause.total_seconds() if isinstance(pause, dt.timedelta) else float(pause), "429")
    if isinstance(error, ChatMigrated):
        return Moved(f"{PREFIX}{error.new_chat_id}")
    if isinstance(error, Forbidden):
        return Never("blocked", gone=True)
    if isinstance(error, BadRequest):
        topic = next((why for told, why in _TOPICS.items() if told in words), "")
        if topic:
            return Never(topic)
        gone = any(nobody in words for nobody in _NOBODY)
        return Never("nobody" if gone else "refused", gone=gone)
    unsure = isinstance(error, NetworkError)
    return Later(1.0 if unsure else 5.0, _FAULTS.get(type(error), "platform"), unsure=unsure)
