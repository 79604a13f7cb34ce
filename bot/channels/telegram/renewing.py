"""Renewing: a worker looks twice a second for a newer edition, takes it up between turns, and says which it uses."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from bot.service.moments import Clock, Run
from bot.store.engine import writing
from bot.store.working import forget_worker, note_edition
from bot.wiring import House

LOG = logging.getLogger(__name__)

_SECONDS = 0.5
NOTED_EVERY = 5.0
"""Seconds after which a worker says again that it is there, and which edition it has in use."""


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


@asynccontextmanager
async def edition_told(house: House, run: Run, clock: Clock, worker: str) -> AsyncIterator[None]:
    """As long as the block lasts the store knows which edition the worker of this name has in use."""
    telling = asyncio.create_task(_tell_on(house, run, clock, worker))
    try:
        yield
    finally:
        telling.cancel()
        with suppress(asyncio.CancelledError):
            await telling
        with suppress(SQLAlchemyError):
            await run(partial(_forgotten, house, worker))


async def _tell_on(house: House, run: Run, clock: Clock, worker: str) -> None:
    while True:
        try:
            await run(partial(_noted, house, clock, worker))
        except SQLAlchemyError as error:
            LOG.warning("editions: %s; said again later", type(error).__name__)
        await asyncio.sleep(NOTED_EVERY)


def _noted(house: House, clock: Clock, worker: str) -> None:
    with writing(house.store) as connection:
        note_edition(connection, worker, house.edition.number, clock())


def _forgotten(house: House, worker: str) -> None:
    with writing(house.store) as connection:
        forget_worker(connection, worker)
