"""Months of reminders by command: ``python -m tests.faults.months --people 500 --days 90 --kills 3 [--workers 2]``.

Everybody asks for them in the chat, time passes hour by hour, and the bot is killed in the midst of its errands. With
two workers the store is a PostgreSQL server of its own, with one it is a file.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from random import Random

from pydantic import SecretStr
from sqlalchemy import event, func, select
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot.channels.playground.street import Street
from bot.channels.playground.town.limits import Limits
from bot.channels.playground.town.town import Setup
from bot.channels.telegram.joining import Parts, at_once, bot_of, join
from bot.channels.telegram.polling import poll
from bot.dialogue.conversation import Answer
from bot.store.conversations import newcomer, save_conversation
from bot.store.engine import open_store, reading, writing
from bot.store.inbox import all_taken
from bot.store.tables import CONVERSATIONS
from tests.faults.followers import Follower, Outage, drawn_followers
from tests.faults.house import Neighbourhood
from tests.faults.mishaps import Fate, Killed, Ledger
from tests.faults.virtual import live
from tests.faults.watching import MortalRequest
from tests.store.postgresql import rented

_HOUR = dt.timedelta(hours=1)
_BEYOND = 0.05
"""Seconds after the full hour, so that rounding does not show the hour before."""

_STEPS = 5
"""Steps that it takes at most to agree on a reminder."""

_STRETCH = 10
"""Days after which the bot is stopped and started in peace."""

_DOWN = dt.timedelta(hours=30)
"""How long nobody restarts the bot after the second kill: over a night and a day."""

_LATEST = dt.timedelta(minutes=3)
"""How late a question may come: five hundred at one hour go out at thirty a second at most."""


class Months:
    """Some people, some months, and what each of them heard."""

    def __init__(self, address: str, people: int, days: int, kills: int, workers: int = 1, seed: int = 1) -> None:
        self.chance, self.workers = Random(seed), workers
        self.place = Neighbourhood(address, seed)
        self.place.street = Street(seed, self.place.clock, Setup(limits=Limits()))
        self.place.settings = self.place.settings.model_copy(update={"bot_token": SecretStr(self.place.street.token)})
        self.fate, self.ledger = Fate(Random(seed), self.place.clock), Ledger()
        self.begin = self.place.now()
        self.end = self.begin + dt.timedelta(days=days)
        moments = sorted(self.chance.sample(range(24 * 10, 24 * (days - 3)), kills))
        self.deaths = [self.begin + hour * _HOUR for hour in moments]
        self.outages: list[Outage] = []
        self.kills = 0
        self.escaped: list[str] = []
        self.links: list[DBAPIConnection] = []
        self.followers = drawn_followers([self.place.person(f"p{n}") for n in range(people)], self.chance)
        self._settle_in()

    def _settle_in(self) -> None:
        """Everybody has agreed and told a line; the rest they do themselves."""
        now = self.place.now()
        with writing(self.place.house.store) as connection:
            for nth, follower in enumerate(self.followers):
                line = Answer(value=20_000.0 + 500 * nth, at=now, source="said")
                kind = Answer(value="person", at=now, source="pressed")
                who = newcomer(f"tg:{follower.person.id}").but(
                    consent_at=now, adult=True, language="zh", language_chosen=True, revision=1
                )
                save_conversation(connection, who.but(answers={"kind": kind, "current_line": line}), now)
                follower.person.starts()

    def pass_by(self) -> None:
        """Live through all of it: one process after another, some of them killed."""
        self._watch()
        while self.place.now() < self.end:
            until = min(self.end, self.place.now() + dt.timedelta(days=_STRETCH))
            self.ledger.fate = self.fate
            try:
                live(self.place.clock, self._stretch(until), self.escaped)
            except Killed:
                self._stay_dead()
        self.place.house.store.dispose()

    def _stay_dead(self) -> None:
        """The process is gone, and after the second kill nobody notices for long."""
        self.kills += 1
        self.ledger.fate = None
        self.fate = Fate(Random(self.kills), self.place.clock)
        begin = self.place.now()
        if self.kills == 2:
            self.place.clock.advance(_DOWN.total_seconds())
        self.outages.append(Outage(begin - _LATEST, self.place.now()))
        self.place.street._listeners.clear()
        self.place.street.town.deliveries.flying.clear()
        for link in self.links:
            link.close()  # a process that is gone keeps no connection
        self.place.house.store.dispose()
        self.place.house.store = open_store(self.place.settings.database_url)
        self._watch()

    def _watch(self) -> None:
        """Let the present fate see what the store does, and know its connections."""
        self.links = []
        self.place.house.store.dispose()
        self.ledger.watch(self.place.house.store)
        event.listen(self.place.house.store, "connect", lambda link, _entry: self.links.append(link))

    async def _stretch(self, until: dt.datetime) -> None:
        async with self._awake() as bots:
            await self._quiet(bots)
            for _ in range(_STEPS if self.place.now() < self.begin + _HOUR else 0):
                for follower in self.followers:
                    follower.settles(self.place.now())
                await self._quiet(bots)
            while self.place.now() < until:
                await self._hour(bots)

    def _next(self) -> dt.datetime:
        """The next full hour at which something is due, by the store or by what was agreed; tomorrow at the latest."""
        now, latest = self.place.now(), self.place.now() + dt.timedelta(days=1)
        with reading(self.place.house.store) as connection:
            due = connection.scalar(select(func.min(CONVERSATIONS.c.due_at)).where(CONVERSATIONS.c.due_at.is_not(None)))
        stored = [] if due is None else [dt.datetime.fromtimestamp(due / 1000, dt.UTC)]
        spans = [span for one in self.followers for span in one.expected(latest, self.outages, now)]
        agreed = [span.came for span in spans if span.came > now]
        soonest = max(min([*stored, *agreed, latest]).astimezone(now.tzinfo), now + dt.timedelta(seconds=1))
        sharp = soonest.replace(minute=0, second=0, microsecond=0)
        return min(sharp if sharp > now else sharp + _HOUR, self.end)

    async def _hour(self, bots: list[Parts]) -> None:
        """On to the next hour in which something is due, and see what comes of it."""
        sharp = self._next()
        self.place.clock.advance((sharp - self.place.now()).total_seconds() + _BEYOND)
        if self.deaths and sharp >= self.deaths[0] and any(self._is_due(one, sharp) for one in self.followers):
            self.deaths.pop(0)
            self.fate.dies_at = self.fate.steps + self.chance.randrange(8, 60)
        await self._quiet(bots)
        for follower in self.followers:
            follower.looks(self.place.now())
        await self._quiet(bots)

    def _is_due(self, one: Follower, sharp: dt.datetime) -> bool:
        return any(abs(span.came - sharp) < _HOUR / 2 for span in one.expected(sharp + _HOUR, self.outages, sharp))

    async def _quiet(self, bots: list[Parts]) -> None:
        """Wait until everything is done that there is to do now."""
        await asyncio.sleep(1.5)
        while not self._all_done(bots):  # noqa: ASYNC110 - turns tell nobody of their end
            await asyncio.sleep(0.5)

    def _all_done(self, bots: list[Parts]) -> bool:
        if self.place.street.town.updates.waiting or any(bot.worker.busy for bot in bots):
            return False
        with reading(self.place.house.store) as connection:
            return all_taken(connection)

    @asynccontextmanager
    async def _awake(self) -> AsyncIterator[list[Parts]]:
        """The bot at work: one process polls, others only do errands and deliver."""
        async with AsyncExitStack() as stack:
            bots = [await self._opened(stack, nth) for nth in range(self.workers)]
            stopping = asyncio.Event()
            polling = asyncio.create_task(poll(bots[0].bot, bots[0].door.take, stopping))
            yield bots
            stopping.set()
            self.place.street.wake()
            await polling

    async def _opened(self, stack: AsyncExitStack, nth: int) -> Parts:
        request = MortalRequest(self.place.street, self.fate)
        bot = bot_of(self.place.settings, request, request)
        await bot.initialize()
        parts = join(bot, self.place.house, self.place.settings, self.place.now, at_once)
        parts.postman.owner = f"worker {nth}"
        await parts.worker.start(alone=self.workers == 1)
        stack.push_async_callback(parts.carrier.finish)
        stack.push_async_callback(parts.worker.stop)
        return parts

    def faults(self) -> list[str]:
        """Who heard of us at another time than agreed, or more often than a kill in that very moment explains."""
        found, spare = list(self.escaped), self.kills
        for one in self.followers:
            wanted = list(one.expected(self.end, self.outages))
            left = list(one.heard)
            for span in wanted:
                near = [at for at in left if span.due - dt.timedelta(seconds=1) <= at <= span.came + _LATEST]
                left = [at for at in left if at not in near]
                if not near:
                    found.append(f"{one.person.name}, who {one.habit}: nothing at {span.came}")
                spare -= max(0, len(near) - 1)
            found += [f"{one.person.name}, who {one.habit}: heard at {at}, wanted {wanted}" for at in left]
        found += [f"{one.person.name} never agreed" for one in self.followers if one.agreed is None]
        found += [f"{one.person.name} was woken" for one in self.followers if one.was_asleep()]
        return found if spare >= 0 else [*found, f"{-spare} repeats more than kills"]

    def summary(self) -> str:
        """What happened, in one line."""
        heard = sum(len(one.heard) for one in self.followers)
        wanted = sum(len(list(one.expected(self.end, self.outages))) for one in self.followers)
        left = sum(one.left is not None for one in self.followers)
        return (
            f"{len(self.followers)} people, {wanted} questions agreed, {heard} came, {heard - wanted} of them twice; "
            f"{left} stopped or blocked, {self.kills} kills, {self.workers} workers"
        )


@contextmanager
def address_for(workers: int) -> Iterator[str]:
    """A database for so many workers: a file for one, a server for more."""
    if workers > 1:
        with rented() as server:
            yield server.fresh()
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/months.db"


def main() -> int:
    """Read the command line and do what it says; 1 when anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("people", 500), ("days", 90), ("kills", 3), ("workers", 1), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    told, begin = parser.parse_args(), time.perf_counter()
    with address_for(told.workers) as address:
        months = Months(address, told.people, told.days, told.kills, told.workers, told.seed)
        months.pass_by()
        faults = months.faults()
    sys.stdout.write("\n".join([*faults[:20], months.summary(), f"{time.perf_counter() - begin:.0f} s", ""]))
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
