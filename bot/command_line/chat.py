"""limit-guide chat: a conversation in the terminal, or a script of lines with its transcript."""

from __future__ import annotations

import locale
import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from platformdirs import user_downloads_path

from bot.channels.console import ConsoleDoor, talk, typed_lines
from bot.command_line.files import read_text
from bot.settings import read_settings
from bot.wiring import open_house
from simulator.commands.command import Command

SCRIPT_WIDTH = 88


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--lang", choices=("zh", "zh-hant", "en"), help="language of the conversation")
    parser.add_argument("--files", metavar="FOLDER", help="where papers are written; your downloads unless told")
    parser.add_argument("--script", metavar="FILE", help="one user line per line; prints the transcript and ends")


def _run(given: Namespace) -> int:
    settings = read_settings(os.environ)  # noqa: TID251  the door hands the environment to settings
    folder = Path(given.files) if given.files else user_downloads_path()
    if given.script is not None:
        lines = read_text(given.script).splitlines()
        door = ConsoleDoor(open_house(settings, address="sqlite://"), folder, name="script", width=SCRIPT_WIDTH)
        door.open(given.lang, "zh")
        talk(door, lines, echo=True)
        return 0
    door = ConsoleDoor(open_house(settings), folder)
    door.open(given.lang, locale.getlocale()[0])
    talk(door, typed_lines(), echo=False)
    door.farewell()
    return 0


COMMAND = Command("chat", "talk in the terminal; goes on where it stopped", _arguments, _run)
