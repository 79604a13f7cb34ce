"""The large sitting with a bot that is a process of its own, shot with SIGKILL in the middle of its calls.

``python -m tests.consultation.big_processes --seeds 5 --database postgresql --speed 8``
"""

from __future__ import annotations

import argparse
import copy
import logging
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

from pydantic import SecretStr

from bot.channels.playground.faces.background import served
from bot.channels.playground.street import Answer, Street
from bot.channels.playground.town.limits import Limits
from bot.channels.playground.town.town import Setup
from bot.channels.playground.wire import Call
from bot.settings import Settings
from bot.store.engine import open_store
from tests.consultation.big_nursery import hasty_nursery
from tests.consultation.big_script import Script
from tests.consultation.big_sitting import BigSitting
from tests.consultation.big_verdict import faults_of_sitting, figures_of
from tests.consultation.hastened import Haste, hastened
from tests.faults.house import shelves
from tests.faults.nursery import Nursery
from tests.faults.storm import settled
from tests.faults.watching import Watch
from tests.store.postgresql import rented

_MOST_CALLS = 12
"""Of the bot, from the moment at which it is aimed at until it is shot."""

_AGAIN = 2.0
"""Seconds after which whoever looks after processes starts one anew that has ended by itself."""

_QUIET, _PATIENCE = 5.0, 600.0
"""Seconds of the sitting: nothing is left to do for so long at its end, and everything is done so soon."""


class RealSitting(BigSitting):
    """One script lived through by a process that is shot and started again."""

    def __init__(self, script: Script, haste: Haste, nursery: Nursery, address: str, folder: Path) -> None:
        super().__init__(script)
        self.clock, self.nursery, self.folder = haste, nursery, folder
        self.street = Street(script.seed, haste, Setup(limits=Limits()))
        self.watch = Watch(self.street)
        self.settings = Settings(bot_token=SecretStr(self.street.token), database_url=address)
        self.house = copy.copy(shelves())
        self.house.store = open_store(address)
        self.begun = haste()
        self.aim, self.bot, self._shots = 0, 0, Random(f"shots {script.seed}")
        self.false_starts = 0

    def lives(self) -> None:
        """Live through all that is on the agenda; then the bot is asked to stop, and does so well."""
        self._settle_in()
        for guest in self.guests:
            guest.wishes = [wish for wish in guest.wishes if wish[0] < self.begun + self.script.end]
        self._take_aim()
        with served(self.street) as place:
            self._told = {
                "BOT_TOKEN": self.street.token,
                "BOT_API_URL": place.root,
                "DATABASE_URL": str(self.settings.database_url),
                "DATA_DIR": str(self.folder),
            }
            self._start()
            while self.agenda or not self.bot:
                self._goes_on()
            self._comes_to_rest()
            os.kill(self.bot, signal.SIGTERM)
            code = self.nursery.wait(self.bot)
        self._read_log()
        self.watch.escaped += [] if code == 0 else [f"the bot ended with {code}"]

    def shoot(self) -> None:
        """From now on the bot is aimed at: it is shot after one of its next calls, before it hears what came of it."""
        self.aim = self._shots.randint(1, _MOST_CALLS)

    def _take_aim(self) -> None:
        call = self.street.call

        def heard(one: Call, token: str | None = None) -> Answer:
            answer = call(one, token)
            if self.aim and self.bot and one.method.lower() != "getupdates":
                self.aim -= 1
                if not self.aim:
                    os.kill(self.bot, signal.SIGKILL)
            return answer

        self.street.call = heard

    def _start(self) -> None:
        self.bot = self.nursery.start(self._told, self.folder / "log")

    def _goes_on(self) -> None:
        """Let the next thing happen that is due; whoever was shot is buried, and another comes in time."""
        if self.bot and _has_ended(self.bot):
            self._bury()
        if self.agenda and self.agenda[0][0] <= self.clock():
            self._happens()
        else:
            time.sleep(0.002)

    def _bury(self) -> None:
        """Whoever was shot comes back when their time is over; so does one that ended by itself, which is a fault."""
        code, down = self.nursery.wait(self.bot), _AGAIN
        self.bot = 0
        if code == -signal.SIGKILL:
            self.watch.kills.append(self.clock())
            _, down = self.deaths.pop(0)
        else:
            self.false_starts += 1
        self.at(self.clock() - self.begun + down, self._start)

    def _comes_to_rest(self) -> None:
        """The weather clears up, and everything is done that is left."""
        self.street.weather.rates = {}
        last = quiet = self.clock()
        while self.clock() < quiet + _QUIET and self.clock() < last + _PATIENCE:
            if not settled(self.street, self.house.store):
                quiet = self.clock()
            time.sleep(0.02)

    def _read_log(self) -> None:
        lines = (self.folder / "log").read_text(encoding="utf-8").splitlines()
        self.watch.lines += lines
        self.watch.escaped += [line for line in lines if line.startswith("Traceback")]

    def _look(self) -> float | None:
        """Nobody writes down what could be seen."""
        return None


def _has_ended(number: int) -> bool:
    """Whether a process is over and only waits to be buried."""
    told = Path(f"/proc/{number}/stat").read_text(encoding="ascii")
    return told.rpartition(")")[2].split()[0] == "Z"


def repeats_of(evening: RealSitting) -> Counter[str]:
    """Messages of the group and the private talks that came once more; whoever was shot had not heard of them."""
    shown = Counter(
        f"{one.call.text('chat_id')} {one.call.text('reply_parameters')}"
        for one in evening.sent
        if one.code == 200 and one.call.method.lower() == "sendmessage" and one.call.given("reply_parameters")
    )
    return Counter({what: times - 1 for what, times in shown.items() if times > 1})


def faults_of_evening(evening: RealSitting) -> list[str]:
    """What went wrong: in the sitting, what was said twice more often than somebody was shot, and who ended unshot."""
    again = repeats_of(evening)
    faults = faults_of_sitting(evening)
    if again.total() > len(evening.watch.kills):
        faults.append(f"answered again: {dict(again)}")
    if evening.false_starts:
        faults.append(f"ended by itself: {evening.false_starts} times")
    return faults


@contextmanager
def evening_of(script: Script, speed: float, address: str, folder: Path) -> Iterator[RealSitting]:
    """A sitting that is over, lived so many times as fast."""
    haste = Haste(speed, time.time())
    with ExitStack() as stack:
        bots = stack.enter_context(hasty_nursery(haste))
        stack.enter_context(hastened(haste))
        evening = RealSitting(script, haste, bots, address, folder)
        stack.callback(evening.house.store.dispose)
        evening.lives()
        yield evening


def main() -> int:
    """Read the command line and do what it says; 1 when anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--seeds", type=int, default=1, help="how many")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite", help="where all is kept")
    parser.add_argument("--speed", type=float, default=8.0, help="seconds of the sitting in a real one")
    given = parser.parse_args()
    logging.lastResort = None
    failed = 0
    with ExitStack() as stack:
        server = stack.enter_context(rented()) if given.database == "postgresql" else None
        for seed in range(given.first, given.first + given.seeds):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            address = f"sqlite:///{folder / 'evening.db'}" if server is None else server.fresh()
            with evening_of(Script(seed), given.speed, address, folder) as evening:
                faults = faults_of_evening(evening)
                figures = figures_of(evening) | {"answered again": repeats_of(evening).total()}
                figures |= {"false starts": evening.false_starts}
            failed += bool(faults)
            told = (f"{name}: {figure}" for name, figure in figures.items())
            sys.stdout.write("\n".join([f"seed {seed} on {given.database}", *told, *faults, "", ""]))
            sys.stdout.flush()
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
