"""Diagnose: why a line fell or vanished, ranked, with what speaks for and against and what to check and do."""

from __future__ import annotations

from bot.dialogue.cards import said
from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import facts_of, kind_of, path
from bot.dialogue.messages import Block, Reply, Table
from bot.dialogue.opening import open_goal
from bot.dialogue.probing import diagnosis
from bot.dialogue.scene import Ability, Scene, Turn
from bot.dialogue.sources import source_lines
from simulator.burden import gate
from simulator.results import Cause

UNFOLDED = 2


def tell(who: Conversation, scene: Scene) -> tuple[Reply, ...]:
    """The likeliest causes unfolded, the others in a table, and what never to do."""
    walk = path(who, scene.library)
    found = diagnosis(kind_of(who), who.answers, walk).causes
    shelf = scene.library.causes
    first = [_unfolded(who, rank, cause, scene) for rank, cause in enumerate(found[:UNFOLDED], start=1)]
    rows = tuple(
        (
            said(who, scene, shelf[cause.cause].title),
            scene.say(who, f"family.{cause.family}"),
            f"{cause.probability:.0%}",
        )
        for cause in found[UNFOLDED:]
    )
    header = (scene.say(who, "diagnose.title"), "", scene.say(who, "diagnose.chance"))
    others = (Table(title=scene.say(who, "diagnose.others"), header=header, rows=rows, right=(2,)),) if rows else ()
    cited = [fact for cause in found[:UNFOLDED] for fact in shelf[cause.cause].facts]
    heavy = bool(gate(facts_of(who, scene.library)))
    after = scene.text(who, "diagnose.after", gate=heavy, facts=source_lines(who, cited, scene))
    blocks: tuple[Block, ...] = (scene.text(who, "diagnose.result"), *first, *others, after)
    debt = (scene.button(who, "guard.debt_path", "goal:assess"),) if heavy else ()
    row = (*debt, scene.button(who, "diagnose.again", "probe_again:"), scene.button(who, "menu.back", "menu:"))
    return (Reply(blocks=blocks, buttons=(row,)),)


def _row(who: Conversation, cause: Cause, scene: Scene) -> tuple[str, str, str]:
    title = said(who, scene, scene.library.causes[cause.cause].title)
    return (title, scene.say(who, f"family.{cause.family}"), f"{cause.probability:.0%}")


def _unfolded(who: Conversation, rank: int, cause: Cause, scene: Scene) -> Block:
    entry = scene.library.causes[cause.cause]
    words = {
        name: said(who, scene, getattr(entry, name))
        for name in ("title", "speaks_for", "speaks_against", "check", "todo", "wait", "call")
    }
    family = scene.say(who, f"family.{cause.family}")
    return scene.text(who, "diagnose.cause", rank=rank, family=family, probability=cause.probability, **words)


def _diagnose(who: Conversation, _argument: str, scene: Scene) -> Turn:
    """Start over with what was seen; what is known about the borrower is kept."""
    questions = scene.library.questions.values()
    signs = {q.id for q in questions if "diagnose" in q.goals and q.fact is None and q.id != "kind"}
    kept = {name: answer for name, answer in who.answers.items() if name not in signs}
    return open_goal(who.but(answers=kept), "diagnose")


ABILITY = Ability(name="diagnose", commands={"diagnose": _diagnose}, verbs={"probe_again": _diagnose}, tell=tell)
