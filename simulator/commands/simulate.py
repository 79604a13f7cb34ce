"""python -m simulator simulate: one profile's ranges now and by month, with reasons and trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.commands.command import Command, known_packs, pack_in, profile_in, say, say_lines, whole
from simulator.forecasting import forecast
from simulator.reporting import forecast_document

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from simulator.results import Forecast


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a profile as JSON, or -")
    parser.add_argument("--months", type=whole(1, 120), default=12, help="horizon (default 12)")
    parser.add_argument("--seed", type=whole(0, 2**32 - 1), default=1, help="decides every random number")
    parser.add_argument("--draws", type=whole(100, 100_000), default=2000, help="paths (default 2000)")
    parser.add_argument("--preset", default="honest", help="honest, optimistic, base_rate or article")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _run(given: Namespace) -> int:
    packs = known_packs()
    profile = profile_in(given.file, packs)
    found = forecast(
        profile.facts,
        pack_in(packs, given.preset, profile.product),
        months=given.months,
        seed=given.seed,
        preset=given.preset,
        draws=given.draws,
    )
    if given.json:
        say(forecast_document(found))
    else:
        say_lines(told(found))
    return 0


def told(found: Forecast) -> list[str]:
    """A forecast in lines for a terminal: ranges by month, what holds, the five largest reasons, the gate."""
    """A forecast as lines for a terminal."""
    lines = [
        f"{found.product}, preset {found.preset}: a prior range, not validated on outcomes",
        f"no change at all in {found.months[-1]} months: {found.no_change_probability:.0%}",
        f"{'month':>5}{'p10':>12}{'p50':>12}{'p90':>12}{'free p50':>12}",
    ]
    lines += [
        f"{month:>5}{line.p10:>12,.0f}{line.p50:>12,.0f}{line.p90:>12,.0f}{free.p50:>12,.0f}"
        for month, line, free in zip(found.months, found.line, found.available, strict=True)
    ]
    lines.append(f"held by: {found.binding or 'the score'}")
    lines += [
        f"{reason.code:<18}{reason.points:>+8.1f} points{reason.yuan:>+12,.0f} yuan  grade {reason.grade}"
        for reason in found.reasons[:5]
    ]
    return lines + [f"no raise may be planned: {', '.join(found.gate)}"] * bool(found.gate)


COMMAND = Command("simulate", "one profile: ranges by month, reasons, trace", _arguments, _run)
