"""What the product promises of its speed, and whether the figures of a run keep it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from tests.benchmarks.telegram_phases import Round
from tests.benchmarks.telegram_scenes import Beside
from tests.benchmarks.telegram_table import summary


@dataclass
class Found:
    """Everything that was measured, by bot; ``results`` are CPU and wait of the turn with the result, in ms."""

    rounds: dict[str, list[Round]] = field(default_factory=dict)
    slow: dict[str, Beside] = field(default_factory=dict)
    refused: dict[str, Beside] = field(default_factory=dict)
    talks: dict[str, tuple[float, float]] = field(default_factory=dict)
    results: dict[str, tuple[float, float]] = field(default_factory=dict)
    state: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Goal:
    """One promise: what of, at least or at most how much, and what was found."""

    what: str
    bound: Literal["at least", "at most"]
    limit: float
    found: float

    @property
    def kept(self) -> bool:
        """Whether the figure is within the bound."""
        return self.found >= self.limit if self.bound == "at least" else self.found <= self.limit


def goals(found: Found, name: str, ratio: float) -> Iterator[Goal]:
    """The promises about one bot that this run has figures for.

    Args:
        found: what was measured.
        name: the bot.
        ratio: how many times its turn must go into the stock one's.
    """
    told = summary(found.rounds).get(name, {})
    if told.get("ratio") is not None:
        yield Goal("stock CPU a turn over ours", "at least", ratio, told["ratio"])
    if told:
        yield Goal("turns a second", "at least", 300, told["turns"])
        yield Goal("wait p50, ms", "at most", 15, told["p50"])
        yield Goal("wait p99, ms", "at most", 60, told["p99"])
        yield Goal("memory, MB", "at most", 150, told["memory"])
    if name in found.slow:
        yield Goal("others' added p99 beside a slow turn, ms", "at most", 50, found.slow[name].added)
    if name in found.refused:
        yield Goal("others' added p99 beside a refusal, ms", "at most", 100, found.refused[name].added)
        yield Goal("calls before the refusal was over", "at most", 0, found.refused[name].early)
        yield Goal("seconds until the refused card came", "at most", 7, found.refused[name].trouble)
    if name in found.talks:
        early, late = found.talks[name]
        yield Goal("turn 400 over turn 10", "at most", 1.2, late / early)
        yield Goal("state, bytes", "at most", 8192, found.state[name])
        yield Goal("CPU of the turn with the result, ms", "at most", 60, found.results[name][0])


def goal_table(kept: list[Goal]) -> list[str]:
    """The table of promises."""
    lines = ["| promise | bound | found | kept |", "|---|---|---|---|"]
    lines += [f"| {one.what} | {one.bound} {one.limit:g} | {one.found:.4g} | {_yes(one)} |" for one in kept]
    return lines


def _yes(goal: Goal) -> str:
    return "yes" if goal.kept else "no"
