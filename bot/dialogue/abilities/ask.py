"""A free question at any moment: the nearest sourced entry, a choice when unsure, and plain words when unknown."""

from __future__ import annotations

from bot.dialogue.cards import said
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Button, Reply
from bot.dialogue.scene import Ability, Scene, Turn
from bot.dialogue.sources import source_lines
from knowledge.entries import Article
from knowledge.finding import Finding

_SHORTEST = 2


def answer_question(who: Conversation, text: str, scene: Scene) -> Turn:
    """Answer a sentence from the library, offer three nearest when unsure, or say plainly that we do not know."""
    if len(text.strip()) < _SHORTEST:
        return Turn(who, (Reply(blocks=(scene.text(who, "ask.prompt"),)),))
    finding = scene.library.finder.find(text)
    if not finding.in_scope:
        return Turn(who, (Reply(blocks=(scene.text(who, "ask.out_of_scope"),)),)).noting("unanswered", "out_of_scope")
    entry = scene.library.articles.get(finding.entries[0]) if finding.entries else None
    if entry is None or finding.unsure:
        return _choices(who, finding, scene)
    return _answered(who, entry, scene)


def _answered(who: Conversation, entry: Article, scene: Scene) -> Turn:
    return Turn(who, (article_reply(who, entry, scene),)).noting("answered", entry.id)


def _choices(who: Conversation, finding: Finding, scene: Scene) -> Turn:
    entries = [scene.library.articles[name] for name in finding.entries[:3] if name in scene.library.articles]
    rows = tuple((Button(label=said(who, scene, e.title), action=f"entry:{e.id}"),) for e in entries)
    key = "ask.unsure" if rows else "ask.unknown"
    reply = Reply(blocks=(scene.text(who, key),), buttons=rows)
    return Turn(who, (reply,), show=not rows).noting("unsure", finding.intents[0][0] if finding.intents else "")


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
    return Reply(blocks=(block,), buttons=rows if who.consent_at is not None and who.adult else ())


def _entry(who: Conversation, argument: str, scene: Scene) -> Turn:
    entry = scene.library.articles.get(argument)
    if entry is None:
        return Turn(who, (Reply(blocks=(scene.text(who, "ask.unknown"),)),))
    return _answered(who, entry, scene)


def _ask(who: Conversation, argument: str, scene: Scene) -> Turn:
    if argument.strip():
        return answer_question(who, argument, scene)
    return Turn(who, (Reply(blocks=(scene.text(who, "ask.prompt"),)),), show=False)


ABILITY = Ability(name="ask", commands={"ask": _ask}, verbs={"entry": _entry, "ask": _ask})
