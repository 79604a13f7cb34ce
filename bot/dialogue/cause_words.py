"""The words of one cause of a fallen line: how likely it is, and which own answers speak for it or against it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.dialogue.cards import said, value_words
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Text
from bot.dialogue.scene import Scene
from bot.dialogue.sources import source_lines
from simulator.results import Cause

LEAST = 0.01
"""Likelihoods below this are told as below it: nothing that stands to reason is impossible."""

_PARTS = ("title", "speaks_for", "speaks_against", "check", "todo", "wait", "call")


def cause_line(who: Conversation, rank: int, cause: Cause, scene: Scene) -> Text:
    """One cause in short: its title, whose side it is on, how likely, and what usually speaks for it."""
    entry = scene.library.causes[cause.cause]
    words = {name: said(who, scene, getattr(entry, name)) for name in ("title", "speaks_for")}
    family = scene.say(who, f"family.{cause.family}")
    likely = {"probability": cause.probability, "least": LEAST}
    return scene.text(who, "diagnose.line", rank=rank, family=family, **likely, **words)


def cause_page(who: Conversation, cause: Cause, scene: Scene) -> Text:
    """One cause in full: for and against, with the own answers; what to check, do and await; whom to call; sources."""
    entry = scene.library.causes[cause.cause]
    return scene.text(
        who,
        "diagnose.cause",
        family=scene.say(who, f"family.{cause.family}"),
        probability=cause.probability,
        least=LEAST,
        mine=told_words(who, cause.speaks_for, scene),
        against=told_words(who, cause.speaks_against, scene),
        facts=source_lines(who, entry.facts, scene),
        **{name: said(who, scene, getattr(entry, name)) for name in _PARTS},
    )


def cause_title(who: Conversation, cause: Cause, scene: Scene) -> str:
    """What a cause is called."""
    return said(who, scene, scene.library.causes[cause.cause].title)


def chance_words(who: Conversation, cause: Cause, scene: Scene) -> str:
    """How likely a cause is, for a column of a table."""
    small = cause.probability < LEAST
    return scene.say(who, "diagnose.small", least=LEAST) if small else f"{cause.probability:.0%}"


def told_words(who: Conversation, names: Iterable[str], scene: Scene) -> list[str]:
    """The person's own answers among some facts and things seen, each with its label."""
    shelf = scene.library.questions
    told = [name for name in names if name in shelf and name in who.answers and who.answers[name].value is not None]
    return [
        scene.say(
            who,
            "review.line",
            label=said(who, scene, shelf[name].label),
            value=value_words(who, shelf[name], who.answers[name], scene),
        )
        for name in told
    ]
