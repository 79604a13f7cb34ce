"""The HTTP face in a thread of its own, for bots in other processes and for callers without an event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from bot.channels.playground.faces.http import Served, serve
from bot.channels.playground.street import Street


@contextmanager
def served(street: Street, port: int = 0) -> Iterator[Served]:
    """Serve a street from a thread as long as the block lasts; port 0 takes a free one.

    Raises:
        OSError: when the port is taken.
    """
    place: Future[Served] = Future()
    loop = asyncio.new_event_loop()
    enough = asyncio.Event()
    thread = threading.Thread(target=_run, args=(loop, street, port, place, enough), name="street", daemon=True)
    thread.start()
    try:
        yield place.result()
    finally:
        loop.call_soon_threadsafe(enough.set)
        thread.join()
        loop.close()


def _run(
    loop: asyncio.AbstractEventLoop, street: Street, port: int, place: Future[Served], enough: asyncio.Event
) -> None:
    async def stay() -> None:
        try:
            async with serve(street, port) as at:
                place.set_result(at)
                await enough.wait()
        except OSError as error:
            place.set_exception(error)

    loop.run_until_complete(stay())
