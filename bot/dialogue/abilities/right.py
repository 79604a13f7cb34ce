"""Was this right: yes, partly or no, noted by its code alone, and the way to tell the line as it is now."""

from __future__ import annotations

from bot.dialogue.cards import CARD
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Reply
from bot.dialogue.scene import Ability, Scene, Turn

ANSWERS = ("yes", "partly", "no")


def _right(who: Conversation, argument: str, scene: Scene) -> Turn:
    if argument in ANSWERS:
        line = (scene.button(who, "right.line", "edit:current_line"),)
        back = (scene.button(who, "estimate.return", "result:"),)
        words = scene.text(who, "right.thanks", answer=argument)
        thanks = Reply(blocks=(words,), buttons=(line, back) if who.goal is not None else (back,), slot=CARD)
        return Turn(who, (thanks,), show=False).noting("right", argument)
    row = tuple(scene.button(who, f"right.{answer}", f"right:{answer}") for answer in ANSWERS)
    back = (scene.button(who, "estimate.return", "result:"),)
    return Turn(who, (Reply(blocks=(scene.text(who, "right.ask"),), buttons=(row, back), slot=CARD),), show=False)


ABILITY = Ability(name="right", verbs={"right": _right})
