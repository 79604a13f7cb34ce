"""A broadcast to many by command: ``python -m tests.broadcast.twenty_thousand [--people 20000] [--seed 1]``."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from bot.channels.telegram.joining import Parts
from bot.store.broadcasts import count_recipients
from bot.store.engine import reading
from tests.broadcast.crowd import LEDGER, Crowd
from tests.faults import virtual

_PLATFORM = 30.0
"""Messages a second that the platform is known to take from one bot."""

_DOWN = 2.0
"""Seconds until a process that was shot is there again."""

_DEATHS = (0.2, 0.3, 0.25)
"""When the process is shot, as shares of the time that all would take, each after the death before."""

_SLOWER = 0.05
_TALK = 2.0
"""Seconds between two people who say something of their own meanwhile."""


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """Write to everybody, be shot three times on the way, and look into every chat; 1 when anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="where chance begins")
    given = parser.parse_args()
    virtual._MOST_TURNS = 10**9
    begin = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        crowd = Crowd(Path(folder), given.people, given.seed)
        LEDGER.watch(crowd.house.store)
        crowd.street.weather.rates = {"too_many": 0.01, "drop_after": 0.003, "drop_before": 0.003}
        number, begun = crowd.sets(), crowd.clock()

        async def life(_parts: Parts) -> None:
            talking = asyncio.create_task(_talked(crowd))
            await crowd.until_done(number)
            talking.cancel()

        whole = (given.people - len(crowd.unreached)) / _PLATFORM
        for share in _DEATHS:
            _tell(f"shot: {not crowd.lives(life, share * whole)}, after {crowd.clock() - begun:.0f} s")
            crowd.clock.advance(_DOWN)
        crowd.lives(life)
        outcome = crowd.verdict(begun)
        with reading(crowd.house.store) as connection:
            _tell(f"states: {dict(count_recipients(connection, number))}")
    allowed = crowd.counted / _PLATFORM + _DOWN * len(_DEATHS)
    slower = outcome.seconds / allowed - 1
    _tell(f"messages in a chat: {dict(outcome.times)}; not as it was to be: {outcome.wrong[:10]}")
    wanted = f"{crowd.counted} calls, of them {outcome.people} wanted"
    _tell(f"{wanted}; {_PLATFORM:.0f} a second and the deaths: {allowed:.0f} s")
    _tell(f"{outcome.seconds:.0f} s on the street: {slower:+.1%}; {time.process_time() - begin:.0f} s of CPU")
    return int(bool(outcome.wrong) or slower > _SLOWER)


async def _talked(crowd: Crowd) -> None:
    while True:
        await asyncio.sleep(_TALK)
        person = crowd.chance.choice(crowd.people)
        if person.id not in crowd.unreached:
            person.says(person.home, "/menu")


if __name__ == "__main__":
    sys.exit(main())
