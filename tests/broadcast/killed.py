"""A broadcast by a real process that is shot: ``python -m tests.broadcast.killed [--people 20000] [--kills 3]``.

The bot is a process of its own, started as ``limit-guide telegram`` starts and ended by SIGKILL around one of its own
sends; the platform is behind HTTP, keeps its limits by the clock on the wall and breaks connections; the store is a
file or a server (``--database postgresql``). Nothing is faster than life: 20,000 people take about eleven minutes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import Engine, select

from bot.channels.playground.faces.background import served
from bot.store.broadcasts import DONE, DRAFT, SET, broadcast_of, change_broadcast, count_recipients, draft_broadcast
from bot.store.conversations import save_conversation
from bot.store.engine import open_store, reading, writing
from bot.store.recipients import GOING, UNKNOWN
from bot.store.tables import INBOX
from bot.store.tables_news import RECIPIENTS
from bot.store.vault import keep_sealed
from tests.broadcast.crowd import EN, ZH, Inhabitants
from tests.broadcast.gunfire import ShootingStreet, When
from tests.faults.nursery import Nursery, nursery
from tests.store.postgresql import rented

PLATFORM = 30.0
"""Messages a second that the platform is known to take from one bot."""

SLOWER = 0.05
_SHOTS: tuple[When, ...] = ("after", "on the wire", "before")
_BY_THEN = 0.75
"""Shares of all that has gone out by the last shot."""

_PATIENT, _MINUTES = 10, 200.0
_TALK, _LOOK, _SECRET = 2.0, 0.2, "only-the-house-knows"

_SPOKE_AT_ONCE = select(RECIPIENTS.c.conversation).where(
    RECIPIENTS.c.state == UNKNOWN,
    RECIPIENTS.c.conversation.in_(select(INBOX.c.conversation).where(INBOX.c.ready_at > RECIPIENTS.c.changed_at)),
)
"""Whose message was cut off and who spoke since: answers of ours hide it, and what is unsure is not sent again."""


@dataclass
class Shot:
    """A shot: how many messages were under way unmarked, and how many of these had arrived or did so later."""

    when: When
    unmarked: int
    arrived: int


@dataclass
class Salvo:
    """One crowd, one broadcast, one process at a time."""

    nursery: Nursery
    address: str
    folder: Path
    many: int
    kills: int
    seed: int = 1
    talks: bool = True
    shots: list[Shot] = field(default_factory=list)
    states: dict[str, int] = field(default_factory=dict)
    unsure: frozenset[int] = frozenset()
    seconds: float = 0.0

    def __post_init__(self) -> None:
        """A street full of people whom the store knows."""
        self.chance = Random(self.seed)
        self.street = ShootingStreet((ZH, EN), self.seed)
        self.store = open_store(self.address)
        keep_sealed(self.store, [_SECRET])
        self.crowd = Inhabitants(self.street, self.many)
        with writing(self.store) as connection:
            for who in self.crowd.known(dt.datetime.now(dt.UTC)):
                save_conversation(connection, who, dt.datetime.now(dt.UTC) - dt.timedelta(days=1))

    def fires(self) -> None:
        """Write to everybody, shoot the process again and again, and let it come to the end.

        Raises:
            TimeoutError: when it takes ten times as long as it may, and some minutes: then something hangs.
        """
        with served(self.street) as place:
            told = {"BOT_TOKEN": self.street.token, "BOT_API_URL": place.root, "DATABASE_URL": self.address}
            told |= {"DATA_DIR": str(self.folder), "SECRET_KEY": _SECRET, "TIMEZONE": _noon()}
            bot, number = self._born(told), _set(self.store)
            begun, whole = time.monotonic(), len(self.crowd.reached) / PLATFORM
            for nth in range(self.kills):
                self._until(number, begun + whole * _BY_THEN * (nth + 1) / self.kills)
                self._shoots(bot, _SHOTS[nth % len(_SHOTS)])
                bot = self._born(told)
            self._until(number, begun + _PATIENT * whole + _MINUTES, over=True)
            self.seconds = time.monotonic() - begun
            self.nursery.kill(bot)
        with reading(self.store) as connection:
            self.states = dict(count_recipients(connection, number))
            unknown = connection.scalars(_SPOKE_AT_ONCE).all()
            self.unsure = frozenset(int(name.partition(":")[2]) for name in unknown)
        self.store.dispose()

    def _born(self, told: dict[str, str]) -> int:
        return self.nursery.start(told, self.folder / "log")

    def _shoots(self, bot: int, when: When) -> None:
        self.street.aim(bot, when)
        self.nursery.wait(bot)
        time.sleep(0.05)  # what was on the wire comes in
        with reading(self.store) as connection:
            names = connection.scalars(select(RECIPIENTS.c.conversation).where(RECIPIENTS.c.state == GOING)).all()
        arrived = sum(self.crowd.has(int(name.partition(":")[2])) for name in names)
        self.shots.append(Shot(when, len(names), arrived))

    def _until(self, number: int, moment: float, *, over: bool = False) -> None:
        """Let somebody say something now and then until a moment, or until all is done."""
        talked = time.monotonic()
        while time.monotonic() < moment:
            time.sleep(_LOOK)
            if over and self._done(number):
                return
            if self.talks and time.monotonic() > talked + _TALK:
                talked = time.monotonic()
                person = self.crowd.people[self.chance.choice(self.crowd.reached)]
                person.says(person.home, "/menu")
        if over:
            raise TimeoutError(f"not over: {self.crowd.times()}")

    def _done(self, number: int) -> bool:
        with reading(self.store) as connection:
            found = broadcast_of(connection, number)
        return found is not None and found.state == DONE

    def wrong(self) -> list[str]:
        """Who has it not as they should; of somebody known to be unsure of, only having it twice is wrong."""
        honest = {f"{person.name}: 0" for person in self.crowd.people if person.id in self.unsure}
        return [line for line in self.crowd.wrong() if line not in honest]

    @property
    def slower(self) -> float:
        """By which share it took longer than the platform's limits and the time without a bot allow."""
        return self.seconds / (self.street.counted / PLATFORM + self.street.away) - 1


def _set(store: Engine) -> int:
    now_ms = round(time.time() * 1000)
    with writing(store) as connection:
        number = draft_broadcast(connection, "terminal", now_ms)
        change_broadcast(connection, number, frozenset({DRAFT}), zh=ZH, en=EN, state=SET, starts_at=now_ms)
    return number


def _noon() -> str:
    """A zone in which it is about noon now, so that no night comes in between."""
    east = 12 - dt.datetime.now(dt.UTC).hour
    return f"Etc/GMT{-east:+d}"


@contextmanager
def _address(database: str, folder: Path) -> Iterator[str]:
    if database == "sqlite":
        yield f"sqlite:///{folder / 'crowd.db'}"
        return
    with rented() as server:
        yield server.fresh()


def main() -> int:
    """Write, shoot and look into every chat; 1 when somebody has it not as they should, or it took too long.

    With so few people that looking for what was cut off takes longer than sending, it always takes too long.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000, help="how many")
    parser.add_argument("--kills", type=int, default=3, help="how often the process is shot")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite", help="where all is kept")
    parser.add_argument("--seed", type=int, default=1, help="where chance begins")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        address = stack.enter_context(_address(given.database, folder))
        bots = stack.enter_context(nursery())
        salvo = Salvo(bots, address, folder, given.people, given.kills, given.seed)
        salvo.fires()
    wrong = salvo.wrong()
    told = [f"shot {shot.when}: {shot.unmarked} unmarked, {shot.arrived} of them there" for shot in salvo.shots]
    told += [
        f"states: {salvo.states}",
        f"messages in a chat: {dict(salvo.crowd.times())}; spoke and unsure: {len(salvo.unsure)}; wrong: {wrong[:10]}",
    ]
    wanted = f"{salvo.street.counted} calls, of them {len(salvo.crowd.reached)} wanted"
    told += [f"{wanted}; {salvo.seconds:.0f} s, {salvo.street.away:.1f} s without a bot: {salvo.slower:+.1%}", ""]
    sys.stdout.write("\n".join(told))
    return int(bool(wrong) or salvo.slower > SLOWER)


if __name__ == "__main__":
    sys.exit(main())
