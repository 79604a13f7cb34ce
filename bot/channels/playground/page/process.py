"""The bot behind the page: the very command that serves Telegram, in a process that can be shot and started again."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections import deque
from collections.abc import Callable, Mapping
from typing import Literal

from bot.channels.playground.clocks import wall_seconds
from bot.channels.playground.page import leash

State = Literal["running", "stopped", "shot", "failed"]

_PATIENCE = 8.0
"""Seconds that a bot may take to finish what is in hand."""

_LINES = 200


class BotProcess:
    """One bot: a child process with settings of its own; the last lines that it writes on standard error are kept.

    ``started`` is when it was last started, in seconds since 1970; its clock is so many seconds ``ahead`` of the world.
    """

    def __init__(self, environment: Mapping[str, str], tell: Callable[[], None]) -> None:
        """A bot that is not started yet; ``tell`` is called when its state or its log changes."""
        self.state: State = "stopped"
        self.started = 0.0
        self.log: deque[str] = deque(maxlen=_LINES)
        self.ahead = 0
        self._environment = dict(environment)
        self._tell = tell
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start it, unless it runs."""
        if self.state == "running":
            return
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", leash.__name__),
            env=self._environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        self.started = wall_seconds()
        await self._pass(self.ahead)
        self._become("running")
        self._watch = asyncio.create_task(self._watched(self._process))

    async def later(self, seconds: int) -> None:
        """Let time pass for it, now and whenever it is started again."""
        self.ahead += seconds
        if self.state == "running":
            await self._pass(seconds)

    async def _pass(self, seconds: int) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.write(f"{seconds}\n".encode())
            with contextlib.suppress(ConnectionError):  # it has just ended, and hears of it when it is started again
                await self._process.stdin.drain()

    async def shoot(self) -> None:
        """Kill it as ``kill -9`` does: it finishes nothing."""
        if self._process is not None and self.state == "running":
            self._become("shot")
            self._process.kill()
            await self._ended()

    async def stop(self) -> None:
        """Ask it to stop and wait until it has; a bot that does not is killed."""
        if self._process is None or self.state != "running":
            return
        self._become("stopped")
        self._process.terminate()
        try:
            await asyncio.wait_for(asyncio.shield(self._ended()), _PATIENCE)
        except TimeoutError:
            self._process.kill()
            await self._ended()

    async def _ended(self) -> None:
        if self._watch is not None:
            await self._watch

    async def _watched(self, process: asyncio.subprocess.Process) -> None:
        """Keep what it writes until it ends; an end that nobody asked for is a failure."""
        if process.stderr is not None:
            with contextlib.suppress(ValueError):  # a line longer than any that we write
                async for line in process.stderr:
                    self.log.append(line.decode(errors="replace").rstrip())
                    self._tell()
        await process.wait()
        if self.state == "running":
            self._become("failed")

    def _become(self, state: State) -> None:
        self.state = state
        self._tell()
