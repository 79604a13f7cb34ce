"""Walking: the people of what ships go to every screen twice, as published and as drafted, and see what differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from difflib import ndiff
from typing import NamedTuple

from jinja2 import TemplateError

from bot.dialogue.cards import question_card
from bot.dialogue.choosing import TELLS
from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.messages import Arrival, Reply, Text
from bot.dialogue.scene import Scene
from bot.dialogue.turn import take_turn
from bot.publishing.editions import Edition
from knowledge.entries import Case, Language
from simulator.vocabulary import FactValue, Kind

WRITTEN: tuple[Language, ...] = ("zh", "en")
"""The languages that somebody wrote; Traditional Chinese is converted from the first."""

_DEAR = ("assess", "plan", "lower", "follow")
"""Goals whose results take a tenth of a second: each person of a case goes to one of them, in turn."""

_COMMANDS = ("start", "menu", "help", "privacy", "data", "language")


class Member(NamedTuple):
    """One of the cast: whose case or example it is, what they have told, and the goals whose results they look at."""

    name: str
    kind: Kind
    told: Mapping[str, FactValue]
    goals: tuple[str, ...]
    curious: bool
    """Who is curious looks at the card of every question and at everything that a command shows, too."""


class Seen(NamedTuple):
    """A screen that is not what it was for somebody who reads a language: lines that went, and lines that came."""

    member: Member
    language: Language
    screen: str
    went: tuple[str, ...]
    came: tuple[str, ...]


def cast(edition: Edition) -> tuple[Member, ...]:
    """The worked examples of the packs, and of the library's cases the first of each kind and outcome."""
    cheap = tuple(goal for goal in TELLS if goal not in _DEAR)
    people = [
        Member(f"{product} {one.id}", pack.kind, one.facts, tuple(TELLS), curious=True)
        for product, pack in sorted(edition.packs.items())
        for one in pack.examples
    ]
    for at, case in enumerate(_different(edition.library.cases.values())):
        people.append(Member(case.id, case.kind, case.situation, (*cheap, _DEAR[at % len(_DEAR)]), curious=False))
    return tuple(people)


def differing(before: Edition, after: Edition, people: Iterable[Member], now: dt.datetime) -> Iterator[Seen]:
    """What differs for whom, person by person, language by language; Traditional Chinese as it follows from the other.

    All that ship together take about six seconds.
    """
    for member in people:
        for language in WRITTEN:
            old, new = (dict(_screens(member, language, one, now)) for one in (before, after))
            for screen in sorted({*old, *new}):
                yield from _compared(member, language, screen, (old.get(screen, ""), new.get(screen, "")), after)


def _different(cases: Iterable[Case]) -> Iterator[Case]:
    known = set()
    for case in sorted(cases, key=lambda one: one.id):
        if not case.gathered and (case.kind, case.outcome) not in known:
            known.add((case.kind, case.outcome))
            yield case


def _compared(
    member: Member, language: Language, screen: str, texts: tuple[str, str], edition: Edition
) -> Iterator[Seen]:
    lines = list(ndiff(texts[0].splitlines(), texts[1].splitlines()))
    went, came = (tuple(line[2:] for line in lines if line[0] == sign) for sign in "-+")
    if not (went or came):
        return
    yield Seen(member, language, screen, went, came)
    if language == "zh":
        other: Language = "zh-hant"
        turned = (tuple(edition.library.phrases.in_script(other, line) for line in part) for part in (went, came))
        yield Seen(member, other, screen, *turned)


def _screens(member: Member, language: Language, edition: Edition, now: dt.datetime) -> Iterator[tuple[str, str]]:
    scene = Scene(edition.library, edition.packs, now)
    for goal in member.goals:
        yield goal, _shown(_asking(member, goal, language, now), scene, action="talk:")
    if not member.curious:
        return
    who = _asking(member, member.goals[0], language, now)
    for command in _COMMANDS:
        yield f"/{command}", _shown(who, scene, command=command)
    for name, question in scene.library.questions.items():
        if member.kind in question.kinds:
            yield f"questions/{name}", _said([question_card(who.but(focus=name), question, scene, "")])


def _asking(member: Member, goal: str, language: Language, now: dt.datetime) -> Conversation:
    """Somebody at the result of a goal, with everything told and checked."""
    told = {"kind": member.kind.value, **member.told}
    answers = {name: Answer(value=value, at=now, source="pressed") for name, value in told.items()}
    return Conversation(
        id="preview",
        language=language,
        consent_at=now,
        adult=True,
        goal=goal,
        answers=answers,
        accepted=True,
        hurried=True,
        more=True,
    )


def _shown(who: Conversation, scene: Scene, **told: str) -> str:
    """What somebody sees after an arrival; what the turn raises is what they would meet as a failure."""
    try:
        return _said(take_turn(who, Arrival.model_validate({"key": "preview", "at": scene.now, **told}), scene).replies)
    except (TemplateError, LookupError, TypeError, ValueError, ArithmeticError) as error:
        return f"{type(error).__name__}: {' '.join(str(error).split())[:120]}"


def _said(replies: Iterable[Reply]) -> str:
    """Replies as lines: words as they are, tables row by row, charts by their numbers, buttons in brackets."""
    lines: list[str] = []
    for reply in replies:
        for block in reply.blocks:
            lines += [block.markup] if isinstance(block, Text) else _leaves(block.model_dump(exclude={"kind"}))
        lines += (f"[{button.label}]" for row in reply.buttons for button in row)
    return "\n".join(lines)


def _leaves(told: object) -> list[str]:
    """Whatever a block holds, a line for each row of plain values."""
    if isinstance(told, dict):
        return [line for value in told.values() for line in _leaves(value)]
    if not isinstance(told, tuple | list):
        return [] if told in {None, ""} else [str(told)]
    if all(isinstance(one, str | int | float) for one in told):
        return [" | ".join(map(str, told))] if told else []
    return [line for value in told for line in _leaves(value)]
