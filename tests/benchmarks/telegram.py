"""python -m tests.benchmarks.telegram: the product beside other bots, one interview, one core, paired in rounds.

The people and a thin stand-in for the platform run in this process; each bot runs in its own, on the last core, and
only its own CPU time is counted.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from contextlib import nullcontext
from dataclasses import asdict

from tests.benchmarks.telegram_bots import Maker, SilentError, makers, running
from tests.benchmarks.telegram_goals import Found, goal_table, goals
from tests.benchmarks.telegram_ours import address, biggest_state
from tests.benchmarks.telegram_people import StuckError
from tests.benchmarks.telegram_phases import Load, Round, long_talk, price, result_turn, wait
from tests.benchmarks.telegram_scenes import beside_a_refusal, beside_a_slow_turn
from tests.benchmarks.telegram_table import STOCK, cost_table, length_table, summary, trouble_table
from tests.store.postgresql import rented

_RATIOS = {"limit_guide": 3.0, "limit_guide_full": 2.5, "limit_guide_postgresql": 2.0}
"""How many times a turn of the product must go into the stock bot's, by the product's store."""


_BUSY = 0.5
"""A load of the machine, before anything is started, that spoils what is measured by the clock on the wall."""


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")


def _tell(words: str) -> None:
    sys.stderr.write(words + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.telegram", description=__doc__)
    parser.add_argument("--people", type=int, default=30, help="people at once (default 30)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of all bots in turn (default 5)")
    parser.add_argument("--rate", type=float, default=50, help="updates a second for the waits (default 50)")
    parser.add_argument("--seconds", type=float, default=4, help="seconds of that (default 4)")
    parser.add_argument("--only", nargs="+", metavar="BOT", help="these bots only")
    parser.add_argument("--polling", action="store_true", help="updates are fetched, not brought to a webhook")
    parser.add_argument("--stores", action="store_true", help="rows of the product on its other stores as well")
    parser.add_argument("--scenes", action="store_true", help="slow turns, refusals and long talks as well")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    return parser.parse_args()


def chosen(names: list[str] | None, postgresql: str = "") -> list[Maker]:
    """The bots to measure, without those that are not installed, which are named on standard error.

    Raises:
        SystemExit: for a name that no bot has.
    """
    known = makers(postgresql)
    unknown = sorted(set(names or ()) - known.keys())
    if unknown:
        raise SystemExit(f"{unknown[0]} is not a bot; {', '.join(known)} are")
    wanted = [maker for name, maker in known.items() if not names or name in names]
    for maker in wanted:
        if maker.missing:
            _tell(f"without {maker.name}: {', '.join(maker.missing)} is not installed")
    return [maker for maker in wanted if not maker.missing]


async def measure(bots: list[Maker], rounds: int, load: Load, *, webhook: bool = True) -> dict[str, list[Round]]:
    """All rounds: every bot once in each, in an order that moves on by one, freshly started."""
    found: dict[str, list[Round]] = {maker.name: [] for maker in bots}
    for nth in range(rounds):
        for maker in bots[nth % len(bots) :] + bots[: nth % len(bots)]:
            found[maker.name].append(await _one_round(maker, load, webhook=webhook))
            _tell(f"round {nth + 1}: {maker.name} {found[maker.name][-1].price.cpu:.2f} ms")
    return found


async def _one_round(maker: Maker, load: Load, *, webhook: bool) -> Round:
    """Prices and waits; a bot that paces its messages is started without that for the prices, and as it is after."""
    async with running(maker, webhook=webhook, alteration="unpaced") as run:
        paid = await price(run, load)
        if not maker.durable:
            return Round(paid, await wait(run, load))
    async with running(maker, webhook=webhook) as run:
        return Round(paid, await wait(run, load))


async def play_scenes(bots: list[Maker], load: Load, found: Found, *, webhook: bool = True) -> None:
    """The scenes of trouble and the long talk of the product and the stock bot."""
    for maker in bots:
        if not (maker.durable or maker.name == STOCK):
            continue
        async with running(maker, webhook=webhook, alteration="slow") as run:
            found.slow[maker.name] = await beside_a_slow_turn(run, load)
        async with running(maker, webhook=webhook) as run:
            found.refused[maker.name] = await beside_a_refusal(run, load)
        async with running(maker, webhook=webhook, alteration="unpaced") as run:
            found.talks[maker.name] = await long_talk(run)
            if maker.durable:
                found.results[maker.name] = await result_turn(run)
                found.state[maker.name] = biggest_state(maker.database or address(run.folder))
        _tell(f"scenes: {maker.name}")


async def _all(given: argparse.Namespace, postgresql: str) -> Found:
    bots, found = chosen(given.only, postgresql), Found()
    if os.getloadavg()[0] > _BUSY:
        _tell("this machine is busy with other things: turns a second and waits will look worse than they are")
    load = Load(given.people, given.rate, given.seconds)
    found.rounds = await measure(bots, given.rounds, load, webhook=not given.polling)
    if given.scenes:
        await play_scenes(bots, load, found, webhook=not given.polling)
    return found


def main() -> int:
    """Measure and print; returns 1 when a bot did not come up or left somebody without an answer."""
    given, found = _arguments(), None
    try:
        with rented() if given.stores else nullcontext() as server:
            found = asyncio.run(_all(given, server.fresh() if server else ""))
    except* (SilentError, StuckError) as failed:
        _tell(str(failed.exceptions[0]))
    if found is None:
        return 1
    if given.json:
        _say(json.dumps({**asdict(found), "summary": summary(found.rounds)}, ensure_ascii=False, indent=1))
    else:
        _say("\n\n".join("\n".join(table) for table in _tables(found)))
    return 0


def _tables(found: Found) -> list[list[str]]:
    tables = [cost_table(found.rounds)] if any(found.rounds.values()) else []
    if found.slow:
        tables += [trouble_table(found.slow, found.refused), length_table(found.talks, found.state, found.results)]
    for name, ratio in _RATIOS.items():
        promises = list(goals(found, name, ratio))
        tables += [[f"{name}:", "", *goal_table(promises)]] if promises else []
    return tables


if __name__ == "__main__":
    sys.exit(main())
