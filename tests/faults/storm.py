"""A storm: a real bot is shot at random moments and started again until every answer has been taken."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.playground.faces.background import served
from bot.channels.playground.street import Street
from bot.store.engine import open_store, reading
from bot.store.inbox import all_taken
from bot.store.tables import CONVERSATIONS
from tests.faults.nursery import Nursery
from tests.faults.walkers import Walker, neighbours

_MOMENT = re.compile(r'"\d{4}-\d\d-\d\dT[^"]+"')
_CALL = re.compile(r"^\S+ bot (sendmessage|editmessagetext) (\{.*\}) -> 200 ", re.DOTALL)
_PATIENCE = 60.0
_LONGEST_LIFE = 3.0
_KILLED = "the bot is killed"
_MOST_CALLS = 14


class Shown(NamedTuple):
    """Something that was shown in a chat: its words, and its buttons with the revision that they carry."""

    chat: str
    text: str
    buttons: str


@dataclass
class Aftermath:
    """What a storm has left: states by person without moments, all messages and edits, and how often it has struck."""

    states: dict[str, str]
    sent: Counter[Shown]
    edited: set[Shown]
    kills: int
    steps: int
    worst: int
    """The most messages that came once more in one chat between two kills."""

    def repeats(self, peace: Aftermath) -> int:
        """Messages that were there already and came once more."""
        return sum(max(0, times - max(1, peace.sent[one])) for one, times in self.sent.items())

    def wrongly_sent(self, peace: Aftermath) -> list[Shown]:
        """What came as a message although it is an edit when nobody is shot."""
        return [one for one in self.sent if one in peace.edited and one not in peace.sent]


@dataclass
class Storm:
    """One street, one database, one bot at a time, and people who do not wait for it."""

    nursery: Nursery
    address: str
    folder: Path
    chance: Random
    most_kills: int = 0
    people: int = 10
    seed: int = 1
    kills: int = 0
    walkers: list[Walker] = field(default_factory=list)
    pressing: bool = True
    drained: bool = False

    def rages(self) -> Aftermath:
        """Let it happen; every process that is not shot must end by itself and well.

        Raises:
            TimeoutError: when somebody was never answered.
        """
        street = Street(self.seed, diary=True)
        self.walkers = neighbours(street, self.people)
        with served(street) as place, watched_store(self.address) as store:
            settings = {
                "BOT_TOKEN": street.token,
                "BOT_API_URL": place.root,
                "DATABASE_URL": self.address,
                "DATA_DIR": str(self.folder),
            }
            self._calm(settings, street, store)
            for walker in self.walkers:
                walker.goes_on = True
                walker.pastes(pressing=self.pressing)
            self._struck(settings, street, store)
            states = _states(store)
        diary = street.diary or []
        shown = [_shown(found) for line in diary if (found := _CALL.match(line))]
        return Aftermath(
            states,
            Counter(one for method, one in shown if method == "sendmessage"),
            {one for method, one in shown if method != "sendmessage"},
            self.kills,
            sum(walker.steps for walker in self.walkers),
            _worst(diary),
        )

    def killed(self, street: Street, bot: int) -> None:
        """Shoot a bot and write it down."""
        self.nursery.kill(bot)
        self.kills += 1
        street.note(_KILLED)

    def _calm(self, settings: dict[str, str], street: Street, store: Engine) -> None:
        """All come to their first question in peace; then the bot is asked to stop, and does."""
        bot = self.nursery.start(settings, self.folder / "log")
        for walker in self.walkers:
            walker.begins()
        until(lambda: self.all_walked("question"), "somebody never came to the first question")
        until(lambda: settled(street, store), "something of the way in is left")
        self.ended(bot)

    def _struck(self, settings: dict[str, str], street: Street, store: Engine) -> None:
        """Start, shoot, start again, until everything is done."""
        done = False
        while not done:
            bot = self.nursery.start(settings, self.folder / "log")
            done = self.lived(street, store)
            if not done:
                self.killed(street, bot)
        self.ended(bot)

    def lived(self, street: Street, store: Engine) -> bool:
        """Let people act until everything is done (True), or until it is time to strike.

        Raises:
            TimeoutError: when somebody waits for too long.
        """
        born = time.monotonic()
        most = len(street.diary or ()) + self.chance.randint(1, _MOST_CALLS)
        while True:
            time.sleep(0.005)
            self.drained = self.drained or settled(street, store)
            if self.drained and self.all_walked("review") and settled(street, store):
                return True
            now = time.monotonic()
            old = len(street.diary or ()) >= most or now - born > _LONGEST_LIFE
            if old and self.kills < self.most_kills and self.can_strike():
                time.sleep(0.02 * self.chance.random())
                return False
            if now - born > _PATIENCE:
                waiting = [(one.person.name, one.person.home.messages[-1].text) for one in self.walkers if one.goes_on]
                raise TimeoutError(f"after {self.kills} kills: {waiting or 'something is left in the store'}")

    def can_strike(self) -> bool:
        """Whether a bot may be shot now."""
        return True

    def all_walked(self, as_far_as: str) -> bool:
        """Let everybody answer what is new; whether all have come so far."""
        for walker in self.walkers:
            if walker.goes_on:
                walker.walks(as_far_as=as_far_as)
        return not any(walker.goes_on for walker in self.walkers)

    def ended(self, bot: int) -> None:
        """Ask a bot to stop, which it must do well."""
        os.kill(bot, signal.SIGTERM)
        code = self.nursery.wait(bot)
        assert code == 0, (code, (self.folder / "log").read_text()[-1000:])


@contextmanager
def watched_store(address: str) -> Iterator[Engine]:
    """A look into a store from outside."""
    store = open_store(address)
    try:
        yield store
    finally:
        store.dispose()


def until(happened: Callable[[], bool], complaint: str) -> None:
    """Wait for something.

    Raises:
        TimeoutError: with the complaint, when it does not happen within a minute.
    """
    last = time.monotonic() + _PATIENCE
    while not happened():
        if time.monotonic() > last:
            raise TimeoutError(complaint)
        time.sleep(0.005)


def settled(street: Street, store: Engine) -> bool:
    """Whether every update is confirmed, every letter taken and every promise kept."""
    if street.town.updates.waiting:
        return False
    with suppress(SQLAlchemyError), reading(store) as connection:
        return all_taken(connection)
    return False


def _shown(found: re.Match[str]) -> tuple[str, Shown]:
    told = json.loads(found[2])
    return found[1], Shown(told["chat_id"], told["text"], told.get("reply_markup", ""))


def _worst(diary: Sequence[str]) -> int:
    """The most repeats in one chat between two kills."""
    seen: set[Shown] = set()
    here: Counter[str] = Counter()
    worst = 0
    for line in diary:
        if line.endswith(_KILLED):
            here.clear()
        elif (found := _CALL.match(line)) and found[1] == "sendmessage":
            _, one = _shown(found)
            here[one.chat] += one in seen
            worst = max(worst, here[one.chat])
            seen.add(one)
    return worst


def _states(store: Engine) -> dict[str, str]:
    """What is kept of everybody, with one word in place of every moment."""
    with reading(store) as connection:
        rows = connection.execute(select(CONVERSATIONS.c.id, CONVERSATIONS.c.state)).all()
    return {row.id: _MOMENT.sub('"then"', row.state) for row in rows}
