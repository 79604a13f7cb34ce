"""The worker: letters in, turns one by one in each chat and side by side across chats, promises to the postman."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from heapq import heappop, heappush
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.dialogue.messages import Toast
from bot.dialogue.quick import ends_at_a_card
from bot.dialogue.scene import Scene
from bot.service import errands, settling
from bot.service.committing import LEASE_MS, Taken
from bot.service.faults import place_of
from bot.service.moments import Clock, Run, milliseconds
from bot.service.postman import Postman
from bot.service.reception import keep_letters, set_aside, take_lightly, take_next, take_straight
from bot.store.inbox import Letter
from bot.store.outbox import Lease

T = TypeVar("T")

LOG = logging.getLogger(__name__)

_SWEEP_SECONDS = 1.0
_GRACE_MS = 2_000
"""Letters older than this that nobody has taken were somebody's who is gone."""

_PATIENCE = 0.025
"""Seconds that a turn may take before its letter goes into the inbox and is confirmed without it."""

_HOUR, _LEAP = 3600.0, 60.0
"""Seconds. After a leap of the clock the machine has slept: what it had in hand ends before anything is forgotten."""


@dataclass(order=True, slots=True)
class Held:
    """A letter in hand, by its number, and the sign that it is committed."""

    number: int
    letter: Letter = field(compare=False)
    done: asyncio.Future[None] = field(compare=False)

    @property
    def committed(self) -> bool:
        """Whether its turn is in the store."""
        return self.done.done() and not self.done.cancelled()


class Worker:
    """One of any number of workers over one store.

    ``admit`` commits letters and wakes their chats; ``sweep`` finds what a worker that is gone has left. The store
    decides who wins where two workers take the same letter.
    """

    def __init__(self, store: Engine, scene: Callable[[], Scene], postman: Postman, run: Run, clock: Clock) -> None:
        """A worker that decides turns in scenes and hands promises to its postman.

        Turns that take hardly any time run as the postman's transactions do, all others as ``run`` says.
        """
        self.counts: Counter[str] = Counter()
        self.seconds = 0.0
        self.toast: Callable[[Toast], object] = lambda _toast: None
        self._store, self._scene, self._postman, self._run, self._clock = store, scene, postman, run, clock
        self._waiting: Counter[str] = Counter()
        self._held: dict[str, list[Held]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._sweeper: asyncio.Task[None] | None = None

    async def start(self, *, alone: bool) -> None:
        """Take up what is left from before; ``alone`` says that no other process uses this store."""
        await self._run(partial(settling.freed, self._store, None if alone else self._postman.owner))
        await self.sweep(0)
        self._sweeper = asyncio.create_task(self._sweep_on())

    async def stop(self, seconds: float = 6.0) -> None:
        """Finish the turns and deliveries in hand, so long; everything else is in the store and waits there."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        if self._sweeper is not None:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=seconds)
        await self._postman.finish(max(0.0, until - loop.time()))

    @property
    def busy(self) -> bool:
        """Whether a turn or a delivery is in hand."""
        return bool(self._tasks) or self._postman.busy()

    async def admit(self, letters: Sequence[Letter]) -> None:
        """Commit letters: most with their turns at once, those whose turns take longer in the inbox.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: when the store takes nothing; then nothing may be confirmed.
        """
        held = [self._hold(letter) for letter in letters]
        if held:
            await asyncio.wait([one.done for one in held], timeout=_PATIENCE)
        open_ = [one.letter for one in held if not one.committed]
        if open_:
            await self._postman.run(lambda: keep_letters(self._store, open_))
        for letter in [one for one in open_ if one.conversation not in self._tasks]:
            self._waiting[letter.conversation] += 1
            self._wake(letter.conversation)

    def _hold(self, letter: Letter) -> Held:
        """Let a letter have its turn before it has been in the inbox."""
        held = Held(letter.number, letter, asyncio.get_running_loop().create_future())
        heappush(self._held.setdefault(letter.conversation, []), held)
        self._wake(letter.conversation)
        return held

    async def follow(self, old: str, new: str) -> None:
        """A chat has moved to another number: everything of it goes along."""
        now_ms = milliseconds(self._clock())
        await self._run(partial(settling.followed, self._store, old, new, self._postman.owner, now_ms))

    async def sweep(self, grace_ms: int = _GRACE_MS) -> None:
        """Wake every chat with letters or promises that nobody is at work on, or for which something has fallen due."""
        for conversation in await self._postman.run(partial(errands.to_do, self._store, self._clock(), grace_ms)):
            self._waiting[conversation] += 1
            self._wake(conversation)

    def _wake(self, conversation: str) -> None:
        if conversation not in self._tasks:
            self._tasks[conversation] = asyncio.create_task(self._serve(conversation))

    async def _serve(self, conversation: str) -> None:
        """Take the letters of one chat, in hand and in the store, until none waits."""
        try:
            while self._held.get(conversation) or self._waiting[conversation] > 0:
                if self._held.get(conversation):
                    await self._take_held(conversation, heappop(self._held[conversation]))
                else:
                    await self._take_stored(conversation)
        except SQLAlchemyError as error:
            LOG.warning("store: %s; the letter stays and is tried again", type(error).__name__)
        finally:
            self._waiting.pop(conversation, None)
            for held in self._held.pop(conversation, ()):
                held.done.cancel()
            del self._tasks[conversation]

    async def _take_held(self, conversation: str, held: Held) -> None:
        """Take a letter in hand; one that fails or must wait for older ones goes the long way, through the inbox."""
        owner = self._postman.owner
        try:
            scene = self._scene()
            light = ends_at_a_card(held.letter.arrival, scene.library)
            work = partial(take_lightly if light else take_straight, self._store, held.letter, scene, owner)
            taken = await self._timed(work, light=light)
        except SQLAlchemyError:
            held.done.cancel()  # and with it, in _serve, all that came after it: none may overtake it
            raise
        except Exception as error:  # noqa: BLE001 - one broken turn must not stop a chat
            LOG.warning("turn: %s; tried once more", place_of(error))
            taken = "behind"
        if taken == "behind":
            await self._postman.run(lambda: keep_letters(self._store, [held.letter]))
            self._waiting[conversation] += 2
        elif isinstance(taken, Taken):
            self._taken(taken)
        self.counts["repeated"] += taken == "taken"
        held.done.set_result(None)

    async def _take_stored(self, conversation: str) -> None:
        """Take the letter of the store whose turn it is; when there is none, lease promises that nobody delivers."""
        taken = await self._timed(self._work(conversation))
        if taken is None:
            del self._waiting[conversation]
            await self._lease(conversation)
            return
        self._waiting[conversation] -= 1
        self._taken(taken)

    def _taken(self, taken: Taken) -> None:
        self.counts["turns"] += 1
        if taken.turn.toast is not None:
            self.toast(taken.turn.toast)
        for name in taken.turn.wakes:
            self._waiting[name] += 1
            self._wake(name)
        self._postman.post(taken.conversation, taken.promises, milliseconds(self._clock()) + LEASE_MS)

    async def _timed(self, work: Callable[[], T], *, light: bool = False) -> T:
        begun = asyncio.get_running_loop().time()
        try:
            return await (self._postman.run if light else self._run)(work)
        finally:
            self.seconds += asyncio.get_running_loop().time() - begun

    def _work(self, conversation: str) -> Callable[[], Taken | None]:
        scene = self._scene()

        def work() -> Taken | None:
            try:
                return take_next(self._store, conversation, scene, self._postman.owner)
            except SQLAlchemyError:
                raise
            except Exception as error:  # noqa: BLE001 - one broken turn must not stop a chat
                LOG.error("turn: %s", place_of(error))  # noqa: TRY400 - a trace holds words
                self.counts["failed"] += 1
                return set_aside(self._store, conversation, scene, self._postman.owner)

        return work

    async def _lease(self, conversation: str) -> None:
        if self._postman.busy(conversation) or conversation in self._postman.due:
            return
        now_ms = milliseconds(self._clock())
        lease = Lease(self._postman.owner, now_ms + LEASE_MS)
        edited = [number for name, number in self._postman.edited if name == conversation]
        work = partial(settling.leased, self._store, conversation, lease, now_ms, edited)
        self._postman.post(conversation, await self._postman.run(work), lease.until_ms, whole=True)

    async def _sweep_on(self) -> None:
        """Sweep every second, sooner where a put-off promise falls due; every hour what is kept too long goes."""
        cleared, now = 0.0, self._clock().timestamp()
        while True:
            await asyncio.sleep(max(0.01, min([_SWEEP_SECONDS, *(at - now for at in self._postman.due.values())])))
            before, now = now, self._clock().timestamp()
            if now - before > _LEAP:
                cleared = max(cleared, now - _HOUR + _LEAP)
            due = [name for name, at in self._postman.due.items() if at <= now]
            for name in due:
                del self._postman.due[name]
                self._waiting[name] += 1
                self._wake(name)
            try:
                await self.sweep()
                if now - cleared > _HOUR:
                    await self._run(partial(settling.forgotten, self._store, self._clock()))
                    cleared = now
            except SQLAlchemyError as error:
                LOG.warning("store: %s; looking again in a second", type(error).__name__)
