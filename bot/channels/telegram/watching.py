"""Watching: health and figures of a running bot for those who keep it up, without anything of anybody's."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.telegram.joining import Parts
from bot.service.moments import milliseconds
from bot.settings import SettingsError
from bot.store.counting import Waiting, count_waiting
from bot.store.engine import reading

_SILENT = 120.0
"""Seconds without a word from the platform after which polling counts as ill: a long poll takes fifty."""

PARTS = web.AppKey("parts", Parts)
REGISTRY = web.AppKey("registry", CollectorRegistry)


class BotCollector(Collector):
    """Reads the parts' own tallies when somebody asks, so that counting costs a turn nothing."""

    def __init__(self, parts: Parts) -> None:
        """A collector for one bot."""
        self._parts = parts
        self.waiting = Waiting(0, 0, 0)

    def collect(self) -> Iterator[Metric]:
        """All figures as they stand."""
        door, worker, postman = self._parts.door, self._parts.worker, self._parts.postman
        for name, words, tally in (
            ("limit_guide_updates", "Updates by what they were.", door.counts),
            ("limit_guide_turns", "Turns by what became of them.", worker.counts),
            ("limit_guide_promises", "Promised replies by what became of them.", postman.counts),
        ):
            family = CounterMetricFamily(name, words, labels=["what"])
            for what, count in sorted(tally.items()):
                family.add_metric([what], count)
            yield family
        seconds = CounterMetricFamily("limit_guide_turn_seconds", "Seconds spent in turns, waiting included.")
        seconds.add_metric([], worker.seconds)
        yield seconds
        for name, words, value in (
            ("limit_guide_letters_waiting", "Letters that wait for their turn.", self.waiting.letters),
            ("limit_guide_promises_waiting", "Promises that wait to be delivered.", self.waiting.promises),
            ("limit_guide_oldest_letter_seconds", "Age of the oldest letter.", self.waiting.oldest_ms / 1000),
        ):
            yield GaugeMetricFamily(name, words, value=value)


@asynccontextmanager
async def watched(parts: Parts, address: str) -> AsyncIterator[None]:
    """Serve ``/healthz`` and ``/metrics`` at host:port for as long as the block lasts; nothing without an address.

    Raises:
        SettingsError: when nobody can listen there.
    """
    if not address:
        yield
        return
    runner = web.AppRunner(_app(parts), access_log=None, handle_signals=False)
    await runner.setup()
    host, _, port = address.rpartition(":")
    try:
        await web.TCPSite(runner, host.strip("[]") or "127.0.0.1", int(port)).start()
    except (OSError, ValueError) as error:
        await runner.cleanup()
        raise SettingsError(f"METRICS_LISTEN {address}: {error}; host:port, such as 127.0.0.1:9090, is right") from None
    try:
        yield
    finally:
        await runner.cleanup()


def _app(parts: Parts) -> web.Application:
    registry = CollectorRegistry()
    collector = BotCollector(parts)
    for one in (collector, ProcessCollector(registry=None), PlatformCollector(registry=None)):
        registry.register(one)

    async def health(_request: web.Request) -> web.Response:
        waiting = await _looked(parts)
        silent = time.monotonic() - parts.door.heard_at
        well = {"store": waiting is not None, "platform": parts.door.window_ms > 0 or silent < _SILENT}
        status = 200 if all(well.values()) else 503
        told = {"status": "ok" if status == 200 else "ill", **well}
        return web.json_response(told | ({"waiting": waiting.letters} if waiting else {}), status=status)

    async def metrics(_request: web.Request) -> web.Response:
        collector.waiting = await _looked(parts) or collector.waiting
        return web.Response(body=generate_latest(registry), content_type="text/plain")

    app = web.Application()
    app.router.add_get("/healthz", health)
    app.router.add_get("/metrics", metrics)
    return app


async def _looked(parts: Parts) -> Waiting | None:
    """What waits in the store, or None when the store does not answer in time."""

    def look() -> Waiting:
        with reading(parts.house.store) as connection:
            return count_waiting(connection, milliseconds(parts.clock()))

    try:
        return await asyncio.wait_for(parts.run(look), 5)
    except (SQLAlchemyError, TimeoutError):
        return None
