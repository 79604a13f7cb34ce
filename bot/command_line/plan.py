"""limit-guide plan: the best plan for one profile, its probability and proof, and the other ways."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from bot.command_line.documents import profile_of
from bot.command_line.files import refused
from bot.command_line.shelves import read_shelves
from simulator.commands.command import Command, pack_in, say, whole
from simulator.planning import plan
from simulator.reporting_plan import plan_document


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a profile as JSON, or -")
    parser.add_argument("--target", type=amount("--target"), help="the line to reach, in yuan")
    parser.add_argument("--months", type=whole(1, 60), default=12, help="horizon (default 12)")
    parser.add_argument("--effort", type=amount("--effort"), help="hours there are")
    parser.add_argument("--seed", type=whole(0, 2**32 - 1), default=1, help="decides every random number")
    parser.add_argument("--preset", default="honest", help="honest, optimistic, base_rate or article")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def amount(name: str) -> Callable[[str], float]:
    """A reader of an argument that is a plain number above nothing."""

    def read(text: str) -> float:
        plain = text.replace(",", "")
        if not plain.replace(".", "", 1).isdecimal() or len(plain) > 15 or float(plain) <= 0:
            raise refused("out_of_bounds", name, f"{text[:40]!r} was read; a number above nothing would be right")
        return float(plain)

    return read


def _run(given: Namespace) -> int:
    library, packs = read_shelves(frozenset({"actions"}))
    profile = profile_of(given.file, packs)
    found = plan(
        profile.facts,
        pack_in(packs, given.preset, profile.product),
        [entry.action for entry in sorted(library.actions.values(), key=lambda entry: entry.id)],
        target=given.target,
        months=given.months,
        effort=given.effort,
        seed=given.seed,
        preset=given.preset,
    )
    if given.json:
        say(plan_document(found))
        return 0
    if found.gate:
        print(f"no raise is planned: {', '.join(found.gate)}")
    for step in found.plan:
        print(f"month {step.start_month:>2}  {step.effort_hours:>5.1f} h  {step.action}")
    print(f"probability {found.probability:.0%}, best reachable {found.best_reachable or 0:,.0f} yuan")
    return 0


COMMAND = Command("plan", "the best plan for one profile, with its proof", _arguments, _run)
