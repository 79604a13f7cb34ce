"""The parts of a bot in Telegram and how they are joined: house, postman, worker, door."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import hmac
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from sqlalchemy import Engine
from telegram import Bot
from telegram.request import BaseRequest

from bot.channels.clock import wall_clock
from bot.channels.telegram.announcing import announcing, caster_of
from bot.channels.telegram.attaching import Attachments
from bot.channels.telegram.barring import kept_out
from bot.channels.telegram.carrier import PREFIX, TelegramCarrier
from bot.channels.telegram.door import TelegramDoor
from bot.channels.telegram.fetching import Documents
from bot.channels.telegram.guarding import Guardian
from bot.channels.telegram.heard import Heard
from bot.channels.telegram.renewing import edition_told, kept_current
from bot.channels.telegram.standings import Standings, asked_again
from bot.channels.telegram.transport import AiohttpRequest
from bot.consultation.acting import footed, led, standing_wanted, watched
from bot.dialogue.protected import DANGER
from bot.dialogue.scene import Scene
from bot.service.boards import Boards
from bot.service.counting import Counting
from bot.service.floods import Ask
from bot.service.moments import Clock, Run
from bot.service.postman import Postman
from bot.service.quotas import place_taken, token_taken
from bot.service.rooms import Rooms
from bot.service.tallying import Tallying, tallied
from bot.service.topics import Topics
from bot.service.worker import Worker
from bot.settings import Settings
from bot.store.engine import writing
from bot.store.falling_due import tell_of_demotion
from bot.wiring import House

_THREADS = 8
_MOMENT = 2.0
T = TypeVar("T")


@dataclass(frozen=True)
class Parts:
    """A bot's parts, for whoever runs it or watches over it."""

    bot: Bot
    house: House
    door: TelegramDoor
    worker: Worker
    postman: Postman
    carrier: TelegramCarrier
    clock: Clock
    run: Run


def bot_of(settings: Settings, request: BaseRequest | None = None, fetching: BaseRequest | None = None) -> Bot:
    """The library's bot over a transport, at the server of the settings."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # noqa: TID251 - the library asks to be told so, and warns if not
    root = settings.bot_api_url.rstrip("/")
    token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    return Bot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=request or AiohttpRequest(),
        get_updates_request=fetching or AiohttpRequest(connections=2),
    )


def join(bot: Bot, house: House, settings: Settings, clock: Clock, run: Run, light: Run | None = None) -> Parts:
    """Join the parts of an initialised bot; nothing runs yet.

    ``light`` runs what takes about a millisecond; without it everything runs as ``run`` says.
    """
    keys = seal_keys(settings)
    carrier = TelegramCarrier(bot, keys[0], Attachments(bot, lambda: house.library.phrases, run))
    carrier.whispers.place = partial(_place, house.store, light or run, clock)
    topics = Topics(house.store, carrier, light or run, clock)
    boards = Boards(house.store, topics, light or run)
    rooms = Rooms(house.store, boards, light or run)
    counting = Counting(house.store, rooms, light or run, clock)
    postman = Postman(house.store, counting, clock, light or run, owner=worker_name(settings))

    def scene() -> Scene:
        return house.scene(clock())

    worker = Worker(house.store, scene, postman, run, clock)
    worker.toast = carrier.answer
    standings = Standings(bot, clock, light or run)
    standings.led = led
    standings.wanted = partial(standing_wanted, house.store)
    standings.footed = footed
    standings.open = partial(watched, house.store, settings.owners)
    standings.lost = partial(_lost, house.store, clock)
    door = TelegramDoor(worker, carrier, keys, bot.username, clock, standings)
    door.toast = partial(_toast, house)
    door.share = partial(_shared, house.store, light or run, clock)
    door.fetch = Documents(bot, house.store, run).fetched
    door.guardian, door.count = Guardian(clock, lambda: house.library.lures, _cries_in(house)), counting.count
    return Parts(bot, house, door, worker, postman, carrier, clock, run)


def _lost(store: Engine, clock: Clock, group: str, name: str) -> None:
    """Whoever leads a group no more is told so there, in a turn of its own."""
    with writing(store) as connection:
        tell_of_demotion(connection, group, name, clock())


async def _place(store: Engine, run: Run, clock: Clock, chat: int) -> bool:
    """Take one of a group's places in this minute; False where none is free."""
    return await run(partial(place_taken, store, f"{PREFIX}{chat}", clock())) == 0


async def _shared(store: Engine, run: Run, clock: Clock, ask: Ask) -> bool:
    """Ask all workers of a store for a token."""
    return await run(partial(token_taken, store, *ask, clock()))


def _cries_in(house: House) -> Callable[[str], bool]:
    """Whether words are those of somebody in danger, as the library hears them now."""
    return lambda words: house.library.watch.hears(DANGER, words)


def at_once(work: Callable[[], T], /) -> Awaitable[T]:
    """Run work here and now: for an embedded file it takes a millisecond, and handing it to a thread twice as long."""
    done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
    try:
        done.set_result(work())
    except Exception as error:  # noqa: BLE001 - it is whoever waits that meets it
        done.set_exception(error)
    return done


@asynccontextmanager
async def threads() -> AsyncIterator[Run]:
    """A few threads for turns and transactions, so that a slow one holds up nobody else."""
    with ThreadPoolExecutor(_THREADS, "turns") as pool:
        loop = asyncio.get_running_loop()

        def run(work: Callable[[], T], /) -> Awaitable[T]:
            return loop.run_in_executor(pool, work)

        yield run


@asynccontextmanager
async def opened(bot: Bot, house: House, settings: Settings, *, alone: bool) -> AsyncIterator[Parts]:
    """A bot at work on what was left from before, ready for what comes in; it finishes what is in hand at the end.

    ``alone`` says that no other process works on this store.
    """
    async with AsyncExitStack() as stack:
        run = await stack.enter_async_context(threads())
        await run(lambda: house.edition)
        gc.collect()
        gc.freeze()
        light = at_once if house.store.dialect.name == "sqlite" else run
        parts = join(bot, house, settings, partial(wall_clock, settings.timezone), run, light)
        stack.push_async_callback(_briefly, parts.carrier.finish)
        sources = {"update": parts.door.counts, "turn": parts.worker.counts, "promise": parts.postman.counts}
        await stack.enter_async_context(tallied(Tallying(house.store, light, parts.clock, sources)))
        await parts.worker.start(alone=alone)
        stack.push_async_callback(parts.worker.stop)
        await stack.enter_async_context(kept_current(house, run))
        await stack.enter_async_context(edition_told(house, run, parts.clock, worker_name(settings)))
        await stack.enter_async_context(asked_again(parts.door.standings))
        await stack.enter_async_context(kept_out(parts.door, house.store, run))
        caster = caster_of(bot, house, parts.postman, run, seal_keys(settings)[0])
        await stack.enter_async_context(announcing(caster, alone=alone))
        yield parts


async def _briefly(work: Callable[[], Awaitable[None]]) -> None:
    """Give what nobody waits for a moment to end."""
    with suppress(TimeoutError):
        await asyncio.wait_for(work(), _MOMENT)


def seal_keys(settings: Settings) -> tuple[bytes, ...]:
    """The keys of our seals, newest first: from the secret keys, or from the token where none is set."""
    token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    secrets = settings.secrets or (token,)
    return tuple(hmac.digest(secret.encode(), b"seal of buttons", hashlib.sha256) for secret in secrets)


def webhook_secret(settings: Settings) -> str:
    """What the platform sends with each update: the setting, or what all workers with this token agree on."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    return hmac.digest(token.encode(), b"secret of the webhook", hashlib.sha256).hex()


def worker_name(settings: Settings) -> str:
    """A name that a worker has again after a restart, and shares with no other on any machine.

    Machines in a fleet often have long names that begin alike. Who polls frees all leases at its start and needs no
    old name, yet must not have that of another process that was started beside it by mistake.
    """
    place = settings.webhook_listen if settings.webhook_url else f"polling {os.getpid()}"
    whole = f"{socket.gethostname()}/{place}"
    return f"{whole[:20]}/{hashlib.sha256(whole.encode()).hexdigest()[:16]}"


def _toast(house: House, heard: Heard) -> str | None:
    """The words for a press that cannot count, in both languages: whose it is we may not know."""
    if heard.reason not in {"foreign", "forged"}:
        return None
    say = house.library.phrases.say
    return " \u00b7 ".join((say("zh", f"press.{heard.reason}"), say("en", f"press.{heard.reason}")))
