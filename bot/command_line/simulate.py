"""limit-guide simulate: one profile's ranges now and by month, with chosen actions, reasons and trace."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from bot.command_line.documents import profile_of
from bot.command_line.files import refused
from bot.command_line.shelves import read_shelves
from knowledge.library import Library
from simulator.actions import Action
from simulator.commands.command import Command, pack_in, say, whole
from simulator.commands.simulate import told
from simulator.forecasting import forecast
from simulator.reporting import forecast_document
from simulator.vocabulary import Kind


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a profile as JSON, or -")
    parser.add_argument("--months", type=whole(1, 120), default=12, help="horizon (default 12)")
    parser.add_argument("--actions", default="", help="actions that start now, by id, comma separated")
    parser.add_argument("--seed", type=whole(0, 2**32 - 1), default=1, help="decides every random number")
    parser.add_argument("--preset", default="honest", help="honest, optimistic, base_rate or article")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _run(given: Namespace) -> int:
    library, packs = read_shelves(frozenset({"actions"}))
    profile = profile_of(given.file, packs)
    actions = [(action, 0) for action in chosen(given.actions, profile.facts.kind, library)]
    found = forecast(
        profile.facts,
        pack_in(packs, given.preset, profile.product),
        actions=actions,
        months=given.months,
        seed=given.seed,
        preset=given.preset,
    )
    if given.json:
        say(forecast_document(found))
    else:
        print("\n".join(told(found)))
    return 0


def chosen(names: str, kind: Kind, library: Library) -> Sequence[Action]:
    """The actions named, or a failure that names the one that is not there for this kind of borrower."""
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    shelf = {entry.id: entry.action for entry in library.actions.values() if kind in entry.action.kinds}
    for name in wanted:
        if name not in shelf:
            right = ", ".join(sorted(shelf))
            raise refused("unknown_action", "--actions", f"{name[:40]!r} was read; of {right} any would be right")
    return [shelf[name] for name in dict.fromkeys(wanted)]


COMMAND = Command("simulate", "one profile: ranges by month, reasons, trace", _arguments, _run)
