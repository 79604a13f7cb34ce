"""The console door: a conversation in a terminal that goes on where it stopped."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import HTML
from prompt_toolkit.history import InMemoryHistory
from rich.console import Console
from rich.rule import Rule

from bot.channels.clock import wall_clock
from bot.channels.drawing import draw
from bot.channels.lines import arrival_of
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Arrival, Paper, Reply
from bot.dialogue.scene import Scene
from bot.dialogue.screens import stands_at_card
from bot.dialogue.turn import show_again
from bot.documents.figures import language_of
from bot.service.postman import deliver
from bot.service.reception import receive
from bot.store.conversations import known_conversation, load_conversation
from bot.wiring import House
from knowledge.phrasing import Phrasebook

NAME = "console"
"""The conversation of whoever sits at this terminal."""


class ConsoleDoor:
    """One terminal conversation: draws replies, remembers the choices shown, and hands lines to reception."""

    def __init__(self, house: House, folder: Path, name: str = NAME, width: int | None = None) -> None:
        """A door of the house for one named conversation, drawing to standard output, papers into a folder."""
        self._house = house
        self._folder = folder
        self._name = name
        self._last: Reply | None = None
        self._screen = Console(width=width, highlight=False, soft_wrap=False)

    def open(self, language: str | None, locale: str | None) -> None:
        """Greet a newcomer, or welcome back with what was promised and the present card; then read on."""
        with self._house.store.begin() as connection:
            known = known_conversation(connection, self._name)
            who = load_conversation(connection, self._name)
        scene = self._first_scene(who)
        if known:
            self._welcome_back(who, language, scene)
        else:
            self._take(Arrival(key=_fresh_key(), at=scene.now, command="start", locale=language or locale), scene)
        self._house.read_ahead()

    def _welcome_back(self, who: Conversation, language: str | None, scene: Scene) -> None:
        self._screen.print(scene.say(who, "welcome.back"))
        promised = deliver(self._house.store, self._name, self._draw)
        if language is not None and language != who.language:
            self._take(Arrival(key=_fresh_key(), at=scene.now, command="language", text=language), scene)
        elif not promised and _is_due(who, scene):
            self._take(Arrival(key=_fresh_key(), at=scene.now, due="here"), self._scene())
        elif not promised:
            for reply in show_again(who, scene):
                self._draw(reply)

    def say(self, line: str) -> None:
        """Take one typed line in and draw the replies."""
        self._house.look_for_newer()
        scene = self._scene()
        self._take(arrival_of(line, self._last, _fresh_key(), scene.now), scene)

    def echo(self, line: str) -> None:
        """Show a scripted line as if it had been typed."""
        self._screen.print(f"> {line}", markup=False)

    def farewell(self) -> None:
        """Tell that everything is kept."""
        with self._house.store.begin() as connection:
            who = load_conversation(connection, self._name)
        scene = Scene(self._house.front, {}, wall_clock(self._house.settings.timezone))
        self._screen.print(scene.say(who, "welcome.farewell"))

    def _first_scene(self, who: Conversation) -> Scene:
        """The front room where the present card needs no more, so that nobody waits for the whole library."""
        front = Scene(self._house.front, {}, wall_clock(self._house.settings.timezone))
        return front if stands_at_card(who, front) else self._scene()

    def _scene(self) -> Scene:
        return self._house.scene(wall_clock(self._house.settings.timezone))

    def _take(self, arrival: Arrival, scene: Scene) -> None:
        receive(self._house.store, self._name, arrival, scene)
        deliver(self._house.store, self._name, self._draw)

    def _draw(self, reply: Reply) -> None:
        self._screen.print(Rule(style="dim"))
        self._screen.print(draw(reply))
        for block in reply.blocks:
            if isinstance(block, Paper):
                self._screen.print(self._filed(block), markup=False, soft_wrap=True)
        if reply.buttons:
            self._last = reply

    def _filed(self, paper: Paper) -> str:
        """Write a paper; where it is now, in words."""
        phrases, language = self._house.library.phrases, language_of(paper.language)
        try:
            place = _filing()(paper, self._folder, phrases)
        except OSError:
            return phrases.say(language, "document.sending.failed")
        return phrases.say(language, "document.sending.saved", path=place)


def _filing() -> Callable[[Paper, Path, Phrasebook], Path]:
    """What writes papers, loaded when the first one comes: its libraries would hold up the first card."""
    write: Callable[[Paper, Path, Phrasebook], Path] = import_module("bot.channels.filing").file_paper
    return write


def talk(door: ConsoleDoor, lines: Iterable[str], *, echo: bool) -> None:
    """Feed lines to an open door until they end."""
    for line in lines:
        if echo:
            door.echo(line)
        if line.strip():
            door.say(line)


def typed_lines() -> Iterator[str]:
    """Lines from whoever sits at the terminal, or from a pipe; ends at end of input or Ctrl-C."""
    read = _prompted() if sys.stdin.isatty() else _piped()
    while True:
        try:
            yield read()
        except (EOFError, KeyboardInterrupt):
            return


def _prompted() -> Callable[[], str]:
    session: PromptSession[str] = PromptSession(history=InMemoryHistory())
    return lambda: session.prompt(HTML("<ansicyan>\u203a</ansicyan> "))


def _piped() -> Callable[[], str]:
    def read() -> str:
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.rstrip("\n")

    return read


def _is_due(who: Conversation, scene: Scene) -> bool:
    """Whether a reminder that was asked for has fallen due: a terminal tells of it when its person comes in."""
    return who.due_at is not None and who.due_at <= scene.now


def _fresh_key() -> str:
    return uuid.uuid4().hex
