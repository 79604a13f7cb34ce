"""limit-guide admin: the operators' commands in the terminal, the same as in a chat."""

from __future__ import annotations

import os
import re
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from bot.admin.arguments import WrongArgumentError, shown, usage
from bot.admin.chatting import header_words, spoken_rows
from bot.admin.desk import Desk, RefusedError, Sheet, Told
from bot.admin.office import COMMANDS, GROUPS, HELP, Deed, alike, carried_out, given_to, in_group, wrong
from bot.channels.clock import wall_clock
from bot.channels.filing import file_paper
from bot.command_line.files import read_text, refused
from bot.settings import read_settings
from bot.store.engine import wipe_log, writing
from bot.store.keeping import BackupError
from bot.wiring import open_house
from simulator.commands.command import Command, CommandError, say

_LIST_END = re.compile(r"^([-*] .*\n)(?=[^-*\s])", re.MULTILINE)
_LINE_END = re.compile(r"(?<![\n ])\n(?=[^\n\s`-])")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""Letters that a terminal would obey or hide; what somebody wrote into a note or a draft may hold them."""

_TRIES = 5
"""How often a command is heard anew when somebody else changed meanwhile what it had found."""


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", help="the command; without it, all are listed")
    parser.add_argument("words", nargs="*", metavar="ARGUMENT", help="what the command takes, if anything")
    parser.add_argument("--file", metavar="FILE", help="a file whose text is the last argument; - for standard input")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.add_argument("--yes", action="store_true", help="be sure of a dangerous command")
    parser.add_argument("--lang", choices=("zh", "zh-hant", "en"), default="en", help="language of the answer")
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = _by_group()


def _run(given: Namespace) -> int:
    if given.name in {None, HELP}:
        rows = tuple((one.name, usage(one.arguments), one.help, group) for group in GROUPS for one in in_group(group))
        return _show_sheet(Sheet(("command", "argument", "help", "group"), rows), given)
    if given.name not in COMMANDS:
        near = alike(given.name, COMMANDS)
        right = f"{' or '.join(near)} would be right" if near else "limit-guide admin help lists them all"
        raise refused("unknown", "name", f"'{shown(given.name)}' was read; {right}")
    house = open_house(read_settings(os.environ))  # noqa: TID251  the door hands the environment to settings
    now = wall_clock(house.settings.timezone)
    edition = house.edition
    desk = Desk(
        edition.library,
        edition.packs,
        house.store,
        now,
        language=given.lang,
        settings=house.settings,
        edition=edition.number,
    )
    try:
        told = _carried_out(desk, given)
    except WrongArgumentError as error:
        raise refused("usage", given.name, _for_one_line(wrong(desk, COMMANDS[given.name], error))) from None
    except (RefusedError, BackupError, OSError) as error:
        raise refused("refused", given.name, _for_one_line(str(error))) from None
    return _show(desk, told, given)


def _by_group() -> str:
    """Every command with what it takes and does, group by group."""
    told = []
    for group in GROUPS:
        lines = (f"  {f'{one.name} {usage(one.arguments)}':<38} {one.help}" for one in in_group(group))
        told.append("\n".join((f"{group}:", *lines)))
    return "\n\n".join(told)


def _carried_out(desk: Desk, given: Namespace) -> Told:
    """Hear a command and do what it asks for, anew when things changed in between.

    Raises:
        CommandError: when it is dangerous and nobody said that they are sure.
    """
    words = [*given.words, read_text(given.file)] if given.file else given.words
    for _ in range(_TRIES):
        deed = given_to(desk, COMMANDS[given.name], words, sure=given.yes)
        if deed.asks:
            raise _unsure(deed)
        with writing(desk.store) as connection:
            done = carried_out(connection, desk, deed)
            if not done:
                connection.rollback()
        if done and deed.told.wipe:
            wipe_log(desk.store)
        if done:
            return deed.told
    raise RefusedError("somebody else is changing the same; later would be right")


def _unsure(deed: Deed) -> CommandError:
    line = deed.told.ways[0].line
    return refused("unsure", "yes", f"'{line}' asks to be sure; limit-guide admin {line} --yes would be right")


def _show(desk: Desk, told: Told, given: Namespace) -> int:
    """Show an answer; 1 where what was looked at is not sound."""
    files = [str(file_paper(paper, Path.cwd(), desk.library.phrases)) for paper in told.papers]
    if given.json:
        sheet = told.sheet or Sheet((), ())
        plain = {"header": list(sheet.header), "rows": [list(row) for row in sheet.rows]}
        say({"words": told.words, **plain, "files": files})
        return int(not told.sound)
    screen = Console(highlight=False)
    if told.words:
        screen.print(Markdown(_for_terminal(told.words)))
    if told.sheet is not None:
        screen.print(_grid(header_words(desk, told.sheet.header), spoken_rows(desk, told.sheet, coded=False)))
    for file in files:
        screen.print(file, markup=False, soft_wrap=True)
    return int(not told.sound)


def _show_sheet(sheet: Sheet, given: Namespace) -> int:
    rows = [tuple(str(cell) for cell in row) for row in sheet.rows]
    if given.json:
        say({"header": list(sheet.header), "rows": [list(row) for row in rows]})
    else:
        Console(highlight=False).print(_grid(sheet.header, rows))
    return 0


def _for_terminal(words: str) -> str:
    """Words as they are read in a terminal: commands as they are typed there, and every line a line of its own."""
    typed = _seen(words).replace("/admin ", "limit-guide admin ")
    return _LINE_END.sub("  \n", _LIST_END.sub(r"\1\n", typed))


def _for_one_line(words: str) -> str:
    """A refusal as it stands in one line: commands as they are typed in a terminal, and no marks of a chat."""
    return _seen(words).replace("/admin ", "limit-guide admin ").replace("`", "'").replace("**", "")


def _seen(words: str) -> str:
    """Words with a sign in place of every letter that is not seen but acts."""
    return _UNSEEN.sub("\ufffd", words)


def _grid(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    """A table that cuts no word short: whatever is too long goes on in the next line."""
    grid = Table(box=None)
    for name in header:
        grid.add_column(name, overflow="fold")
    for row in rows:
        grid.add_row(*(Text(_seen(cell)) for cell in row))
    return grid


COMMAND = Command("admin", "the operators' commands", _arguments, _run)
