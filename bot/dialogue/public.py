"""Where others read along: general knowledge and warnings only, and the way to a private talk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.dialogue.abilities.ask import folded_reply
from bot.dialogue.choosing import COMMANDS, VERBS
from bot.dialogue.conversation import Conversation, Language
from bot.dialogue.guarding import heard_guard
from bot.dialogue.messages import Arrival, Reply, Text
from bot.dialogue.protected import DANGER, comforted, language_heard, protected_turn
from bot.dialogue.scene import Scene, Turn

_TONGUES: tuple[Language, ...] = ("zh", "zh-hant", "en")
_OPEN = frozenset({"ask", "entry", "none_of_them"})


def public_turn(who: Conversation, arrival: Arrival, scene: Scene) -> Turn:
    """One turn in a group: a question is answered from the library, everything else is for a private talk.

    Nothing of anybody's own is asked, told or kept here.
    """
    if arrival.found is not None:
        return protected_turn(who, arrival, scene)
    words, tongue = arrival.text or "", language_heard(arrival.text or "", who.language)
    guard = heard_guard(words, scene.library) if words else None
    if guard is not None and guard.id == DANGER:
        return comforted(who, arrival, tongue, scene)
    if guard is not None:
        said = scene.library.phrases.in_script(tongue, guard.reply.said_in(tongue))
        return Turn(who, (Reply(blocks=(Text(markup=said),)),), show=False).noting("guard", guard.id)
    asked, _, action = (arrival.action or "").rpartition("/")
    verb, _, argument = action.partition(":")
    if verb in _OPEN:
        tongue = next((one for one in _TONGUES if one == asked), who.language)
        return _in_tongue(who, tongue, lambda speaker: VERBS[verb](speaker, argument, scene), scene)
    if arrival.action is None and arrival.command in {None, "ask"}:
        turn = _in_tongue(who, tongue, lambda speaker: COMMANDS["ask"](speaker, words, scene), scene)
        return replace(turn, replies=tuple(one.model_copy(update={"answers": arrival.place}) for one in turn.replies))
    return Turn(who, (Reply(blocks=(scene.text(who, "group.private"),)),), show=False)


def _folded(turn: Turn, speaker: Conversation, scene: Scene) -> Turn:
    """An entry takes little room where many read: its short answer shows, the rest opens with a tap."""
    found = next((scene.library.articles.get(note.detail) for note in turn.notes if note.kind == "answered"), None)
    if found is None:
        return turn
    short = folded_reply(speaker, found, scene)
    return replace(turn, replies=tuple(reply.model_copy(update={"blocks": short.blocks}) for reply in turn.replies))


def _in_tongue(who: Conversation, tongue: Language, answer: Callable[[Conversation], Turn], scene: Scene) -> Turn:
    """An answer in the language of the question, which its buttons remember; the group keeps its own."""
    speaker = who.but(language=tongue)
    turn = _folded(answer(speaker), speaker, scene)
    replies = turn.replies if tongue == who.language else tuple(_marked(reply, tongue) for reply in turn.replies)
    return replace(turn, conversation=turn.conversation.but(language=who.language), replies=replies, show=False)


def _marked(reply: Reply, tongue: Language) -> Reply:
    rows = tuple(
        tuple(one.model_copy(update={"action": f"{tongue}/{one.action}"}) for one in row) for row in reply.buttons
    )
    return reply.model_copy(update={"buttons": rows})
