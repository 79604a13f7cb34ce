"""Tallying: what a process has counted in memory is added to the store's tallies every minute, never during a turn."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.service.moments import Clock, Run
from bot.store.engine import writing
from bot.store.tallies import add_tallies

LOG = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds; so much at most is lost of the tallies when a process is killed."""


class Tallying:
    """Adds to the store by how much counters have grown since it last did so."""

    def __init__(self, store: Engine, run: Run, clock: Clock, sources: Mapping[str, Counter[str]]) -> None:
        """``sources`` are counters by the name that their kinds begin with."""
        self._store, self._run, self._clock, self._sources = store, run, clock, sources
        self._told: Counter[str] = Counter()

    async def add(self) -> None:
        """Add what is new; while the store is away it is kept for the next time."""
        now = Counter({
            f"{name}.{kind}": count for name, tally in self._sources.items() for kind, count in tally.items()
        })
        new = now - self._told
        if not new:
            return
        try:
            await self._run(partial(_added, self._store, new, self._clock))
        except SQLAlchemyError as error:
            LOG.warning("store: %s; tallies are added later", type(error).__name__)
        else:
            self._told = now

    async def go_on(self, every: float = EVERY) -> None:
        """Add what is new again and again."""
        while True:
            await asyncio.sleep(every)
            await self.add()


def _added(store: Engine, new: Mapping[str, int], clock: Clock) -> None:
    with writing(store) as connection:
        add_tallies(connection, new, clock())


@asynccontextmanager
async def tallied(tallying: Tallying) -> AsyncIterator[None]:
    """Add what is new every minute for as long as the block lasts, and what is left at its end."""
    task = asyncio.create_task(tallying.go_on())
    try:
        yield
    finally:
        task.cancel()
        await tallying.add()
