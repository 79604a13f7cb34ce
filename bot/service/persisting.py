"""Persisting: what has to be written down is written down, however long the store is away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from itertools import chain, repeat

from sqlalchemy.exc import SQLAlchemyError

from bot.service.moments import Run, T

LOG = logging.getLogger(__name__)


async def surely(run: Run, mark: Callable[[], T]) -> T:
    """Run a transaction until the store takes it; what is out of the door and unmarked would be delivered once more."""
    for pause in chain((0.05, 0.2), repeat(1.0)):
        try:
            return await run(mark)
        except SQLAlchemyError as error:
            LOG.warning("store: %s; a delivery is marked later", type(error).__name__)
            await asyncio.sleep(pause)
    raise AssertionError
