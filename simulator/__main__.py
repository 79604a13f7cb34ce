"""A command line for the simulator alone: finds the command, runs it, and tells failures in one line."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from typing import TYPE_CHECKING

from simulator import commands
from simulator.commands.command import Command, CommandError, PlainParser, fail

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def found() -> Mapping[str, Command]:
    """Every command in the folder of commands, by name."""
    modules = [
        importlib.import_module(f"{commands.__name__}.{one.name}") for one in pkgutil.iter_modules(commands.__path__)
    ]
    listed: list[Command] = [module.COMMAND for module in modules if hasattr(module, "COMMAND")]
    return {command.name: command for command in listed}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code, or 2 after one line on standard error for bad input."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    known = found()
    parser = PlainParser(prog="python -m simulator", description=__doc__)
    verbs = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=PlainParser)
    for command in known.values():
        command.arguments(verbs.add_parser(command.name, help=command.does, description=command.does))
    try:
        given = parser.parse_args(words)
        return known[given.command].run(given)
    except CommandError as error:
        return fail(error.problem, as_json="--json" in words)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
