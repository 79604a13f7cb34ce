"""Diagnose: why a line fell or vanished, ranked; each cause opens by a tap, with for and against and what to do."""

from __future__ import annotations

from bot.dialogue.cards import CARD
from bot.dialogue.cause_words import cause_line, cause_page, cause_title, chance_words
from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import facts_of, kind_of, path
from bot.dialogue.layers import Rows, at_result, layer, outdated
from bot.dialogue.messages import Button, Reply, Table, Text
from bot.dialogue.opening import open_goal
from bot.dialogue.probing import diagnosis
from bot.dialogue.scene import Ability, Scene, Turn
from bot.dialogue.sources import source_lines
from simulator.burden import gate
from simulator.results import Cause

FIRST = 3
"""Causes on the first screen; all others are one tap away."""

FAMILIES = ("user", "platform", "system", "lender")
"""Whose side a cause is on, in the order of the list of all."""


def tell(who: Conversation, scene: Scene) -> tuple[Reply, ...]:
    """The likeliest causes in a line or two each, what never to do, and a button for each."""
    found = _ranked(who, scene)
    heavy = bool(gate(facts_of(who, scene.library)))
    lines = [cause_line(who, rank, cause, scene) for rank, cause in enumerate(found[:FIRST], start=1)]
    after = scene.text(who, "diagnose.after", gate=heavy, more=len(found) - FIRST)
    words = Text(markup="\n\n".join(text.markup for text in (scene.text(who, "diagnose.result"), *lines, after)))
    opening = tuple((_open(who, cause, scene),) for cause in found[:FIRST])
    everything = (scene.button(who, "diagnose.all", "causes:"), scene.button(who, "diagnose.facts", "footnotes:"))
    debt = ((scene.button(who, "guard.debt_path", "goal:assess"),),) if heavy else ()
    ways = (
        (scene.button(who, "diagnose.edit", "review:"), scene.button(who, "diagnose.again", "probe_again:")),
        (scene.button(who, "papers.pdf", "pdf:"), scene.button(who, "menu.back", "menu:")),
    )
    return (Reply(blocks=(words,), buttons=(*opening, everything, *debt, *ways), slot=CARD),)


def _ranked(who: Conversation, scene: Scene) -> tuple[Cause, ...]:
    return diagnosis(kind_of(who), who.answers, path(who, scene.library)).causes


def _open(who: Conversation, cause: Cause, scene: Scene) -> Button:
    return Button(label=cause_title(who, cause, scene), action=f"cause:{cause.cause}")


def _cause(who: Conversation, argument: str, scene: Scene) -> Turn:
    """One cause in full, with the ways to its neighbours."""
    found = _ranked(who, scene) if at_result(who, scene, "diagnose") else ()
    at = next((at for at, cause in enumerate(found) if cause.cause == argument), None)
    if at is None:
        return outdated(who, scene)
    following = _open(who, found[at + 1], scene) if at + 1 < len(found) else None
    rows: Rows = ((following,),) if following is not None else ()
    every = (scene.button(who, "diagnose.all", "causes:"),)
    return layer(who, scene, cause_page(who, found[at], scene), rows=(*rows, every))


def _causes(who: Conversation, _argument: str, scene: Scene) -> Turn:
    """Every cause that stands to reason, by whose side it is on, each a button."""
    found = _ranked(who, scene) if at_result(who, scene, "diagnose") else ()
    if not found:
        return outdated(who, scene)
    ranks = {cause.cause: rank for rank, cause in enumerate(found, start=1)}
    tables = tuple(
        _family(who, family, [cause for cause in found if cause.family == family], ranks, scene)
        for family in FAMILIES
        if any(cause.family == family for cause in found)
    )
    rows = tuple((_open(who, cause, scene),) for cause in found)
    return layer(who, scene, scene.text(who, "diagnose.all_words"), *tables, rows=rows)


def _family(who: Conversation, family: str, causes: list[Cause], ranks: dict[str, int], scene: Scene) -> Table:
    header = (scene.say(who, "diagnose.rank"), scene.say(who, "diagnose.title"), scene.say(who, "diagnose.chance"))
    rows = tuple(
        (f"{ranks[cause.cause]}", cause_title(who, cause, scene), chance_words(who, cause, scene)) for cause in causes
    )
    return Table(title=scene.say(who, f"family.{family}"), header=header, rows=rows, right=(2,))


def _footnotes(who: Conversation, _argument: str, scene: Scene) -> Turn:
    """The sources behind the likeliest causes, and what the likelihoods rest on."""
    found = _ranked(who, scene) if at_result(who, scene, "diagnose") else ()
    if not found:
        return outdated(who, scene)
    cited = [fact for cause in found[:FIRST] for fact in scene.library.causes[cause.cause].facts]
    return layer(who, scene, scene.text(who, "diagnose.footing", facts=source_lines(who, cited, scene)))


def _diagnose(who: Conversation, _argument: str, scene: Scene) -> Turn:
    """Start over with what was seen; what is known about the borrower is kept."""
    questions = scene.library.questions.values()
    signs = {q.id for q in questions if "diagnose" in q.goals and q.fact is None and q.id != "kind"}
    kept = {name: answer for name, answer in who.answers.items() if name not in signs}
    return open_goal(who.but(answers=kept), "diagnose")


ABILITY = Ability(
    name="diagnose",
    commands={"diagnose": _diagnose},
    verbs={"probe_again": _diagnose, "cause": _cause, "causes": _causes, "footnotes": _footnotes},
    tell=tell,
)
