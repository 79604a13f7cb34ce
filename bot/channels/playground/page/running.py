"""The playground from start to stop: a street, the bot on it by polling, and the page beside it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.channels.playground.clocks import wall_seconds
from bot.channels.playground.faces.http import serve
from bot.channels.playground.page.cast import Cast, gather, operator_of
from bot.channels.playground.page.process import BotProcess
from bot.channels.playground.page.server import Shown, served
from bot.channels.playground.page.watched import WatchedStreet
from bot.settings import PREFIX
from knowledge.phrasing import Phrasebook

STORE = "playground.db"
"""The bot's database in the playground's folder: never that of a real bot."""


@dataclass(frozen=True)
class Playground:
    """A playground that is open: where its page is, and what is on it."""

    address: str
    cast: Cast
    bot: BotProcess


@asynccontextmanager
async def opened(
    phrases: Phrasebook, environment: Mapping[str, str], folder: Path | None = None, port: int = 0
) -> AsyncIterator[Playground]:
    """A playground as long as the block lasts.

    Args:
        phrases: the words of the page, and the names of its people.
        environment: the environment of the bot's process; settings of a real bot in it are left out.
        folder: where the bot keeps what it remembers; a throw-away folder when None.
        port: the page's; 0 takes a free one.

    Raises:
        OSError: when the port is taken or the folder cannot be used.
    """
    async with AsyncExitStack() as stack:
        kept = folder or Path(stack.enter_context(TemporaryDirectory(prefix="limit-guide-")))
        street = WatchedStreet(int(wall_seconds()))
        cast = gather(street, phrases)
        at = await stack.enter_async_context(serve(street))
        plain = {name: value for name, value in environment.items() if not name.startswith(PREFIX)}
        bot = BotProcess({**plain, **_settings(cast, at.root, kept)}, street.tell)
        stack.push_async_callback(bot.stop)
        address = await stack.enter_async_context(served(Shown(cast, bot, phrases), port))
        await bot.start()
        yield Playground(address, cast, bot)


def _settings(cast: Cast, root: str, folder: Path) -> dict[str, str]:
    """The settings of the bot on this street."""
    told = {
        "BOT_TOKEN": cast.street.token,
        "BOT_API_URL": root,
        "DATABASE_URL": f"sqlite:///{folder.absolute() / STORE}",
        "DATA_DIR": str(folder.absolute()),
        "OWNER_IDS": str(operator_of(cast).id),
        "LOG_LEVEL": "INFO",
    }
    return {PREFIX + name: value for name, value in told.items()}


async def until_told() -> None:
    """Wait for SIGINT or SIGTERM, where the machine has them."""
    enough = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no handlers of a loop; Ctrl-C ends it there
            loop.add_signal_handler(name, enough.set)
    await enough.wait()
