"""Walking an operator's day: people speak and press, commands are typed in a chat or in a terminal, things happen."""

from __future__ import annotations

import io
import itertools
import re
import shlex
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine

from bot import wiring
from bot.__main__ import main
from bot.channels.telegram.joining import Parts
from bot.command_line import admin
from bot.publishing import checking
from bot.publishing.editions import Edition, number_in, read_newest
from bot.store import unanswered
from knowledge import learning
from tests.admin.days.happening import HAPPENINGS
from tests.admin.days.street import SECRET, DayStreet, rested

FOLDER = Path(__file__).parent
_SPOKEN = re.compile(r"> (\w+): (.*)", re.DOTALL)
_PRESSED = re.compile(r"\[(.+)\]")
_RULE = "─" * 60
_CODE = re.compile(r"publish ([0-9a-f]{8})")
_HASH = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{12}|[0-9a-f]{8})\b")
_SHELVES = ("facts", "questions", "actions", "articles", "cases", "causes", "intents", "guards", "quizzes", "ready")
_GIVEN = ("> ", "$ ", "~ ")


@dataclass(frozen=True)
class Plan:
    """A day's file: its head with title, language and what must and must never be shown, its steps, and all of it."""

    name: str
    head: tuple[str, ...]
    steps: tuple[str, ...]
    text: str

    def told(self, name: str) -> tuple[str, ...]:
        """The words of a line of the head, apart at its bars."""
        found = (line.partition(": ")[2] for line in self.head if line.startswith(f"# {name}: "))
        return tuple(part.strip() for line in found for part in line.split(" | "))


def read_plan(path: Path) -> Plan:
    """A day from its file: a head of ``#`` lines, steps, and what was shown after each of them.

    A step is what somebody says or presses (``> anna: hello``, ``> anna: [Skip]``), what is typed at the server
    (``$ limit-guide …``) or what happens (``~ …``); lines behind a bar belong to the step above them.
    """
    text = path.read_text(encoding="utf-8")
    steps: list[str] = []
    for line in text.splitlines():
        if line.startswith(_GIVEN):
            steps.append(line)
        elif line.startswith("|"):
            steps[-1] += "\n" + line[2:]
    head = tuple(line for line in text.splitlines() if line.startswith("# "))
    return Plan(path.stem, head, tuple(steps), text)


def plans() -> tuple[Path, ...]:
    """All days."""
    return tuple(sorted(FOLDER.glob("*.txt")))


def walked(plan: Plan, folder: Path) -> str:
    """The day's file as it should stand after its steps were walked in an empty folder."""
    shown = [*plan.head]
    with pytest.MonkeyPatch.context() as patch:
        street = DayStreet(folder, plan.told("language")[0])
        _arranged(patch, street, folder)

        async def life(parts: Parts) -> None:
            code = ""
            for step in plan.steps:
                told = await _taken(street, parts, step.replace("CODE", code))
                await rested(parts)
                news = [*told, *street.news()]
                code = next(iter(_CODE.findall("\n".join(news))), code)
                lasting = [_lasting(street, one) for one in news]
                shown.extend(["", _quoted(step), *(f"{_RULE}\n{one}" for one in lasting)])

        street.lives(life)
    return "\n".join(shown) + "\n"


def _lasting(street: DayStreet, told: str) -> str:
    """What is shown, without what changes with every page that is written for the library: hashes and counts."""
    told = told.replace(str(street.settings.data_dir), "~/limit-guide")
    told = _HASH.sub(lambda found: "x" * len(found[0]), told)
    phrases = street.house.library.phrases
    for shelf in _SHELVES:
        label = re.escape(phrases.say("en" if street.language == "en" else "zh", f"office.value.{shelf}"))
        told = re.sub(rf"^( ?{label}[: \uff1a]+)[0-9]+$", r"\1…", told, flags=re.MULTILINE)
    return told


def _quoted(step: str) -> str:
    return "\n".join(f"| {line}".rstrip() if number else line for number, line in enumerate(step.split("\n")))


async def _taken(street: DayStreet, parts: Parts, step: str) -> list[str]:
    """Take one step; what a terminal shows of it, or what is to be seen of what happened."""
    if step.startswith("~ "):
        return await HAPPENINGS[step[2:]](street, parts)
    if step.startswith("$ "):
        return [_typed(step[2:])]
    found = _SPOKEN.fullmatch(step)
    assert found, step
    who, words = street.people[found[1]], found[2]
    label = _PRESSED.fullmatch(words)
    if label is None:
        who.says(who.home, words)
    else:
        sight = next((one for one in reversed(who.home.messages) if label[1] in one.labels), None)
        if sight is None:
            return ["there is no such button"]
        who.presses(sight, label[1])
    return []


def _typed(line: str) -> str:
    """What a terminal shows of a command; what stands below it goes to its standard input."""
    command, _, rest = line.partition("\n")
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(out):
        patch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(rest.encode())))
        code = main(shlex.split(command)[1:])
    lines = [shown.rstrip() for shown in out.getvalue().strip("\n").splitlines()]
    return "\n".join([*lines, *([f"(exit {code})"] if code else [])])


def _arranged(patch: pytest.MonkeyPatch, street: DayStreet, folder: Path) -> None:
    """The terminal stands in the same place, at the same time, and codes of questions come in order.

    Every edition is read once for all; once over the phrasings is enough to learn from them here, and the rehearsal
    before an edition is published is walked in tests/publishing.
    """
    patch.setenv("LIMIT_GUIDE_DATA_DIR", str(folder))
    patch.setenv("LIMIT_GUIDE_OWNER_IDS", str(street.owner.id))
    patch.setenv("LIMIT_GUIDE_SECRET_KEY", SECRET)
    patch.setenv("COLUMNS", "100")
    patch.chdir(folder)
    patch.setattr(admin, "wall_clock", lambda _zone: street.now())
    shelves = (street.house.library, street.house.packs)

    @cache
    def numbered(_number: int) -> Edition:
        return read_newest(street.house.store)

    def newest(store: Engine) -> Edition:
        return numbered(number_in(store))

    patch.setattr(wiring, "read_front", lambda: shelves[0])
    patch.setattr(wiring, "read_front_of", lambda store, _shelves: newest(store).library)
    patch.setattr(wiring, "read_shelves", lambda _only=None: shelves)
    patch.setattr(wiring, "read_newest", newest)
    patch.setattr(learning, "EPOCHS", 1)
    patch.setattr(checking, "rehearse", lambda _edition, _now: [])
    numbers = itertools.count(1)
    patch.setattr(
        unanswered, "os", SimpleNamespace(urandom=lambda size: next(numbers).to_bytes(3, "big") * (size // 3))
    )
