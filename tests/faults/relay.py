"""A relay: two real workers on one PostgreSQL, updates by webhook to either of them, one or the other shot in turn."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

import aiohttp
from aiohttp import web
from sqlalchemy import Engine

from bot.channels.playground.street import Street
from tests.faults.storm import Storm, settled, until

_SECRET = "only_the_platform_knows"
_PATIENCE = aiohttp.ClientTimeout(total=20)
_TURN = "/hook"


@dataclass
class Relay(Storm):
    """A storm in which the platform's updates go to two workers, of whom one at least is always there."""

    url: str = ""
    ports: Sequence[int] = ()
    bots: dict[int, int] = field(default_factory=dict)
    pressing: bool = False

    def _calm(self, settings: dict[str, str], street: Street, store: Engine) -> None:
        """All come to their first question while both workers are there; they stay."""
        for port in self.ports:
            self._begin(settings, port)
        until(self.can_strike, "a worker never listened")
        until(lambda: bool(street.town.webhook.url), "nobody told the platform where to send updates")
        for walker in self.walkers:
            walker.begins()
        until(lambda: self.all_walked("question"), "somebody never came to the first question")
        until(lambda: settled(street, store), "something of the way in is left")

    def _struck(self, settings: dict[str, str], street: Street, store: Engine) -> None:
        """Shoot one worker after the other, each time both are there, until everything is done."""
        while not self.lived(street, store):
            port = self.ports[self.kills % len(self.ports)]
            self.killed(street, self.bots[port])
            self._begin(settings, port)
        until(self.can_strike, "a worker never came back")
        for bot in self.bots.values():
            self.ended(bot)

    def can_strike(self) -> bool:
        """Whether both workers are there, so that one stays."""
        return all(map(_listens, self.ports))

    def _begin(self, settings: dict[str, str], port: int) -> None:
        listen = {"WEBHOOK_URL": self.url, "WEBHOOK_LISTEN": f"127.0.0.1:{port}", "WEBHOOK_SECRET": _SECRET}
        self.bots[port] = self.nursery.start({**settings, **listen}, self.folder / "log")


@contextmanager
def balanced(workers: int = 2) -> Iterator[tuple[str, tuple[int, ...]]]:
    """A balancer's address and the ports among which it shares out what comes, as long as the block lasts."""
    ports = tuple(_free_ports(workers + 1))
    place: Future[None] = Future()
    loop, enough = asyncio.new_event_loop(), asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(_balance(ports, place, enough)), daemon=True)
    thread.start()
    place.result(10)
    try:
        yield f"http://127.0.0.1:{ports[0]}{_TURN}", ports[1:]
    finally:
        loop.call_soon_threadsafe(enough.set)
        thread.join()
        loop.close()


async def _balance(ports: tuple[int, ...], place: Future[None], enough: asyncio.Event) -> None:
    async with aiohttp.ClientSession(timeout=_PATIENCE, connector=aiohttp.TCPConnector(force_close=True)) as session:
        app = web.Application()
        app.router.add_post(_TURN, partial(_shared, session, deque(ports[1:])))
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", ports[0]).start()
        place.set_result(None)
        await enough.wait()
        await runner.cleanup()


async def _shared(session: aiohttp.ClientSession, workers: deque[int], request: web.Request) -> web.Response:
    """Hand an update to the worker whose turn it is, and to the other when that one is not there or dies on it."""
    body = await request.read()
    headers = {name: value for name, value in request.headers.items() if name.startswith(("X-", "Content-Type"))}
    workers.rotate()
    for port in tuple(workers):
        with suppress(aiohttp.ClientError, OSError):
            async with session.post(f"http://127.0.0.1:{port}{_TURN}", data=body, headers=headers) as answer:
                return web.Response(status=answer.status, body=await answer.read())
    return web.Response(status=502)


def _free_ports(many: int) -> list[int]:
    doors = [socket.create_server(("127.0.0.1", 0)) for _ in range(many)]
    ports = [door.getsockname()[1] for door in doors]
    for door in doors:
        door.close()
    return ports


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
        return True
    return False
