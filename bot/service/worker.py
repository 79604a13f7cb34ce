"""The worker: letters in, turns one by one in each chat and side by side across chats, promises to the postman."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from bot.dialogue.scene import Scene
from bot.service import settling
from bot.service.moments import Clock, Run, milliseconds
from bot.service.postman import Postman
from bot.service.reception import LEASE_MS, Taken, set_aside, take_next
from bot.store.engine import reading, writing
from bot.store.inbox import Letter, accept, forget_old_keys, unfinished
from bot.store.outbox import Lease, Promise, free_all, lease_promises

LOG = logging.getLogger(__name__)

_SWEEP_SECONDS = 1.0
_GRACE_MS = 2_000
"""Letters older than this that nobody has taken were somebody's who is gone."""

_KEYS_KEPT_MS = 48 * 3_600_000


class Worker:
    """One of any number of workers over one store.

    ``admit`` commits letters and wakes their chats; ``sweep`` finds what a worker that is gone has left. The store
    decides who wins where two workers take the same letter.
    """

    def __init__(self, store: Engine, scene: Callable[[], Scene], postman: Postman, run: Run, clock: Clock) -> None:
        """A worker that decides turns in scenes and hands promises to its postman."""
        self.counts: Counter[str] = Counter()
        self.seconds = 0.0
        self._store, self._scene, self._postman, self._run, self._clock = store, scene, postman, run, clock
        self._waiting: Counter[str] = Counter()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._sweeper: asyncio.Task[None] | None = None

    async def start(self, *, alone: bool) -> None:
        """Take up what is left from before; ``alone`` says that no other process uses this store."""
        if alone:
            await self._run(self._free_all)
        await self.sweep(0)
        self._sweeper = asyncio.create_task(self._sweep_on())

    async def stop(self, seconds: float = 10.0) -> None:
        """Finish the turns and deliveries in hand; everything else is in the store and waits there."""
        if self._sweeper is not None:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=seconds)
        await self._postman.finish(seconds)

    @property
    def busy(self) -> bool:
        """Whether a turn or a delivery is in hand."""
        return bool(self._tasks) or self._postman.busy()

    async def admit(self, letters: Sequence[Letter]) -> tuple[Letter, ...]:
        """Commit letters, and wake their chats; returns those that had not come before."""
        if not letters:
            return ()

        fresh = await self._run(lambda: _accepted(self._store, letters))
        self.counts["repeated"] += len(letters) - len(fresh)
        now_ms = milliseconds(self._clock())
        for letter in fresh:
            self._waiting[letter.conversation] += 1
            pause = (letter.ready_ms - now_ms) / 1000
            if pause > 0:
                asyncio.get_running_loop().call_later(pause, self._wake, letter.conversation)
            else:
                self._wake(letter.conversation)
        return fresh

    async def follow(self, old: str, new: str) -> None:
        """A chat has moved to another number: everything of it goes along."""
        now_ms = milliseconds(self._clock())
        await self._run(partial(settling.followed, self._store, old, new, self._postman.owner, now_ms))

    async def let_go(self, conversation: str) -> None:
        """Nobody can be reached in a chat any more: what was promised there is dropped, what was said stays."""
        await self._run(partial(settling.dropped, self._store, conversation))

    async def sweep(self, grace_ms: int = _GRACE_MS) -> None:
        """Wake every chat with letters or promises that nobody is at work on."""
        now_ms = milliseconds(self._clock())

        def look() -> tuple[str, ...]:
            with reading(self._store) as connection:
                return unfinished(connection, now_ms, now_ms - grace_ms)

        for conversation in await self._run(look):
            self._waiting[conversation] += 1
            self._wake(conversation)

    def _wake(self, conversation: str) -> None:
        if conversation not in self._tasks:
            self._tasks[conversation] = asyncio.create_task(self._serve(conversation))

    async def _serve(self, conversation: str) -> None:
        """Take the letters of one chat until none waits, then lease promises that nobody delivers."""
        try:
            while self._waiting[conversation] > 0:
                begun = asyncio.get_running_loop().time()
                taken = await self._take(conversation)
                self.seconds += asyncio.get_running_loop().time() - begun
                if taken is None:
                    del self._waiting[conversation]
                    await self._lease(conversation)
                    continue
                self._waiting[conversation] -= 1
                self.counts["turns"] += 1
                self._postman.post(conversation, taken.promises, milliseconds(self._clock()) + LEASE_MS)
        except SQLAlchemyError as error:
            LOG.warning("store: %s; the letter stays and is tried again", type(error).__name__)
        finally:
            self._waiting.pop(conversation, None)
            del self._tasks[conversation]

    async def _take(self, conversation: str) -> Taken | None:
        scene = self._scene()

        def work() -> Taken | None:
            try:
                return take_next(self._store, conversation, scene, self._postman.owner)
            except SQLAlchemyError:
                raise
            except Exception as error:  # noqa: BLE001 - one broken turn must not stop a chat
                LOG.error("turn: %s at %s", type(error).__name__, _place(error))  # noqa: TRY400 - a trace holds words
                self.counts["failed"] += 1
                return set_aside(self._store, conversation, scene, self._postman.owner)

        return await self._run(work)

    async def _lease(self, conversation: str) -> None:
        if self._postman.busy(conversation):
            return
        now_ms = milliseconds(self._clock())
        lease = Lease(self._postman.owner, now_ms + LEASE_MS)

        def work() -> tuple[Promise, ...]:
            with writing(self._store) as connection:
                return lease_promises(connection, conversation, lease, now_ms)

        self._postman.post(conversation, await self._run(work), lease.until_ms)

    async def _sweep_on(self) -> None:
        """Sweep every second, and sooner where a put-off promise falls due."""
        while True:
            now = self._clock().timestamp()
            await asyncio.sleep(max(0.01, min([_SWEEP_SECONDS, *(at - now for at in self._postman.due.values())])))
            now = self._clock().timestamp()
            due = [name for name, at in self._postman.due.items() if at <= now]
            for name in due:
                del self._postman.due[name]
            try:
                await self.sweep()
            except SQLAlchemyError as error:
                LOG.warning("store: %s; looking again in a second", type(error).__name__)

    def _free_all(self) -> None:
        with writing(self._store) as connection:
            free_all(connection)
            forget_old_keys(connection, milliseconds(self._clock()) - _KEYS_KEPT_MS)


def _accepted(store: Engine, letters: Sequence[Letter]) -> tuple[Letter, ...]:
    """Commit letters; where another worker commits the same one at this moment, look again."""
    while True:
        try:
            with writing(store) as connection:
                return accept(connection, letters)
        except IntegrityError:
            continue


def _place(error: BaseException) -> str:
    """File and line where an error arose: enough to find it, and nobody's words."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "?" if trace is None else f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
