"""The report of a line that fell or vanished: causes with for and against, what to check and await, whom to call."""

from __future__ import annotations

from bot.dialogue.cards import said
from bot.dialogue.cause_words import told_words
from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import facts_of, kind_of, path
from bot.dialogue.messages import Table
from bot.dialogue.papers_parts import Guess, Guesses, Part, Report, Words
from bot.dialogue.papers_report import answers, framed, sources
from bot.dialogue.probing import diagnosis
from bot.dialogue.scene import Scene
from simulator.burden import gate
from simulator.results import Cause

UNFOLDED = 3
_ORDER = ("speaks_for", "mine_for", "speaks_against", "mine_against", "check", "todo", "wait", "call")
_POINTS = ("speaks_for", "speaks_against", "check", "todo", "wait", "call")


def causes_report(who: Conversation, scene: Scene) -> Report:
    """The likeliest causes in full, the others in a table, what never to do, and the sources of all of it."""
    found = diagnosis(kind_of(who), who.answers, path(who, scene.library)).causes
    cited = [fact for cause in found[:UNFOLDED] for fact in scene.library.causes[cause.cause].facts]
    never = scene.say(who, "document.report.never", gate=bool(gate(facts_of(who, scene.library))))
    parts: list[Part] = [
        Words(markup=scene.say(who, "diagnose.result")),
        Guesses(guesses=tuple(_guess(who, n, cause, scene) for n, cause in enumerate(found[:UNFOLDED], start=1))),
        Words(markup=never, tone="care"),
        _others(who, found[UNFOLDED:], scene),
        answers(who, scene),
        sources(who, cited, scene),
    ]
    return framed(who, parts, scene)


def _guess(who: Conversation, rank: int, cause: Cause, scene: Scene) -> Guess:
    entry = scene.library.causes[cause.cause]
    words = {point: said(who, scene, getattr(entry, point)) for point in _POINTS}
    words["mine_for"] = _own(who, cause.speaks_for, scene)
    words["mine_against"] = _own(who, cause.speaks_against, scene)
    points = tuple((scene.say(who, f"document.report.{name}"), words[name]) for name in _ORDER if words[name])
    return Guess(
        rank=rank,
        title=said(who, scene, entry.title),
        side=scene.say(who, f"family.{cause.family}"),
        likely=_likely(who, cause, scene),
        share=round(cause.probability, 4),
        points=points,
    )


def _own(who: Conversation, names: tuple[str, ...], scene: Scene) -> str:
    told = told_words(who, names, scene)
    return scene.say(who, "document.report.own", told=told) if told else ""


def _likely(who: Conversation, cause: Cause, scene: Scene) -> str:
    return scene.say(who, "document.report.likely", probability=cause.probability)


def _others(who: Conversation, causes: tuple[Cause, ...], scene: Scene) -> Table:
    rows = tuple(
        (
            said(who, scene, scene.library.causes[cause.cause].title),
            scene.say(who, f"family.{cause.family}"),
            _likely(who, cause, scene),
        )
        for cause in causes
    )
    names = ("cause", "side", "likelihood")
    header = tuple(scene.say(who, f"document.report.{name}") for name in names)
    return Table(title=scene.say(who, "document.report.others"), header=header, rows=rows, right=(2,))
