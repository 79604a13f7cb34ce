"""The tables of a benchmark, in Markdown, from the rounds of every bot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from tests.benchmarks.telegram_phases import Round
from tests.benchmarks.telegram_scenes import Beside

STOCK = "ptb_memory"
"""The bot that all are compared with, in the same round."""

Rounds = Mapping[str, Sequence[Round]]


def ratios(rounds: Rounds, name: str) -> list[float]:
    """How many times the CPU of a bot's turn goes into that of the stock one, round by round."""
    return [stock.price.cpu / one.price.cpu for stock, one in zip(rounds.get(STOCK, ()), rounds[name], strict=False)]


def summary(rounds: Rounds) -> dict[str, dict[str, float | None]]:
    """Every figure's median over the rounds, by bot; the ratio is None when the stock bot did not run."""
    told = {}
    for name, all_of_it in rounds.items():
        if not all_of_it:
            continue
        keys = all_of_it[0].figures
        figures: dict[str, float | None] = {key: median(one.figures[key] for one in all_of_it) for key in keys}
        pairs = ratios(rounds, name)
        told[name] = {**figures, "ratio": median(pairs) if pairs else None}
    return told


def cost_table(rounds: Rounds) -> list[str]:
    """The table of turns."""
    lines = [
        "| bot | CPU ms an update | ratio | turns a second | calls an update | wait p50 ms | wait p99 ms | memory MB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, told in summary(rounds).items():
        ratio = "-" if told["ratio"] is None else f"{told['ratio']:.2f}"
        lines.append(
            f"| {name} | {told['cpu']:.2f} | {ratio} | {told['turns']:.0f} | {told['calls']:.2f} "
            f"| {told['p50']:.1f} | {told['p99']:.1f} | {told['memory']:.0f} |"
        )
    return lines


def trouble_table(slow: Mapping[str, Beside], refused: Mapping[str, Beside]) -> list[str]:
    """The table of how others fare beside one person's trouble."""
    lines = [
        "| bot | one person's trouble | others: p99 ms before | p50 during | p99 during | answered, s | too early |",
        "|---|---|---|---|---|---|---|",
    ]
    for trouble, found in (("a turn of 3 s", slow), ("429 for 5 s", refused)):
        for name, one in found.items():
            after = f"{one.trouble:.1f}" if one.arrived else "never"
            lines.append(
                f"| {name} | {trouble} | {one.before:.1f} | {one.p50:.1f} | {one.p99:.1f} | {after} | {one.early} |"
            )
    return lines


def length_table(
    talks: Mapping[str, Sequence[float]], state: Mapping[str, int], results: Mapping[str, Sequence[float]]
) -> list[str]:
    """The table of long conversations and of the turn with the result."""
    lines = [
        "| bot | CPU ms at turn 10 | at turn 400 | ratio | state, bytes | result: CPU ms | wait ms |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, (early, late) in talks.items():
        result = " | ".join(f"{one:.1f}" for one in results.get(name, ())) or "- | -"
        lines.append(f"| {name} | {early:.2f} | {late:.2f} | {late / early:.2f} | {state.get(name, '-')} | {result} |")
    return lines
