"""Barring at the door: words of whoever an operator has barred are let fall before anything is written about them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.telegram.door import TelegramDoor
from bot.service.moments import Run
from bot.store.barring import all_barred
from bot.store.engine import reading

LOG = logging.getLogger(__name__)

_SECONDS = 1.0
"""How soon after an operator's word it holds at every door."""


@asynccontextmanager
async def kept_out(door: TelegramDoor, store: Engine, run: Run) -> AsyncIterator[None]:
    """Let a door know whom it need not hear, for as long as the block lasts."""

    def look() -> frozenset[str]:
        with reading(store) as connection:
            return all_barred(connection)

    async def look_on() -> None:
        while True:
            await asyncio.sleep(_SECONDS)
            try:
                door.barred = await run(look)
            except SQLAlchemyError as error:
                LOG.warning("store: %s; whoever was barred stays so", type(error).__name__)

    door.barred = await run(look)
    looking = asyncio.create_task(look_on())
    try:
        yield
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
