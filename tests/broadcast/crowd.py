"""A crowd on a street with the platform's limits, a bot that is shot while it writes to them, and the verdict."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from telegram import Bot
from telegram.error import TelegramError
from telegram.request import RequestData

from bot.channels.playground.faces.in_process import _call
from bot.channels.playground.person import Person
from bot.channels.playground.street import Street
from bot.channels.playground.town.limits import Limits
from bot.channels.telegram.announcing import caster_of
from bot.channels.telegram.joining import Parts, bot_of, join, seal_keys
from bot.channels.telegram.polling import poll
from bot.dialogue.conversation import Conversation
from bot.store.broadcasts import DONE, DRAFT, SET, Broadcast, broadcast_of, change_broadcast, draft_broadcast
from bot.store.conversations import newcomer, save_conversation
from bot.store.engine import open_store, reading, writing
from tests.faults.house import Neighbourhood
from tests.faults.mishaps import Fate, Killed, Ledger
from tests.faults.virtual import live
from tests.faults.watching import MortalRequest

ZH, EN = "额度页面更新了说明。", "The help pages have changed."
LEDGER = Ledger()

_COUNT = frozenset({200, 403})
"""Answers to calls that the platform counts among those of a second."""

_TO_THE_MORNING = 12 * 3600.0
"""Seconds; the street's clock begins in the evening."""


class FarRequest(MortalRequest):
    """The way to a street that is a tenth of a second away, so that several calls are under way at any moment."""

    def __init__(self, street: Street, fate: Fate, chance: Random) -> None:
        super().__init__(street, fate)
        self._chance, self._far = chance, street
        self.counted = 0
        self.on_the_wire: dict[int, tuple[str, RequestData | None]] = {}

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *more: object, **most: object
    ) -> tuple[int, bytes]:
        """Carry one call there and its answer back."""
        name = url.rpartition("/")[2]
        if name == "getupdates":
            return await super().do_request(url, method, request_data, *more, **most)
        mark = id(asyncio.current_task())
        self.on_the_wire[mark] = (name, request_data)
        await asyncio.sleep(0.02 + 0.06 * self._chance.random())
        del self.on_the_wire[mark]
        answer = await super().do_request(url, method, request_data, *more, **most)
        self.counted += name.startswith(("send", "edit")) and answer[0] in _COUNT
        await asyncio.sleep(0.02 + 0.06 * self._chance.random())
        return answer

    def arrives_late(self) -> None:
        """Half of what was on the wire when the process died reaches the platform all the same."""
        for name, data in self.on_the_wire.values():
            if self._chance.random() < 0.5:
                self._far.call(_call(name, data), self._far.token)


@dataclass
class Outcome:
    """How often the message stands in the chats: who has it as they should, too often, or not; and how long it took."""

    times: Counter[int]
    wrong: list[str]
    seconds: float
    people: int
    counts: Counter[str] = field(default_factory=Counter)


class Inhabitants:
    """People who all have agreed and are grown up; a few are away, have declined, or never agreed."""

    def __init__(self, street: Street, many: int) -> None:
        self.people: list[Person] = []
        self.unreached: set[int] = set()
        for nth in range(many):
            person = street.person(f"p{nth}", "en" if nth % 3 else "zh-hans")
            person.user.language = "en" if nth % 3 else "zh-hans"
            person.user.started = person.user.known = True
            person.user.blocked = nth % 50 == 27
            if nth % 50 in {7, 17, 27}:
                self.unreached.add(person.id)
            self.people.append(person)

    @property
    def reached(self) -> list[int]:
        """The places of those who are to get it."""
        return [nth for nth, person in enumerate(self.people) if person.id not in self.unreached]

    def known(self, now: dt.datetime) -> Iterator[Conversation]:
        """What is kept of everybody."""
        for nth, person in enumerate(self.people):
            who = newcomer(f"tg:{person.id}").but(consent_at=now, adult=True, language="en" if nth % 3 else "zh")
            yield who.but(consent_at=None) if nth % 50 == 17 else who.but(quiet=nth % 50 == 7)

    def times(self) -> Counter[int]:
        """How many have the message how often."""
        return Counter(self._has(person) for person in self.people)

    def wrong(self) -> list[str]:
        """Who has it not as they should."""
        found = ((person, self._has(person)) for person in self.people)
        return [f"{person.name}: {count}" for person, count in found if count != (person.id not in self.unreached)]

    def has(self, number: int) -> bool:
        """Whether somebody of a number has the message."""
        return any(self._has(person) for person in self.people if person.id == number)

    def _has(self, person: Person) -> int:
        return sum(sight.text in {ZH, EN} for sight in person.home.messages)


class Crowd(Neighbourhood):
    """People of whom each may have a wish or a habit of their own, and one broadcast to all of them."""

    def __init__(self, folder: Path, people: int, seed: int = 1) -> None:
        super().__init__(f"sqlite:///{folder / 'crowd.db'}", seed, limits=Limits())
        self.clock.advance(_TO_THE_MORNING)
        self.folder, self.chance = folder, Random(seed)
        self.crowd = Inhabitants(self.street, people)
        self.people, self.unreached = self.crowd.people, self.crowd.unreached
        self.counts: Counter[str] = Counter()
        self.requests: list[FarRequest] = []
        with writing(self.house.store) as connection:
            for who in self.crowd.known(self.now()):
                save_conversation(connection, who, self.now())

    def sets(self, segment: str = "all") -> int:
        """An operator sets a broadcast for now; its number."""
        now_ms = round(self.clock() * 1000)
        with writing(self.house.store) as connection:
            number = draft_broadcast(connection, "terminal", now_ms)
            values = {"zh": ZH, "en": EN, "segment": segment, "state": SET, "starts_at": now_ms}
            change_broadcast(connection, number, frozenset({DRAFT}), **values)
        return number

    def stands(self, number: int) -> Broadcast:
        """How far a broadcast is."""
        with reading(self.house.store) as connection:
            found = broadcast_of(connection, number)
        assert found is not None
        return found

    def lives(self, life: Callable[[Parts], Awaitable[None]], dies_after: float | None = None) -> bool:
        """One process, in which a life happens unless it is shot before; whether it came to its end."""
        fate = Fate(Random(1), self.clock)
        request = FarRequest(self.street, fate, self.chance)
        self.requests.append(request)
        LEDGER.fate = fate
        try:
            live(self.clock, self._life(life, request, fate, dies_after))
        except Killed:
            LEDGER.fate = None
            request.arrives_late()
            self.street._listeners.clear()
            self.house.store.dispose()
            self.house.store = open_store(self.settings.database)
            LEDGER.watch(self.house.store)
            return False
        finally:
            LEDGER.fate = None
        return True

    async def _life(
        self, life: Callable[[Parts], Awaitable[None]], request: FarRequest, fate: Fate, dies_after: float | None
    ) -> None:
        bot = bot_of(self.settings, request, request)
        await _greeted(bot)
        parts = join(bot, self.house, self.settings, self.now, fate.run)
        caster = caster_of(bot, self.house, parts.postman, fate.run, seal_keys(self.settings)[0])
        await parts.worker.start(alone=True)
        await caster.start(alone=True)
        stopping = asyncio.Event()
        polling = asyncio.create_task(poll(bot, parts.door.take, stopping))
        if dies_after is not None:
            asyncio.get_running_loop().call_later(dies_after, _shoot, fate)
        await life(parts)
        stopping.set()
        await polling
        await caster.stop()
        await parts.worker.stop()
        self.counts += parts.postman.counts + caster.counts + caster._tracer.counts

    async def until_done(self, number: int) -> None:
        """Wait until everybody of a broadcast has it or never will."""
        while self.stands(number).state != DONE:  # noqa: ASYNC110 - the store tells nobody
            await asyncio.sleep(0.5)

    @property
    def counted(self) -> int:
        """Calls of the bot that the platform counts."""
        return sum(request.counted for request in self.requests)

    def verdict(self, begun: float) -> Outcome:
        """Look into every chat."""
        times, wrong = self.crowd.times(), self.crowd.wrong()
        return Outcome(times, wrong, self.clock() - begun, len(self.crowd.reached), self.counts)


async def _greeted(bot: Bot) -> None:
    """Greet the platform until it answers, as the bot does at its start."""
    for _ in range(20):
        with suppress(TelegramError):
            await bot.initialize()
            return
        await asyncio.sleep(0.2)


def _shoot(fate: Fate) -> None:
    fate.dead = "shot"
    raise Killed(fate.dead)
