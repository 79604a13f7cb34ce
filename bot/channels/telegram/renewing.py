"""Renewing: a worker looks twice a second whether an edition was published, and takes it up between two turns."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import SQLAlchemyError

from bot.service.moments import Run
from bot.wiring import House

LOG = logging.getLogger(__name__)

_SECONDS = 0.5


@asynccontextmanager
async def kept_current(house: House, run: Run) -> AsyncIterator[None]:
    """As long as the block lasts the house takes up whatever is published, in a thread of ``run``."""
    looking = asyncio.create_task(_look_on(house, run))
    try:
        yield
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


async def _look_on(house: House, run: Run) -> None:
    while True:
        await asyncio.sleep(_SECONDS)
        try:
            if await run(house.look_for_newer):
                LOG.info("edition %d is in use", house.edition.number)
        except SQLAlchemyError as error:
            LOG.warning("editions: %s; looking again", type(error).__name__)
