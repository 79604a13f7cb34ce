"""limit-guide playground: the messenger in the browser, with fake people and the real bot, on this machine alone."""

from __future__ import annotations

import asyncio
import os
import webbrowser
from argparse import ArgumentParser, Namespace
from contextlib import suppress
from pathlib import Path

from bot.channels.playground.page.running import opened, until_told
from bot.command_line.files import refused
from bot.wiring import read_front
from simulator.commands.command import Command

_USUAL_PORT = 8765


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=int, default=_USUAL_PORT, metavar="N", help="the page's port; 0 takes a free one"
    )
    parser.add_argument("--data", metavar="FOLDER", help="where the bot remembers; without it nothing is kept")
    parser.add_argument("--no-browser", action="store_true", help="only say where the page is")


def _run(given: Namespace) -> int:
    folder = Path(given.data) if given.data else None
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(KeyboardInterrupt):
            asyncio.run(_open(folder, given.port, browser=not given.no_browser))
    except (OSError, OverflowError) as error:
        raise refused("unusable", "playground", f"{error}; a free port and a folder to write in are right") from None
    return 0


async def _open(folder: Path | None, port: int, *, browser: bool) -> None:
    environment = dict(os.environ)  # noqa: TID251  the door hands the environment to the bot that it starts
    async with opened(read_front().phrases, environment, folder, port) as playground:
        print(f"The page is at {playground.address} (a simulation, on this machine alone); Ctrl+C ends it.", flush=True)
        if browser:
            await asyncio.to_thread(webbrowser.open, playground.address)
        await until_told()


COMMAND = Command("playground", "the messenger in the browser, with fake people and the real bot", _arguments, _run)
