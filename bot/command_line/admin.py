"""limit-guide admin: the operators' commands in the terminal."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bot.admin.desk import Desk
from bot.admin.office import COMMANDS
from bot.channels.clock import wall_clock
from bot.command_line.files import refused
from bot.settings import read_settings
from bot.store.keeping import BackupError
from bot.wiring import open_house
from simulator.commands.command import Command, say


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", help="the command; without it, all are listed")
    parser.add_argument("argument", nargs="?", default="", help="what the command takes, if anything")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _run(given: Namespace) -> int:
    if given.name is None:
        listed = [(command.name, command.argument, command.help) for command in COMMANDS.values()]
        return _show(("command", "argument", "help"), listed, as_json=given.json)
    command = COMMANDS.get(given.name)
    if command is None:
        raise refused("unknown", "name", f"{given.name[:40]!r} was read; one of {', '.join(COMMANDS)} would be right")
    house = open_house(read_settings(os.environ))  # noqa: TID251  the door hands the environment to settings
    now = wall_clock(house.settings.timezone)
    try:
        sheet = command.run(Desk(house.library, house.packs, house.store, now), given.argument)
    except (BackupError, OSError) as error:
        raise refused("refused", given.name, str(error)) from None
    return _show(sheet.header, sheet.rows, as_json=given.json)


def _show(header: tuple[str, ...], rows: Sequence[Sequence[str | float]], *, as_json: bool) -> int:
    if as_json:
        say({"header": list(header), "rows": [list(row) for row in rows]})
        return 0
    grid = Table(*header, box=None)
    for row in rows:
        grid.add_row(*(str(cell) for cell in row))
    Console(highlight=False).print(grid)
    return 0


COMMAND = Command("admin", "the operators' commands", _arguments, _run)
