"""Walking a journey: a script of typed lines through the whole house, drawn as a transcript a person can read."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from sqlalchemy import Engine

from bot.channels.drawing import draw
from bot.channels.lines import arrival_of
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Arrival, Reply
from bot.dialogue.scene import Scene
from bot.service.postman import deliver
from bot.service.reception import receive
from bot.store.conversations import load_conversation
from bot.store.engine import open_store
from bot.wiring import read_shelves

NOW = dt.datetime(2026, 11, 21, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
FOLDER = Path(__file__).parent
WIDTH = 88
_LATER = re.compile(r"\((\d+) (?:天后|days later)\)")


@cache
def scene_now() -> Scene:
    """The real library and packs at a fixed moment, loaded once."""
    library, packs = read_shelves()
    return Scene(library, packs, NOW)


@dataclass
class Walker:
    """One person at a terminal: says lines, and keeps what was shown."""

    store: Engine
    name: str = "walker"
    shown: list[str] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    last: Reply | None = None
    steps: int = 0
    now: dt.datetime = NOW

    def begin(self, language: str) -> None:
        """Come in for the first time."""
        self._take(Arrival(key="0", at=NOW, command="start", locale=language))

    def say(self, line: str) -> None:
        """Type one line, or come back after so many days, when what has fallen due meanwhile is asked."""
        self.steps += 1
        self.shown.append(f"> {line}\n")
        later = _LATER.fullmatch(line)
        if later is None:
            self._take(arrival_of(line, self.last, str(self.steps), self.now))
            return
        self.now += dt.timedelta(days=int(later[1]))
        due = self.conversation().due_at
        if due is not None and due <= self.now:
            self._take(Arrival(key=str(self.steps), at=self.now, due="here"))

    def conversation(self) -> Conversation:
        """What is kept of this person now."""
        with self.store.begin() as connection:
            return load_conversation(connection, self.name)

    def transcript(self) -> str:
        """Everything shown so far, as plain text."""
        return "".join(self.shown)

    def _take(self, arrival: Arrival) -> None:
        receive(self.store, self.name, arrival, replace(scene_now(), now=self.now))
        deliver(self.store, self.name, self._draw)

    def _draw(self, reply: Reply) -> None:
        page = io.StringIO()
        screen = Console(file=page, width=WIDTH, highlight=False, color_system=None)
        screen.print(Rule())
        screen.print(draw(reply))
        self.shown.append("\n".join(line.rstrip() for line in page.getvalue().splitlines()) + "\n")
        self.replies.append(reply)
        if reply.buttons:
            self.last = reply


@dataclass(frozen=True)
class Journey:
    """A journey file: who walks, in which language, what must and must never be said, the lines, and all as shown."""

    name: str
    title: str
    language: str
    must: tuple[str, ...]
    never: tuple[str, ...]
    lines: tuple[str, ...]
    text: str


def read_journey(path: Path) -> Journey:
    """A journey from its file: a head of ``#`` lines, then the transcript whose ``>`` lines are what was typed."""
    text = path.read_text(encoding="utf-8")
    head = [line[1:].strip() for line in text.splitlines() if line.startswith("#")]
    told = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
    return Journey(
        name=path.stem,
        title=head[0],
        language=told["language"],
        must=tuple(part.strip() for part in told.get("must", "").split("|") if part.strip()),
        never=tuple(part.strip() for part in told.get("never", "").split("|") if part.strip()),
        lines=tuple(line[2:] for line in text.splitlines() if line.startswith("> ")),
        text=text,
    )


def walk(journey: Journey) -> Walker:
    """Walk a journey from the first hello in a fresh store in memory."""
    walker = Walker(open_store("sqlite://"))
    walker.begin(journey.language)
    for line in journey.lines:
        walker.say(line)
    return walker


def written(journey: Journey, walker: Walker) -> str:
    """The journey's file as it should stand: its head and the transcript."""
    head = [f"# {journey.title}", f"# language: {journey.language}"]
    head += [f"# must: {' | '.join(journey.must)}"] if journey.must else []
    head += [f"# never: {' | '.join(journey.never)}"] if journey.never else []
    return "\n".join(head) + "\n" + walker.transcript()


def journeys() -> tuple[Path, ...]:
    """All journey files."""
    return tuple(sorted(FOLDER.glob("*.txt")))
