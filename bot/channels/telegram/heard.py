"""What was heard: one update of Telegram in plain words, with an arrival for the dialogue or the reason for none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from bot.dialogue.messages import Arrival

Reason = Literal[
    "",
    "foreign",  # a press on a button of somebody else's
    "forged",  # a press with data that we never sealed, or sealed with a key that is gone
    "edited",  # an older text was changed
    "anonymous",  # an administrator who speaks as the group
    "channel",  # a channel speaks, or something happens in one
    "bot",  # another bot speaks
    "not_addressed",  # group talk that is not for us
    "other_bot",  # a command for another bot
    "service",  # something happened in the chat that nobody said
    "blocked",
    "unblocked",
    "added",  # we came into a group
    "removed",  # we were taken out of a group, or left
    "rights",  # our rights in a group changed
    "member",  # somebody's standing in a group changed
    "demoted",  # somebody leads a group no more
    "topic_closed",  # nobody may write in a topic of a forum
    "topic_opened",  # people may write there again
    "poll",  # how many chose what in a poll of ours
    "moved",  # the group has another id now
    "unknown",  # a kind of update that we do not know
]


@dataclass(frozen=True, slots=True)
class Attached:
    """A document that came along, by the platform's handle of it, with its name and its size in bytes where told."""

    file_id: str
    name: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Heard:
    """One update for the door.

    ``kind`` is Telegram's word for the update; ``key`` tells repeats apart. ``chat_kind`` is ``private``, ``group``,
    ``supergroup``, ``channel`` or empty; ``conversation`` is empty where nobody talks with us. ``whisper`` numbers a
    message that only we and its sender see. ``secondhand`` words were forwarded or made by another bot: whoever sent
    them need not have meant them, so no operator's command may come from them. What is ``attached`` is a document
    of somebody's own, sent in private. With ``moved_to`` the chat
    ``chat_id`` has that id from now on. Either ``arrival`` is there or ``reason`` says why not; a command of somebody
    who writes as a group or a channel has both, for nobody in particular gave it.
    """

    update_id: int
    kind: str
    reason: Reason = ""
    arrival: Arrival | None = None
    chat_id: int = 0
    chat_kind: str = ""
    user_id: int = 0
    thread_id: int | None = None
    message_id: int | None = None
    query_id: str | None = None
    whisper: int | None = None
    moved_to: int | None = None
    edited: bool = False
    secondhand: bool = False
    locale: str | None = None
    attached: Attached | None = None

    @property
    def key(self) -> str:
        """The key under which repeats of this update are known."""
        return key_of(self.update_id)

    @property
    def group(self) -> bool:
        """Whether it came from a group, where nothing personal is ever asked or told."""
        return self.chat_kind in {"group", "supergroup"}

    @property
    def conversation(self) -> str:
        """The conversation it belongs to: that of the private chat, or of the group."""
        return f"tg:{self.chat_id}" if self.chat_id else ""


def key_of(update_id: int) -> str:
    """The key of an update."""
    return f"tg:{update_id}"


def told_arrival(heard: Heard, at: dt.datetime) -> Arrival | None:
    """The arrival for the dialogue: how far it is the person's own, and a kind word for a text that was changed."""
    if heard.reason == "edited" and heard.chat_kind == "private":
        return Arrival(key=heard.key, at=at, media="edited")
    if heard.group and heard.reason in {"added", "removed"}:
        return Arrival(key=heard.key, at=at, public=True, happened=heard.reason, locale=heard.locale)
    arrival = heard.arrival
    if arrival is None:
        return None
    if heard.group:
        return arrival.model_copy(update=_in_a_group(heard))
    secondhand = heard.secondhand or (heard.chat_kind == "private" and heard.user_id != heard.chat_id)
    return arrival.model_copy(update={"secondhand": True}) if secondhand else arrival


def _in_a_group(heard: Heard) -> dict[str, object]:
    """Who spoke in a group and where; whoever writes as the group or a channel is nobody in particular."""
    return {
        "public": True,
        "secondhand": heard.secondhand,
        "speaker": None if heard.reason in {"anonymous", "channel"} else f"tg:{heard.user_id}",
        "topic": heard.thread_id,
        "place": heard.message_id,
        "press": heard.query_id,
    }
