"""A simulated life: one street, one store, and a bot that lives there as often as it is killed."""

from __future__ import annotations

import asyncio
import copy
import datetime as dt
import gc
import json
import tempfile
from contextlib import ExitStack, suppress
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Dialect, Engine
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot.channels.playground.clocks import HandClock
from bot.channels.playground.postbox import Postbox
from bot.channels.playground.street import Street
from bot.channels.playground.town.limits import Limits
from bot.channels.playground.town.records import Webhook
from bot.channels.playground.town.town import Setup
from bot.channels.playground.town.updates import Update
from bot.channels.telegram.joining import Parts, bot_of, join, seal_keys
from bot.channels.telegram.polling import KINDS, poll
from bot.settings import Settings
from bot.store.conversations import newcomer, save_conversation
from bot.store.engine import open_store, reading, writing
from bot.store.inbox import all_taken
from bot.store.tables import METADATA
from bot.wiring import House
from tests.faults.house import ZONE, shelves
from tests.faults.mishaps import FULL, LOCKED, Fate, Killed, Ledger
from tests.faults.people import Dweller
from tests.faults.plan import Act, Plan
from tests.faults.verdict import faults_of
from tests.faults.virtual import live
from tests.faults.watching import MortalRequest, Watch

LEDGER = Ledger()
_COMPILED: dict[Any, Any] = {}
"""The words of statements, for all the stores that lives open one after another on the same file."""

_DIALECT: dict[str, Dialect] = {}
"""The one dialect of all these stores, for those words are known by it."""

_PATIENCE = 900.0
"""Seconds of quiet after which everything must have been delivered."""


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """A folder in memory, where there is one: files without the wait for a disk."""
    fast = "/dev/shm"  # noqa: S108 - nothing in it outlives the process
    return tempfile.TemporaryDirectory(dir=fast if Path(fast).is_dir() else None)


@cache
def lent_house() -> House:
    """A house whose shelves are read and whose store, a file, serves one life after another."""
    shelves().read_ahead().result()  # of the one that lends, or nobody else could read it any more
    house = copy.copy(shelves())
    house.store = _opened_store()
    gc.collect()
    gc.freeze()
    return house


def _opened_store() -> Engine:
    """The file's store, as a process opens it when it starts."""
    store = open_store(f"sqlite:///{_folder().name}/life.db")
    store.dialect = _DIALECT.setdefault(store.dialect.name, store.dialect)
    store.update_execution_options(compiled_cache=_COMPILED)
    LEDGER.watch(store)
    return store


class Life:
    """One plan lived through; ``faults`` tells at the end what went wrong."""

    def __init__(self, plan: Plan, *, diary: bool = False) -> None:
        self.plan, self.chance, self.clock = plan, Random(plan.seed), HandClock()
        self.street = Street(plan.seed, self.clock, Setup(limits=Limits()), diary=diary)
        self.watch = Watch(self.street)
        self.settings = Settings(bot_token=SecretStr(self.street.token), database_url="sqlite://")
        self.key = seal_keys(self.settings)[0]
        self.house = copy.copy(lent_house())
        self.fate = Fate(Random(plan.seed), self.clock)
        self.people: list[Dweller] = []
        self.acts = list(plan.acts)
        self.deaths = list(zip(plan.deaths, plan.downs, strict=True))
        self._quiet_since: float | None = None

    def now(self) -> dt.datetime:
        """The present moment of the street."""
        return dt.datetime.fromtimestamp(self.clock(), ZONE)

    def faults(self) -> list[str]:
        """Live, and say what went wrong."""
        self.lives()
        ordered = not self.plan.webhook
        return faults_of(self.watch, self.house.store, self.key, fair=self.plan.fair, ordered=ordered)

    def lives(self) -> None:
        """Live to the end."""
        with ExitStack() as stack:
            self._settle_in()
            stack.enter_context(self.watch.looking())
            LEDGER.committed, LEDGER.undone = self.watch.committed, self.watch.undone
            try:
                self._live_on()
                gc.collect()  # what nobody waited for is told when it goes
                gc.freeze()  # so that the next life looks through its own only
            finally:
                LEDGER.fate = None

    def _settle_in(self) -> None:
        """People move in, some of them in the middle of an interview; the weather is set."""
        town = self.street.town
        town.updates.allowed = frozenset(KINDS)
        if self.plan.webhook:
            town.webhook = Webhook("https://localhost/hook")
        rates = dict(self.plan.rates)
        if self.plan.webhook:
            rates.pop("duplicate", None)  # the street's postbox would repeat one update for ever
        town.weather.rates, town.weather.seconds = rates, self.plan.seconds
        with writing(self.house.store) as connection:
            for table in METADATA.tables:
                connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - a name of our own
            for nth, (language, ahead) in enumerate(self.plan.people):
                person = self.street.person(f"person{nth}", language)
                self.people.append(Dweller(person, Random(self.plan.seed * 31 + nth)))
                if ahead:
                    who = newcomer(f"tg:{person.id}").but(consent_at=self.now(), adult=True, goal="assess")
                    save_conversation(connection, who, self.now())
        for dweller in self.people:
            dweller.acts("start")

    def _live_on(self) -> None:
        """One process after another, until one comes to the end."""
        while True:
            death, down = self.deaths.pop(0) if self.deaths else (None, 0.0)
            dawdling = self.plan.dawdling
            troubled = (self.fate.trouble, self.fate.trouble_until)
            self.fate = Fate(Random(self.chance.random()), self.clock, death, dawdling)
            self.fate.trouble, self.fate.trouble_until = troubled
            LEDGER.fate = self.fate
            try:
                live(self.clock, self._life(), self.watch.escaped)
            except Killed as killed:
                self.watch.kills.append(self.clock())
                self.watch.undone()
                self.street.note(f"KILLED at {killed}")
                LEDGER.fate = None
                self._stay_dead(down)
            else:
                return

    def _stay_dead(self, seconds: float) -> None:
        """Nobody is there for a while; people go on all the same."""
        self.street._listeners.clear()
        until = self.clock() + seconds
        while self.acts and self.clock() + self.acts[0].gap < until:
            act = self.acts.pop(0)
            self.clock.advance(act.gap)
            self._do(act)
        self.clock.advance(max(0.0, until - self.clock()))
        deliveries = self.street.town.deliveries
        deliveries.flying.clear()
        self.house.store.dispose()
        lent_house().store = self.house.store = _opened_store()

    def _do(self, act: Act) -> None:
        """Let one act happen."""
        if act.who >= 0:
            self.people[act.who].acts(act.kind)
        elif act.kind in {FULL, LOCKED}:
            self.street.note(f"STORE: {act.kind} for {act.seconds} s")
            self.fate.trouble, self.fate.trouble_until = act.kind, self.clock() + act.seconds
        else:
            self.street.note(f"{act.kind.upper()} of {act.seconds} s")
            self.watch.pauses.append(self.clock())
            self.clock.advance(act.seconds)
            self.street.wake()

    async def _life(self) -> None:
        """One process from its start to its end, in which everybody is served in the end."""
        self._next_act(asyncio.get_running_loop())
        stopping = asyncio.Event()
        parts = await self._opened()
        self.watch.over(parts)
        way = self._posted(parts, stopping) if self.plan.webhook else poll(parts.bot, parts.door.take, stopping)
        coming = asyncio.create_task(way)
        while not self._over(parts):  # noqa: ASYNC110 - it looks at everything, and nothing tells of everything
            await asyncio.sleep(0.5)
        self.fate.dies_at = None
        stopping.set()
        self.street.wake()
        await coming
        await parts.worker.stop()
        await parts.carrier.finish()

    async def _opened(self) -> Parts:
        """A bot at work; what fails at the start is tried again, as whoever looks after processes does."""
        request = MortalRequest(self.street, self.fate)
        bot = bot_of(self.settings, request, request)
        while True:
            try:
                await bot.initialize()
                parts = join(bot, self.house, self.settings, self.now, self.fate.run)
                parts.door.window_ms = 60 if self.plan.webhook else 0
                await parts.worker.start(alone=True)
            except (TelegramError, SQLAlchemyError) as error:
                self.street.note(f"START FAILED: {error!r}")
                await asyncio.sleep(1.0)
            else:
                return parts

    def _next_act(self, loop: asyncio.AbstractEventLoop) -> None:
        if not self.acts:
            return

        def happen() -> None:
            self._do(self.acts.pop(0))
            self._next_act(loop)

        loop.call_later(self.acts[0].gap, happen)

    def _over(self, parts: Parts) -> bool:
        """Whether all is said and done; once all is said, the weather clears up."""
        if self.acts:
            return False
        if self._quiet_since is None:
            self._last_words()
            return False
        if self.clock() > self._quiet_since + _PATIENCE:
            return True
        if parts.worker.busy or parts.carrier._aside or self.street.town.updates.waiting:
            return False
        with reading(self.house.store) as connection:
            return all_taken(connection)

    def _last_words(self) -> None:
        """The weather clears up, and everybody says hello once more whose chat may be empty."""
        self.street.note("QUIET")
        self._quiet_since = self.clock()
        self.street.town.weather.rates = {}
        self.fate.trouble_until = 0.0
        for nth, dweller in enumerate(self.people):
            if any(act.who == nth and act.kind in {"block", "delete the card"} for act in self.plan.acts):
                dweller.acts("start")

    async def _posted(self, parts: Parts, stopping: asyncio.Event) -> None:
        """Updates come as by webhook: a few at a time, each with a delay of its own, again where they are not taken."""
        box, news = Postbox(self.street), asyncio.Event()
        self.street.listen(news.set)
        under_way: set[asyncio.Task[None]] = set()
        while not stopping.is_set():
            news.clear()
            _, due = box.due()
            for update in due:
                task = asyncio.create_task(self._handed(box, parts, update, news))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
            pause = box.seconds_to_wait()
            with suppress(TimeoutError):  # what rounding leaves of a pause would be waited for again and again
                await asyncio.wait_for(news.wait(), None if pause is None else max(pause, 0.001))

    async def _handed(self, box: Postbox, parts: Parts, update: Update, news: asyncio.Event) -> None:
        await asyncio.sleep(self.chance.choice((0.0, 0.001, 0.01, 0.04)))
        try:
            for _ in range(1 + (self.chance.random() < self.plan.rates.get("duplicate", 0.0))):
                along = await parts.door.take([update.wire()])
        except Exception as error:  # noqa: BLE001 - as the webhook does: whatever it is, the platform tries again
            box.failed(update, type(error).__name__, 503, 1)
            if update.id not in self.street.town.updates.waiting:
                self.watch.expired.add(update.id)
        else:
            box.taken(update, json.dumps(along).encode() if along else b"")
        news.set()
