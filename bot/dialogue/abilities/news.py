"""News: hear no more of what operators write to many people, or hear it again; nothing else changes."""

from __future__ import annotations

from bot.dialogue.abilities.data import show_data
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Reply
from bot.dialogue.scene import Ability, Scene, Turn


def _news(who: Conversation, argument: str, scene: Scene) -> Turn:
    """The wish, kept at once; under a message the open card stays as it is, among one's own data they are shown."""
    wish, _, number = argument.partition(":")
    if wish not in {"off", "on"}:
        return show_data(who, "", scene)
    after = who.but(quiet=wish == "off")
    words = scene.text(after, f"news.{wish}")
    if not number:
        shown = show_data(after, "", scene)
        first, *rest = shown.replies
        replies = (first.model_copy(update={"blocks": (words, *first.blocks)}), *rest)
        return Turn(after, replies, show=False, wants_held=shown.wants_held).noting("news", wish)
    known = number if number.isascii() and number.isdecimal() else "0"
    return Turn(after, (Reply(blocks=(words,)),), show=False).noting("news", f"{wish} {known[:12]}")


def _stop(who: Conversation, _argument: str, scene: Scene) -> Turn:
    return _news(who, "off:0", scene)


ABILITY = Ability(name="news", commands={"stop": _stop}, verbs={"news": _news})
