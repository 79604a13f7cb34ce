"""The caster: finds the people of a broadcast, promises each their message once, and keeps so many on the way."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from functools import partial

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.broadcast.promising import look_for, some_promised, work_at_hand
from bot.broadcast.tracing import Tracer
from bot.dialogue.scene import Scene
from bot.service.moments import Run
from bot.service.postman import Postman
from bot.store.broadcasts import HALTED, RUNNING, Broadcast

LOG = logging.getLogger(__name__)

_BUSY, _IDLE = 0.25, 0.5
"""Seconds between two looks, while a broadcast is under way and while none is."""

_BATCHES = 10
"""So many times people are looked for between two looks."""


class Caster:
    """One of any number of casters over one store; each broadcast is one's to hand out at a time.

    It promises no more than goes out in about a second, so that a pause, a cancellation or somebody's wish to hear no
    more is obeyed at once, and a crash leaves little to look for.
    """

    def __init__(self, store: Engine, scene: Callable[[], Scene], postman: Postman, run: Run, tracer: Tracer) -> None:
        """A caster that promises in scenes and hands to its postman; what was lost, its tracer looks for."""
        self.counts: Counter[str] = Counter()
        self._store, self._scene, self._postman, self._run, self._tracer = store, scene, postman, run, tracer
        self._after: dict[int, str] = {}
        self._alone = False
        self._task: asyncio.Task[None] | None = None

    async def start(self, *, alone: bool) -> None:
        """Begin to look; whoever is ``alone`` takes over at once what another had in hand before."""
        self._alone = alone
        self._task = asyncio.create_task(self._look_on())

    async def stop(self) -> None:
        """Hand out no more; what is promised is the postman's."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._tracer.stop()

    async def _look_on(self) -> None:
        while True:
            try:
                busy = await self._look()
            except SQLAlchemyError as error:
                LOG.warning("broadcast: %s; looking again in a second", type(error).__name__)
                busy = False
            await asyncio.sleep(_BUSY if busy else _IDLE)

    async def _look(self) -> bool:
        """Forward every broadcast that is ours by a step; whether there is more to do at once."""
        now = self._scene().now
        look = partial(work_at_hand, self._store, self._postman.owner, now, alone=self._alone)
        mine = await self._run(look)
        self._alone = False
        busy = [await self._forward(broadcast) for broadcast in mine]
        return any(busy)

    async def _forward(self, broadcast: Broadcast) -> bool:
        """Some more people of a broadcast found, or some more messages on their way; whether there were any.

        Of a halted one only what was cut off before is looked for.
        """
        if broadcast.state in HALTED:
            self._tracer.look(broadcast)
            return False
        if broadcast.state != RUNNING:
            await self._gather(broadcast)
            return True
        work = partial(some_promised, self._store, broadcast, self._scene(), self._postman.owner)
        posts = await self._run(work)
        for post in posts:
            self._postman.post(post.conversation, (post.promise,), post.until_ms)
        self.counts["promised"] += len(posts)
        self._tracer.look(broadcast)
        return bool(posts)

    async def _gather(self, broadcast: Broadcast) -> None:
        """Find some thousands of the people of a broadcast, a few hundred at a time, so that talks come in between."""
        after: str | None = self._after.pop(broadcast.id, "")
        for _ in range(_BATCHES):
            if after is None:
                return
            after = await self._run(partial(look_for, self._store, broadcast, after, self._scene()))
        if after is not None:
            self._after[broadcast.id] = after
