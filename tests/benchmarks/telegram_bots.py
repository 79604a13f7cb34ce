"""The bots that are measured: each is a command line and an environment, started fresh on one core."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from tests.benchmarks.peers.interview import CHECK, rows
from tests.benchmarks.telegram_ours import environment, review_label
from tests.benchmarks.telegram_serving import Post, opened
from tests.benchmarks.telegram_town import TOKEN, Town

ROOT = Path(__file__).resolve().parents[2]
SECRET = "benchmark-secret_1"
_PATIENCE = 180.0
"""Seconds for a start: on a machine that is busy with other things even importing takes long."""


class SilentError(RuntimeError):
    """A bot did not come up, or ended; the message is the end of what it wrote."""


@dataclass(frozen=True)
class Place:
    """Where a bot is to work: the platform's root, its webhook or nothing, and a folder of its own."""

    api: str
    webhook: str
    folder: Path


Alteration = Literal["", "slow", "unpaced", "full"]


@dataclass(frozen=True)
class Maker:
    """How to start a bot: its name, what must be installed, its command, its environment and the end of its interview.

    The command may be altered for a measurement: ``slow`` lets one person's turn take three seconds, ``unpaced``
    sends as fast as possible, ``full`` waits for the disk at each commit. ``done`` is what the first button of the
    last card says.
    """

    name: str
    needs: tuple[str, ...]
    command: Callable[[Place, Alteration], list[str]]
    environment: Callable[[Place], dict[str, str]]
    done: Callable[[], str]
    durable: bool = False
    database: str = ""

    @property
    def missing(self) -> list[str]:
        """What it needs and is not installed."""
        return [package for package in self.needs if not _installed(package)]


def _installed(package: str) -> bool:
    return find_spec(package) is not None


def _peer(name: str, *needs: str) -> Maker:
    def command(place: Place, _alteration: Alteration) -> list[str]:
        words = [sys.executable, "-m", f"tests.benchmarks.peers.{name}", "--api", place.api, "--token", TOKEN]
        return [*words, "--webhook", place.webhook, "--secret", SECRET] if place.webhook else words

    return Maker(name, needs, command, lambda _place: {}, lambda: rows(CHECK)[0][0][0])


def _ours(name: str, database: str = "", *always: Alteration) -> Maker:
    def command(_place: Place, alteration: Alteration) -> list[str]:
        alterations = ",".join(one for one in (*always, alteration) if one)
        altered = ["tests.benchmarks.telegram_altered", alterations] if alterations else ["bot"]
        return [sys.executable, "-m", *altered, "telegram"]

    def surroundings(place: Place) -> dict[str, str]:
        return environment(place.api, TOKEN, place.webhook, SECRET, place.folder, database)

    needs = ("bot.command_line.telegram",)
    return Maker(name, needs, command, surroundings, review_label, durable=True, database=database)


PEERS = (
    _peer("ptb_memory", "telegram", "tornado"),
    _peer("aiogram_memory", "aiogram"),
    _peer("aiogram_dialog_memory", "aiogram", "aiogram_dialog"),
    _peer("raw_loop"),
)


def makers(postgresql: str = "") -> dict[str, Maker]:
    """All bots by name, the product first; with an address of PostgreSQL it has rows for its other stores too."""
    ours = [_ours("limit_guide")]
    if postgresql:
        ours += [_ours("limit_guide_full", "", "full"), _ours("limit_guide_postgresql", postgresql)]
    return {maker.name: maker for maker in (*ours, *PEERS)}


@dataclass
class Running:
    """A bot that runs, with the town and the post it works in and the folder it may write to."""

    maker: Maker
    process: asyncio.subprocess.Process
    town: Town
    post: Post
    folder: Path

    def seconds(self) -> float:
        """CPU seconds that the bot and all it started have used so far."""
        return sum(_seconds(pid) for pid in _family(self.process.pid))

    def megabytes(self) -> float:
        """Resident memory of the bot and all it started."""
        return sum(_resident(pid) for pid in _family(self.process.pid)) / 1024


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += _family(int(child))
    return found


def _seconds(pid: int) -> float:
    """The process's own CPU clock, all its threads together, to the nanosecond.

    The number of that clock is made as clock_getcpuclockid(3) makes it; /proc/PID/stat counts hundredths only.
    """
    return time.clock_gettime((~pid << 3) | 2)


def _resident(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


@contextmanager
def _on_last_core() -> Iterator[None]:
    """Let what is started here run on the last core alone, and this process on the others if there are any."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores - {max(cores)} or cores)


@asynccontextmanager
async def running(maker: Maker, *, webhook: bool = True, alteration: Alteration = "") -> AsyncIterator[Running]:
    """A freshly started bot that is ready to take updates; it ends with the block.

    Raises:
        SilentError: when it does not come up.
    """
    town = Town()
    cores = os.sched_getaffinity(0)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        async with opened(town) as (root, post):
            place = Place(root, f"http://127.0.0.1:{_free_port()}/hook" if webhook else "", Path(folder))
            process = await _started(maker, place, alteration)
            try:
                await _up(maker.name, process, post, place)
                yield Running(maker, process, town, post, Path(folder))
            finally:
                os.sched_setaffinity(0, cores)
                await _ended(process)


async def _started(maker: Maker, place: Place, alteration: Alteration) -> asyncio.subprocess.Process:
    words = maker.command(place, alteration)
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **maker.environment(place)}
    with (place.folder / "said.txt").open("wb") as said, _on_last_core():
        return await asyncio.create_subprocess_exec(*words, stdout=said, stderr=said, env=surroundings, cwd=ROOT)


async def _up(name: str, process: asyncio.subprocess.Process, post: Post, place: Place) -> None:
    until = time.monotonic() + _PATIENCE
    while not (post.polled.is_set() or (post.town.hook.get("url") and await _listens(place.webhook))):
        if process.returncode is not None or time.monotonic() > until:
            said = (place.folder / "said.txt").read_text(errors="replace")[-2000:]
            how = "is still silent" if process.returncode is None else f"ended with {process.returncode}"
            raise SilentError(f"{name} {how}: {said or 'no words'}")
        await asyncio.sleep(0.05)


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), 10)
    except TimeoutError:
        process.kill()
        await process.wait()


async def _listens(address: str) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2].partition("/")[0]))
    except OSError:
        return False
    writer.close()
    return True


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
