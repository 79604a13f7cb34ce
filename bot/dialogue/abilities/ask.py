"""A free question at any moment: the nearest sourced entry, a choice when unsure, and plain words when unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.cards import said
from bot.dialogue.conversation import Conversation
from bot.dialogue.hearing.blanking import blanked
from bot.dialogue.hearing.figures import is_bare_figure
from bot.dialogue.interview import facts_of, next_question
from bot.dialogue.messages import Button, Reply, Text
from bot.dialogue.scene import Ability, Scene, Turn
from bot.dialogue.sources import SourceLine, source_lines
from knowledge.entries import Article
from knowledge.finding import ASKS_BACK, Finding
from knowledge.own_figures import HOTLINES
from simulator.burden import gate

_SHORTEST = 2
_ONE_MESSAGE = 3900
"""Letters that fit into one message, with the letter of a case above them: a second one would crowd a group."""

_MOST_OFFERED = 3
_NEARLY = 0.2
"""From this belief on a question taken for none of ours may be one after all; what is further off is not kept."""

_RAISES = frozenset({"limit_raise_how", "limit_raise_process", "limit_raise_stuck", "limit_low_why", "limit_temporary"})
"""Intents whose answers speak of a higher line."""


def answer_question(who: Conversation, text: str, scene: Scene) -> Turn:
    """Answer a sentence from the library, offer three nearest when unsure, or say plainly that we do not know.

    A card that stands open follows again; a result does not, but the way back to it does. What could not be answered
    is left for the editors without whose it is, blanked of whatever could tell.
    """
    if len(text.strip()) < _SHORTEST:
        return beside(who, scene, "ask.prompt")
    if is_bare_figure(text) and text.strip() not in HOTLINES:
        return beside(who, scene, "ask.bare_figure")
    finding = scene.library.finder.find(text)
    if not finding.in_scope:
        words = _blanked(text, scene) if finding.score >= _NEARLY else ""
        return _unanswered(beside(who, scene, "ask.out_of_scope"), "out_of_scope", words)
    entry = scene.library.articles.get(finding.entries[0]) if finding.entries else None
    if entry is None or finding.unsure:
        return _choices(who, finding, _blanked(text, scene), scene)
    return _answered(who, entry, _blanked(text, scene), scene)


def _blanked(text: str, scene: Scene) -> str:
    return blanked(text, scene.library.finder.familiar)


def _unanswered(turn: Turn, why: str, words: str) -> Turn:
    return replace(turn.noting("unanswered", why), unanswered=words)


def _answered(who: Conversation, entry: Article, words: str, scene: Scene) -> Turn:
    """The entry, and whether it helped; if it did not, what was asked is left for the editors."""
    reply = article_reply(who, entry, scene)
    ways = _back(who, scene)
    first = (scene.text(who, "ask.lighten_first"),) if _RAISES & set(entry.intents) and _burdened(who, scene) else ()
    helped = (tuple(scene.button(who, f"helped.{one}", f"helped:{one}:{entry.id}") for one in ("yes", "no")),)
    asked = helped if who.consent_at is not None and who.adult and who.paused_by is None else ()
    told = Reply(blocks=(*first, *reply.blocks), buttons=(*reply.buttons, *asked, *ways))
    return Turn(who, (told,), show=not ways, wonders=words).noting("answered", entry.id)


def _burdened(who: Conversation, scene: Scene) -> bool:
    """Whether the answers given weigh too much for any talk of a raise, or debts are just being lightened."""
    return who.goal == "budget" or bool(gate(facts_of(who, scene.library)))


def _choices(who: Conversation, finding: Finding, words: str, scene: Scene) -> Turn:
    """The nearest entries to choose from; what was asked is remembered for one turn, in case it is none of them."""
    known = (name for name in finding.entries if name in scene.library.articles and name != ASKS_BACK)
    near = [scene.library.articles[name] for name in known]
    if not near:
        return _unanswered(_unknown(who, scene), "unknown", words)
    rows = tuple((Button(label=said(who, scene, e.title), action=f"entry:{e.id}"),) for e in near[:_MOST_OFFERED])
    none = (scene.button(who, "ask.none", "none_of_them:"),)
    reply = Reply(blocks=(scene.text(who, "ask.unsure"),), buttons=(*rows, none))
    near_by = finding.intents[0][0] if finding.intents else ""
    return Turn(who, (reply,), show=False, wonders=words).noting("unsure", near_by)


def _unknown(who: Conversation, scene: Scene) -> Turn:
    return beside(who, scene, "ask.unknown", kept=who.consent_at is not None and bool(who.adult))


def beside(who: Conversation, scene: Scene, key: str, **data: object) -> Turn:
    """A few words, and then the open card again or the way back to the result."""
    ways = _back(who, scene)
    return Turn(who, (Reply(blocks=(scene.text(who, key, **data),), buttons=ways),), show=not ways)


def _back(who: Conversation, scene: Scene) -> tuple[tuple[Button, ...], ...]:
    """The way back where no question stands open, so that a whole result need not be sent once more; none at a card."""
    if who.goal is None or who.consent_at is None or not who.adult or who.paused_by is not None:
        return ()
    if who.reviewing or next_question(who, scene.library) is not None:
        return ()
    return ((scene.button(who, "ask.back", "result:"),),)


def article_reply(who: Conversation, entry: Article, scene: Scene) -> Reply:
    """One entry as a message: short answer, why, what to do and not to do, whom to call, sources with dates."""
    block = scene.text(
        who,
        "ask.article",
        title=said(who, scene, entry.title),
        short=said(who, scene, entry.short),
        why=said(who, scene, entry.why),
        todo=said(who, scene, entry.todo),
        avoid=said(who, scene, entry.avoid),
        call=said(who, scene, entry.call),
        sources=source_lines(who, entry.facts, scene),
        reviewed=entry.reviewed,
    )
    rows = ((scene.button(who, f"menu.{entry.ability}", f"goal:{entry.ability}"),),) if entry.ability else ()
    free = who.consent_at is not None and who.adult and who.paused_by is None
    fitting = who.goal not in {entry.ability, "lower"} and not _burdened(who, scene)
    return Reply(blocks=(block,), buttons=rows if free and fitting else ())


def folded_reply(who: Conversation, entry: Article, scene: Scene) -> Reply:
    """One entry where many read along, in one message: the short answer, and the rest behind a tap.

    Of an entry with many sources the last ones stay out, which is said; in private all of them are told.
    """
    every = source_lines(who, entry.facts, scene)
    for shown in range(len(every), 0, -1):
        block = _folded(who, entry, scene, every[:shown], more=len(every) - shown)
        if len(block.markup) <= _ONE_MESSAGE:
            return Reply(blocks=(block,))
    return Reply(blocks=(_folded(who, entry, scene, (), more=len(every)),))


def _folded(who: Conversation, entry: Article, scene: Scene, sources: Sequence[SourceLine], more: int) -> Text:
    parts = {"why": entry.why, "todo": entry.todo, "avoid": entry.avoid, "call": entry.call}
    lines = {name: said(who, scene, part).split("\n") for name, part in parts.items()}
    return scene.text(
        who,
        "ask.in_group",
        title=said(who, scene, entry.title),
        short=said(who, scene, entry.short),
        **{name: [line for line in every if line.strip()] for name, every in lines.items()},
        sources=sources,
        more=more,
        reviewed=entry.reviewed,
    )


def _entry(who: Conversation, argument: str, scene: Scene) -> Turn:
    entry = scene.library.articles.get(argument)
    return _unknown(who, scene) if entry is None else _answered(who, entry, who.wondered, scene)


def _helped(who: Conversation, argument: str, scene: Scene) -> Turn:
    """Whether an entry helped, noted by its id alone; what it did not help with is left for the editors."""
    verdict, _, name = argument.partition(":")
    if verdict not in {"yes", "no"} or name not in scene.library.articles:
        return Turn(who)
    left = who.wondered if verdict == "no" else ""
    thanks = beside(who, scene, f"helped.thanks_{verdict}", kept=bool(left))
    return replace(thanks, show=False, unanswered=left).noting("helped", f"{verdict} {name}")


def _none_of_them(who: Conversation, _argument: str, scene: Scene) -> Turn:
    """None of the entries offered was meant."""
    return _unanswered(_unknown(who, scene), "none_of_them", who.wondered)


def _ask(who: Conversation, argument: str, scene: Scene) -> Turn:
    if argument.strip():
        return answer_question(who, argument, scene)
    return Turn(who, (Reply(blocks=(scene.text(who, "ask.prompt"),)),), show=False)


ABILITY = Ability(
    name="ask",
    commands={"ask": _ask},
    verbs={"entry": _entry, "ask": _ask, "none_of_them": _none_of_them, "helped": _helped},
)
