"""Tracing: whether a message whose sending was cut off had arrived, found out without showing anything to anybody."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable, Iterator
from functools import partial

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.dialogue.news import news_reply
from bot.dialogue.scene import Scene
from bot.service.moments import Run, milliseconds
from bot.store import recipients
from bot.store.broadcasts import UNSURE, Broadcast
from bot.store.conversations import load_conversation
from bot.store.engine import reading, writing
from bot.store.outbox import Promise
from bot.store.recipients import Lost, lost_recipients, nobody_spoke, settle_recipient
from knowledge.entries import Words

LOG = logging.getLogger(__name__)

IsThere = Callable[[str, int, Promise], Awaitable[bool | None]]
"""Whether a message of a chat is this promise; None where the platform does not say now.

It raises NobodyThereError where nothing in this chat can be asked for any more.
"""


class NobodyThereError(Exception):
    """Whoever the chat is with has shut the bot out."""


_REST_MS = 5_000
"""What was on its way so long ago has arrived or never will."""

_TRIES, _PAUSE = 5, 1.0
_AT_ONCE, _SIDE_BY_SIDE, _A_MOMENT = 20, 4, 0.02
_BEYOND = 32
"""How many numbers beyond the newest known one are looked at when nothing went out later."""

_MOST = 400
"""With more numbers than these it is not looked for: then it stays unknown, and is not sent again."""


class Tracer:
    """Looks for messages that may have arrived.

    The platform numbers the messages of all private chats with a bot in one line, so that only a few numbers come into
    question: those between what went out before and after, and no other's. Whether one of them is the message shows
    when its own buttons are put under it once more, which changes nothing.
    """

    def __init__(self, store: Engine, scene: Callable[[], Scene], run: Run, is_there: IsThere) -> None:
        """A tracer that asks a door."""
        self.counts: Counter[str] = Counter()
        self._store, self._scene, self._run, self._is_there = store, scene, run, is_there
        self._task: asyncio.Task[None] | None = None

    def look(self, broadcast: Broadcast) -> None:
        """Look for what a broadcast has lost, beside everything else, unless it is being looked for already."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._look(broadcast))

    async def stop(self) -> None:
        """Look no further; what was not found yet is looked for later."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _look(self, broadcast: Broadcast) -> None:
        try:
            every = deque(await self._run(partial(self._lost, broadcast)))
            await asyncio.gather(*(self._look_through(broadcast, every) for _ in range(_SIDE_BY_SIDE)))
        except SQLAlchemyError as error:
            LOG.warning("broadcast: %s; looking for lost messages later", type(error).__name__)

    async def _look_through(self, broadcast: Broadcast, every: deque[Lost]) -> None:
        """Look for one after another as long as there are any."""
        while every:
            lost = every.popleft()
            state, message = await self._verdict(broadcast, lost)
            if state != UNSURE:
                self.counts[state] += 1
                await self._run(partial(self._settled, lost, state, message))

    def _lost(self, broadcast: Broadcast) -> tuple[Lost, ...]:
        before = milliseconds(self._scene().now) - _REST_MS
        with reading(self._store) as connection:
            return lost_recipients(connection, broadcast.id, before, _AT_ONCE)

    async def _verdict(self, broadcast: Broadcast, lost: Lost) -> tuple[str, int | None]:
        """Where a message stands now: there (under its number), not there and to be sent, or not to be known.

        Where somebody has said something since, it is looked for only before their words: after them are answers of
        ours, whose buttons are not to be touched. Words that came at once may have been before it; then it stays open.
        """
        if lost.pressed:
            return recipients.SENT, None
        suspects = list(suspected(lost))
        if (lost.moved and lost.spoke is None) or len(suspects) > _MOST:
            return recipients.UNKNOWN, None
        promise = await self._run(partial(self._as_promised, broadcast, lost))
        try:
            state, number = await self._found(lost, suspects, promise)
        except NobodyThereError:
            return recipients.GONE, None
        hidden = lost.spoke is not None and lost.spoke[1] <= lost.one.changed_at + _REST_MS
        return (recipients.UNKNOWN, None) if state == recipients.WAITING and hidden else (state, number)

    async def _found(self, lost: Lost, suspects: Iterable[int], promise: Promise) -> tuple[str, int | None]:
        """Whether one of the numbers is the message, asked one after another.

        Should somebody begin to speak meanwhile, one of the next numbers may be an answer of ours: then it is left
        open, and looked for anew before their words.
        """
        for number in suspects:
            if lost.spoke is None and not await self._run(partial(self._is_still, lost)):
                return UNSURE, None
            there = await self._asked(lost.one.conversation, number, promise)
            if there is None:
                return UNSURE, None
            if there:
                return recipients.SENT, number
            await asyncio.sleep(_A_MOMENT)
        return recipients.WAITING, None

    async def _asked(self, conversation: str, number: int, promise: Promise) -> bool | None:
        """Whether a message is there; asked again where the platform did not say, None where it still does not."""
        for _ in range(_TRIES):
            there = await self._is_there(conversation, number, promise)
            if there is not None:
                return there
            await asyncio.sleep(_PAUSE)
        return None

    def _is_still(self, lost: Lost) -> bool:
        with reading(self._store) as connection:
            return nobody_spoke(connection, lost.one)

    def _as_promised(self, broadcast: Broadcast, lost: Lost) -> Promise:
        with reading(self._store) as connection:
            who = load_conversation(connection, lost.one.conversation)
        reply = news_reply(who, Words(broadcast.zh, broadcast.en), broadcast.id, self._scene())
        return Promise(0, reply, lost.one.revision or 0)

    def _settled(self, lost: Lost, state: str, message: int | None) -> None:
        """A message that is there stays as old as it is: others are looked for by when it came."""
        with writing(self._store) as connection:
            settle_recipient(connection, lost.one.id, UNSURE, state, lost.one.changed_at, message=message)


def suspected(lost: Lost) -> Iterator[int]:
    """The numbers that a lost message may have: above what went out before it, and known to be no other's."""
    above = lost.one.above or 0
    end = lost.below or max(above, lost.newest, *lost.known) + _BEYOND + 1
    end = end if lost.spoke is None else min(end, lost.spoke[0])
    return (number for number in range(above + 1, end) if number not in lost.known)
