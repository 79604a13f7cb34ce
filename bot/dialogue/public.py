"""Where others read along: general knowledge and warnings only, and the way to a private talk."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.choosing import COMMANDS, VERBS
from bot.dialogue.conversation import Conversation
from bot.dialogue.guarding import heard_guard
from bot.dialogue.messages import Arrival, Reply, Text
from bot.dialogue.protected import protected_turn
from bot.dialogue.scene import Scene, Turn

_OPEN = frozenset({"ask", "entry", "none_of_them"})


def public_turn(who: Conversation, arrival: Arrival, scene: Scene) -> Turn:
    """One turn in a group: a question is answered from the library, everything else is for a private talk.

    Nothing of anybody's own is asked, told or kept here.
    """
    if arrival.found is not None:
        return protected_turn(who, arrival, scene)
    words = arrival.text or ""
    guard = heard_guard(words, scene.library) if words else None
    if guard is not None:
        said = scene.library.phrases.in_script(who.language, guard.reply.said_in(who.language))
        return Turn(who, (Reply(blocks=(Text(markup=said),)),), show=False).noting("guard", guard.id)
    verb, _, argument = (arrival.action or "").partition(":")
    if verb in _OPEN:
        return replace(VERBS[verb](who, argument, scene), show=False)
    if arrival.action is None and arrival.command in {None, "ask"}:
        return replace(COMMANDS["ask"](who, words, scene), show=False)
    return Turn(who, (Reply(blocks=(scene.text(who, "group.private"),)),), show=False)
