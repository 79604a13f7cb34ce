"""Walking a journey in a group: a script of what people say and press, drawn as a transcript of what shows where."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.channels.playground.person import Person
from bot.channels.playground.place import Place
from bot.channels.playground.sights import Sight
from bot.channels.telegram.joining import Parts
from tests.consultation.gathering import Gathering, moments
from tests.consultation.scribe import Scribe, lines_of
from tests.faults.named import lived

FOLDER = Path(__file__).parent / "journeys"
_LINE = re.compile(r"(?P<who>\w+) (?P<does>presses|promotes|says as group|says)(?P<where> here)?: (?P<what>.*)")
_PASSES = re.compile(r"(?P<minutes>\d+) minutes pass")
_WAY_IN = re.compile(r"/start \S+")
"""Codes are drawn anew each time."""


@dataclass(frozen=True)
class GroupJourney:
    """A journey file: in which language, whose private talks show, what must and must never be said, and the lines."""

    title: str
    language: str
    talks: tuple[str, ...]
    must: tuple[str, ...]
    never: tuple[str, ...]
    lines: tuple[str, ...]
    text: str


def read_journey(path: Path) -> GroupJourney:
    """A journey from its file: a head of ``#`` lines, then the transcript whose ``>`` lines are what people did."""
    text = path.read_text(encoding="utf-8")
    head = [line[1:].strip() for line in text.splitlines() if line.startswith("#")]
    told = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
    parts = {name: tuple(one.strip() for one in words.split("|") if one.strip()) for name, words in told.items()}
    lines = tuple(line[2:] for line in text.splitlines() if line.startswith("> "))
    every = parts.get("talks", ()), parts.get("must", ()), parts.get("never", ())
    return GroupJourney(head[0], told["language"], *every, lines, text)


class GroupWalk:
    """A group with the whole bot in it; each line happens, and what it comes to is written down."""

    def __init__(self, journey: GroupJourney) -> None:
        self.journey, self.shown = journey, list[str]()
        self.town = Gathering(4)
        town = self.town
        self.people: dict[str, Person] = {"Ada": town.ada, "Olga": town.olga}
        self.people |= {f"Member{number}": who for number, who in enumerate(town.members)}
        for name, who in self.people.items():
            who.user.language, who.user.first_name = journey.language, name
        for who in town.members[1:]:
            town.knows(who, language="en" if journey.language == "en" else "zh")
        talks = [(f"{name} in private", self.people[name].home) for name in journey.talks]
        self.scribe = Scribe(town.street, [("the group", town.group), *talks])

    def walk(self) -> GroupWalk:
        """Walk through all lines, and do not look away at the end."""
        lived(self.town, self._life)
        return self

    async def _life(self, parts: Parts) -> None:
        self.scribe.news()
        for line in self.journey.lines:
            self.shown.append(f"> {line}")
            passes = _PASSES.fullmatch(line)
            if passes is not None:
                await moments(parts, 60.0 * float(passes["minutes"]))
                self.shown += [shown for seen in self.scribe.news() for shown in lines_of(seen)]
                continue
            told = self._does(line)
            await moments(parts, 4.0)
            self.shown += [words for words in (told(),) if words]
            await moments(parts, 4.0)
            self.shown += [shown for seen in self.scribe.news() for shown in lines_of(seen)]

    def _does(self, line: str) -> Callable[[], str]:
        """Let a line happen; afterwards it can be asked for what whoever pressed was told."""
        found = _LINE.fullmatch(line)
        assert found is not None, line
        who, what = self.people[found["who"]], found["what"]
        place = self.town.group if found["where"] else who.home
        if found["does"] == "presses":
            return self._presses(who, place, what)
        if found["does"] == "promotes":
            who.promotes(place)
        elif found["does"] == "says as group":
            who.says(place, self._words(what), speaks_as="group")
        else:
            who.says(place, self._words(what))
        return str

    def _presses(self, who: Person, place: Place, label: str) -> Callable[[], str]:
        press = who.presses(self._sight(who, place, label), label)

        def told() -> str:
            answer = press.answer or {}
            if answer.get("url"):
                who.opens(str(answer["url"]))
                return f"{who.name} alone is led into the private talk."
            return f"{who.name} alone is told: {answer['text']}" if answer.get("text") else ""

        return told

    def _sight(self, who: Person, place: Place, label: str) -> Sight:
        there = [sight for sight in who.sees(place) if sight.rows]
        return next((sight for sight in reversed(there) if label in sight.labels), there[-1])

    def _words(self, words: str) -> str:
        return words.replace("@bot", f"@{self.town.name}")

    def transcript(self) -> str:
        """Everything so far, as plain text."""
        return _WAY_IN.sub("/start (a way in)", "\n".join(self.shown)) + "\n"


def written(journey: GroupJourney, walk: GroupWalk) -> str:
    """The journey's file as it should stand: its head and the transcript."""
    told = {"talks": journey.talks, "must": journey.must, "never": journey.never}
    head = [f"# {journey.title}", f"# language: {journey.language}"]
    head += [f"# {name}: {' | '.join(words)}" for name, words in told.items() if words]
    return "\n".join(head) + "\n" + walk.transcript()


def journeys() -> tuple[Path, ...]:
    """All journey files of groups."""
    return tuple(sorted(FOLDER.glob("*.txt")))
