"""Share: whether outcomes may be counted among others, or become part of an anonymised example; taken back any time."""

from __future__ import annotations

from bot.dialogue.cards import CARD
from bot.dialogue.conversation import Conversation
from bot.dialogue.followed import Sharing
from bot.dialogue.messages import Button, Reply
from bot.dialogue.scene import Ability, Scene, Turn

CHOICES = ("case", "counted", "no")


def _share(who: Conversation, argument: str, scene: Scene) -> Turn:
    """The question with the answer that stands; an answer changes nothing else, and what was shared goes at once."""
    if argument not in CHOICES:
        return Turn(who, (_card(who, scene, "share.ask"),), show=False)
    answer = Sharing(answered_at=scene.now, counted=argument != "no", case=argument == "case")
    after = who.but(following=who.following.but(sharing=answer))
    return Turn(after, (_card(after, scene, f"share.{argument}"),), show=False).noting("sharing", argument)


def _card(who: Conversation, scene: Scene, key: str) -> Reply:
    stands = who.following.sharing
    now = "case" if stands.case else "counted" if stands.counted else "no"
    asked = stands.answered_at is None or key == "share.ask"
    words = scene.text(who, key, now=now if stands.answered_at is not None else "")
    rows: list[tuple[Button, ...]] = []
    if asked:
        rows += [(scene.button(who, f"share.yes_{choice}", f"share:{choice}"),) for choice in CHOICES]
    else:
        rows.append((scene.button(who, "share.change", "share:"), scene.button(who, "share.data", "data:")))
    return Reply(blocks=(words,), buttons=(*rows, (scene.button(who, "menu.back", "menu:"),)), slot=CARD)


ABILITY = Ability(name="share", verbs={"share": _share})
