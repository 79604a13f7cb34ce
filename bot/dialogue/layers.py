"""Layers of a result: each opens on the message that shows it, and a tap leads back."""

from __future__ import annotations

from bot.dialogue.cards import CARD
from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import next_question
from bot.dialogue.messages import Block, Button, Reply
from bot.dialogue.scene import Scene, Turn

Rows = tuple[tuple[Button, ...], ...]


def at_result(who: Conversation, scene: Scene, *goals: str) -> bool:
    """Whether the interview of one of these goals is through, so that layers of its result may open."""
    return who.goal in goals and not who.reviewing and next_question(who, scene.library) is None


def layer(who: Conversation, scene: Scene, *blocks: Block, rows: Rows = ()) -> Turn:
    """One layer in place of the result's first screen, with the way back below its own buttons."""
    back = (scene.button(who, "layer.back", "result:"),)
    return Turn(who, (Reply(blocks=blocks, buttons=(*rows, back), slot=CARD),), show=False)


def outdated(who: Conversation, scene: Scene) -> Turn:
    """A layer of a result that no longer stands: say so and show what stands now."""
    return Turn(who, preface=scene.say(who, "card.gone"))
