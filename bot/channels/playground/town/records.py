"""The records of the street: people, members, chats, messages, files, polls and presses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.channels.playground.wire import Wire

ChatKind = Literal["private", "group", "supergroup"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]
OWNERS: frozenset[Status] = frozenset({"creator", "administrator"})
PRESENT: frozenset[Status] = frozenset({"creator", "administrator", "member"})

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
SUPERGROUP_RIGHTS = ("can_pin_messages", "can_manage_topics")
"""Rights of administrators, everywhere and in supergroups besides."""

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
"""What ordinary members may be allowed or forbidden."""


@dataclass
class User:
    """Somebody: a person, our bot or another bot, and how the person stands to our bot."""

    id: int
    first_name: str
    username: str = ""
    language: str = ""
    is_bot: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    known: bool = False
    offline: bool = False


@dataclass
class Member:
    """How somebody stands in a chat; ``rights`` are an administrator's or a restricted member's."""

    user: int
    status: Status
    rights: dict[str, bool] = field(default_factory=dict)
    anonymous: bool = False
    title: str = ""
    until: int = 0
    inside: bool = True

    @property
    def present(self) -> bool:
        """Whether they are in the chat now."""
        return self.status in PRESENT or (self.status == "restricted" and self.inside)

    @property
    def in_charge(self) -> bool:
        """Whether they own or administer the chat."""
        return self.status in OWNERS

    def may(self, right: str) -> bool:
        """Whether an administrator holds the right; the owner holds all."""
        return self.status == "creator" or (self.status == "administrator" and self.rights.get(right, False))


@dataclass
class Topic:
    """A topic of a forum; its id is the message that opened it."""

    id: int
    name: str
    colour: int = 7322096
    closed: bool = False


@dataclass(frozen=True)
class Letter:
    """What goes around the content of a message: what it answers, its topic, who it speaks for, and marks of origin."""

    reply_to: int = 0
    thread: int = 0
    sender_chat: Wire | None = None
    extra: Wire = field(default_factory=dict)


@dataclass
class Message:
    """A message as it is kept: ``content`` and ``extra`` are parts of its form on the wire."""

    id: int
    chat: int
    date: int
    sender: int
    content: Wire
    sender_chat: Wire | None = None
    markup: Wire | None = None
    plain_keyboard: bool = False
    reply_to: int = 0
    thread: int = 0
    edit_date: int = 0
    extra: Wire = field(default_factory=dict)
    service: bool = False
    deleted: bool = False
    receiver: int = 0
    whisper: int = 0
    instead_of: int = 0
    reactions: dict[int, list[Wire]] = field(default_factory=dict)


@dataclass
class Chat:
    """A chat with all that happened in it; ``keyboard`` is the reply keyboard that shows now."""

    id: int
    kind: ChatKind
    title: str = ""
    username: str = ""
    forum: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    whispers: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    permissions: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(PERMISSIONS[:9], True))
    last_id: int = 0
    last_whisper: int = 0
    moved_to: int = 0
    last_bot: int = 0
    pinned: list[int] = field(default_factory=list)
    keyboard: Wire | None = None
    typing: tuple[str, float] = ("", 0.0)
    draft: tuple[str, float] = ("", 0.0)


@dataclass
class StoredFile:
    """A file that the platform keeps."""

    id: str
    unique: str
    kind: str
    name: str
    mime: str
    data: bytes
    path: str
    width: int = 0
    height: int = 0


@dataclass
class Poll:
    """A poll with its votes, option numbers by voter."""

    id: str
    chat: int
    question: str
    options: list[str]
    anonymous: bool = True
    kind: str = "regular"
    multiple: bool = False
    correct: int = -1
    explanation: str = ""
    closed: bool = False
    votes: dict[int, list[int]] = field(default_factory=dict)


@dataclass
class Press:
    """A button that was pressed; ``answer`` is what the bot said to it, None while the spinner turns."""

    id: str
    person: int
    chat: int
    message: int
    whisper: int
    data: str
    at: float
    answer: Wire | None = None
    answered_at: float = 0.0


@dataclass
class Webhook:
    """Where updates go; empty while the bot fetches them."""

    url: str = ""
    secret: str = ""
    connections: int = 40
    last_error: str = ""
    last_error_at: int = 0
