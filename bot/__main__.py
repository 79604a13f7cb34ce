"""The front door of the command line: finds the command, runs it, and tells failures in one line."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from collections.abc import Mapping, Sequence

from bot import command_line
from bot.settings import SettingsError
from bot.store.vault import SealedError
from bot.wiring import BrokenShelfError
from simulator.commands.command import Command, CommandError, PlainParser, fail
from simulator.vocabulary import Problem


def commands() -> Mapping[str, Command]:
    """Every command found in the command-line folder, by name."""
    found = (
        importlib.import_module(f"{command_line.__name__}.{module.name}")
        for module in pkgutil.iter_modules(command_line.__path__)
    )
    listed = [module.COMMAND for module in found if hasattr(module, "COMMAND")]
    return {command.name: command for command in sorted(listed, key=lambda command: command.name)}


def _wanted(words: Sequence[str]) -> Mapping[str, Command]:
    """The command that the first word names, without a look at the others; all of them when it names none."""
    name = words[0] if words else ""
    if name not in {module.name for module in pkgutil.iter_modules(command_line.__path__)}:
        return commands()
    module = importlib.import_module(f"{command_line.__name__}.{name}")
    command: Command | None = getattr(module, "COMMAND", None)
    return commands() if command is None else {command.name: command}


def _parser(known: Mapping[str, Command]) -> PlainParser:
    parser = PlainParser(prog="limit-guide", description="Guidance on revolving credit lines in a payment app.")
    verbs = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=PlainParser)
    for command in known.values():
        command.arguments(verbs.add_parser(command.name, help=command.does, description=command.does))
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns 0, or 2 after one line on standard error for bad input."""
    words = sys.argv[1:] if arguments is None else arguments
    known = _wanted(words)
    try:
        given = _parser(known).parse_args(words)
        return known[given.command].run(given)
    except CommandError as error:
        return fail(error.problem, as_json="--json" in words)
    except (SettingsError, BrokenShelfError, SealedError) as error:
        return fail(Problem("settings", "start", str(error)), as_json="--json" in words)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
