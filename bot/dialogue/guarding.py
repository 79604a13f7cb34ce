"""Protection before any answer: words of danger, scams and distress are met first, at every state."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Button, Reply, Text
from bot.dialogue.scene import Scene, Turn
from knowledge.entries import Guard
from knowledge.library import Library

DEBT_GUARD = "over_indebted"
MINOR_GUARD = "minor"
GRAVE = frozenset({"self_harm", MINOR_GUARD})
"""Guards after which nothing but a clear word leads on."""


def heard_guard(text: str, library: Library) -> Guard | None:
    """The most urgent guard that the words set off, or None."""
    return library.watch.first(text)


def guarded(who: Conversation, guard: Guard, scene: Scene) -> Turn:
    """The reviewed reply of a guard; one that suspends pauses everything until the person says to go on."""
    paused = who.but(paused_by=guard.id) if guard.suspends else who
    buttons = _ways_on(paused, guard, scene)
    words = guard.reply.said_in(who.language)
    reply = Reply(blocks=(Text(markup=scene.library.phrases.in_script(who.language, words)),), buttons=buttons)
    return Turn(paused, (reply,), show=not guard.suspends).noting("guard", guard.id)


def still_paused(who: Conversation, scene: Scene) -> Turn:
    """While a guard holds: a short gentle word and the ways on, never the questionnaire."""
    guard = scene.library.guards.get(who.paused_by or "")
    # a guard that another version knew is gone, and whoever it paused must still find a way on
    ways = ((scene.button(who, "guard.resume", "resume:"),),) if guard is None else _ways_on(who, guard, scene)
    grave = guard is None or guard.id in GRAVE
    words = scene.text(who, "guard.still_here" if grave else "guard.still_careful", guard=who.paused_by)
    reply = Reply(blocks=(words,), buttons=ways)
    return Turn(who, (reply,), show=False)


def resume(who: Conversation, _argument: str, _scene: Scene) -> Turn:
    """Go on where the guard had stopped, because the person asked to."""
    return Turn(who.but(paused_by=None))


def _ways_on(who: Conversation, guard: Guard, scene: Scene) -> tuple[tuple[Button, ...], ...]:
    if guard.id == MINOR_GUARD:
        return (
            (scene.button(who, "age.minor", "age:minor"),),
            (scene.button(who, "age.adult", "age:adult"),),
        )
    if guard.id == DEBT_GUARD and who.consent_at is not None:
        return ((scene.button(who, "guard.debt_path", "goal:budget"),),)
    if guard.suspends:
        return ((scene.button(who, "guard.resume", "resume:"),),)
    return ()
