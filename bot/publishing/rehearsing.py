"""A rehearsal: made-up people walk through everything that the dialogue offers, and whatever breaks is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from jinja2 import TemplateError

from bot.dialogue.choosing import TELLS
from bot.dialogue.conversation import Answer, Conversation, Language
from bot.dialogue.messages import Arrival
from bot.dialogue.scene import Scene, Turn
from bot.dialogue.screens import open_question
from bot.dialogue.turn import take_turn
from bot.publishing.editions import Edition
from knowledge.problems import Problem

_MOST_TURNS = 60
_STEPS = ("pick:", "skip:", "accept:", "now:")
"""What a made-up person presses on a card, the first that is there."""

_CASTS: tuple[tuple[str, Language], ...] = (("person", "zh"), ("business", "en"))
_CURIOUS: Language = "zh"
"""Who reads this also presses everything under a result."""

_COMMANDS = ("start", "menu", "help", "privacy", "data", "language")


class StuckError(RuntimeError):
    """An interview does not come to its end."""


def rehearse(edition: Edition, now: dt.datetime) -> Iterator[Problem]:
    """Problems that people would meet in an edition, by the goal or command that leads to them."""
    scene = Scene(edition.library, edition.packs, now)
    for kind, language in _CASTS:
        for goal in TELLS:
            yield from _tried(f"{goal} ({kind}, {language})", made_up(goal, kind, language, now), scene)
    for command in _COMMANDS:
        yield from _tried(command, Conversation(id="rehearsal", language="en"), scene, command)


def made_up(goal: str | None, kind: str, language: Language, now: dt.datetime) -> Conversation:
    """Somebody who agreed to everything and has said only for whom they ask."""
    told = {"kind": Answer(value=kind, at=now, source="pressed")}
    return Conversation(id="rehearsal", language=language, consent_at=now, adult=True, goal=goal, answers=told)


def _tried(what: str, who: Conversation, scene: Scene, command: str = "") -> Iterator[Problem]:
    """Walk to the end; what a turn raises is what people would meet as a failure."""
    try:
        if command:
            take_turn(who, Arrival(key="rehearsal", at=scene.now, command=command), scene)
        else:
            walk(who, scene)
    except (TemplateError, LookupError, TypeError, ValueError, ArithmeticError, StuckError) as error:
        yield Problem("rehearsal", what, f"{type(error).__name__}: {' '.join(str(error).split())[:120]}")


def walk(who: Conversation, scene: Scene) -> Turn:
    """Press on to the result of an interview and look at every layer of it; the turn that showed the result.

    Raises:
        StuckError: when there is no end to it.
    """
    turn = take_turn(who, Arrival(key="rehearsal", at=scene.now, action="talk:"), scene)
    for _ in range(_MOST_TURNS):
        if open_question(turn.conversation, scene) is None and _next(turn) is None:
            if who.language == _CURIOUS:
                _look_around(turn, scene)
            return turn
        action = _next(turn)
        arrival = Arrival(key="rehearsal", at=scene.now, action=action, text=None if action else "12")
        turn = take_turn(turn.conversation, arrival, scene)
    raise StuckError(f"no end after {_MOST_TURNS} turns")


def _next(turn: Turn) -> str | None:
    actions = [button.action for reply in turn.replies for row in reply.buttons for button in row]
    return next((one for step in _STEPS for one in actions if one.startswith(step)), None)


def _look_around(turn: Turn, scene: Scene) -> None:
    """Press every button of a result once, each time from the same place."""
    for reply in turn.replies:
        for button in (button for row in reply.buttons for button in row):
            take_turn(turn.conversation, Arrival(key="rehearsal", at=scene.now, action=button.action), scene)
