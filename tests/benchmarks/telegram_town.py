"""A thin, fast stand-in for the platform: chats, cards and plausible results, cheap enough to keep any bot busy.

The strict street of the playground judges every call; this one only keeps what a person needs to answer the next
card, so that the measured bot and not its surroundings is what takes time.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

Wire = dict[str, Any]

TOKEN = "7000000001:benchmark-only"
BOT: Wire = {
    "id": 7000000001,
    "is_bot": True,
    "first_name": "Bench",
    "username": "bench_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}
_TOLD: dict[str, object] = {
    "getme": BOT,
    "getmycommands": [],
    "getchatadministrators": [],
    "getmyname": {"name": ""},
    "getmydescription": {"description": ""},
    "getmyshortdescription": {"short_description": ""},
    "getchatmenubutton": {"type": "default"},
}
"""What calls that ask for something are told."""

RETRY_AFTER = 5


@dataclass(frozen=True)
class Card:
    """What stands before a person: the message's id, its text and its buttons as labels and data."""

    message: int
    text: str
    buttons: tuple[tuple[str, str], ...]


@dataclass
class Chat:
    """One private chat and what is going on in it; times are of the monotonic clock."""

    id: int
    messages: dict[int, Wire] = field(default_factory=dict)
    card: Card | None = None
    news: asyncio.Event = field(default_factory=asyncio.Event)
    queue: asyncio.Lock = field(default_factory=asyncio.Lock)
    handed_at: float | None = None
    called_at: float = 0.0
    refuse_next: bool = False
    refused_until: float = 0.0
    too_early: int = 0
    refused: int = 0


class Town:
    """Everything the bot can see and change."""

    def __init__(self) -> None:
        """A town without people."""
        self.first = int(time.time() * 1000)
        """The id of the first person: nobody of an earlier run comes back, where a database outlives a run."""

        self.chats: dict[int, Chat] = {}
        self.hook: Wire = {}
        self.methods: dict[str, int] = {}
        self.latencies: list[tuple[int, float, float]] = []
        """Chat, when an update was handed over, and the seconds until the first call about that chat."""

        self.complaints: list[str] = []
        self._presses: dict[str, int] = {}

    def chat(self, number: int) -> Chat:
        """The chat of that id, which comes to be when first asked for."""
        return self.chats.setdefault(number, Chat(number))

    def message(self, chat: Chat, sender: Wire, **content: object) -> Wire:
        """A new message of a chat."""
        number = len(chat.messages) + 1
        place = {"id": chat.id, "type": "private", "first_name": "Person"}
        chat.messages[number] = {
            "message_id": number,
            "from": sender,
            "chat": place,
            "date": int(time.time()),
            **content,
        }
        return chat.messages[number]

    def pressed(self, query: str, chat: Chat) -> None:
        """Remember whose press a query is, to know whom its answer is for."""
        self._presses[query] = chat.id

    def waits(self) -> list[tuple[int, float, float]]:
        """The latencies, and for updates that no call has come about so long as they have waited by now."""
        now = time.monotonic()
        waiting = [(one.id, one.handed_at) for one in self.chats.values() if one.handed_at is not None]
        return [*self.latencies, *((chat, at, now - at) for chat, at in waiting)]

    def handed(self, chat: Chat) -> None:
        """An update about this chat is on its way to the bot."""
        chat.handed_at = time.monotonic()

    def call(self, method: str, params: Wire) -> tuple[int, Wire]:
        """The HTTP code and the body that answer a call."""
        method = method.lower()
        self.methods[method] = self.methods.get(method, 0) + 1
        chat = self._about(method, params)
        if chat is not None and self._refuses(chat, method):
            return self._too_many(chat)
        if method.startswith("send") and method != "sendchataction" and chat is not None:
            return _fine(self._send(chat, params))
        if method.startswith("edit") and chat is not None:
            return self._edit(chat, params)
        if method in {"setwebhook", "deletewebhook"}:
            self.hook = {name: value for name, value in params.items() if value}
        return _fine(self._told(method))

    def _told(self, method: str) -> object:
        """What any other call gives: something of the right shape."""
        if method == "getwebhookinfo":
            return {"url": self.hook.get("url", ""), "has_custom_certificate": False, "pending_update_count": 0}
        return _TOLD.get(method, {} if method.startswith("get") else True)

    def _about(self, method: str, params: Wire) -> Chat | None:
        """The chat that a call is about; its first call after an update ends the wait that is measured."""
        known = params.get("chat_id") or self._presses.get(str(params.get("callback_query_id", "")))
        if known is None:
            return None
        chat = self.chat(int(known))
        chat.called_at = time.monotonic()
        if chat.handed_at is not None and method != "sendchataction":
            self.latencies.append((chat.id, chat.handed_at, chat.called_at - chat.handed_at))
            chat.handed_at = None
        return chat

    def _refuses(self, chat: Chat, method: str) -> bool:
        if not method.startswith(("send", "edit")):
            return False
        now = time.monotonic()
        if chat.refuse_next:
            chat.refuse_next, chat.refused_until = False, now + RETRY_AFTER
            return True
        chat.too_early += now < chat.refused_until
        return now < chat.refused_until

    def _too_many(self, chat: Chat) -> tuple[int, Wire]:
        chat.refused += 1
        left = max(1, round(chat.refused_until - time.monotonic()))
        words = f"Too Many Requests: retry after {left}"
        return 429, {"ok": False, "error_code": 429, "description": words, "parameters": {"retry_after": left}}

    def _send(self, chat: Chat, params: Wire) -> Wire:
        content = {"text": params.get("text") or params.get("caption", "")}
        message = self.message(chat, BOT, **content)
        self._show(chat, message, params)
        return message

    def _edit(self, chat: Chat, params: Wire) -> tuple[int, Wire]:
        message = chat.messages.get(int(params.get("message_id", 0)))
        if message is None:
            return self._complain("Bad Request: message to edit not found")
        before = (message["text"], message.get("reply_markup"))
        message["text"] = params.get("text") or params.get("caption") or message["text"]
        message.pop("reply_markup", None)
        self._show(chat, message, params)
        if (message["text"], message.get("reply_markup")) == before:
            return self._complain("Bad Request: message is not modified")
        return _fine(message)

    def _show(self, chat: Chat, message: Wire, params: Wire) -> None:
        markup = params.get("reply_markup") or {}
        markup = json.loads(markup) if isinstance(markup, str) else markup
        rows = markup.get("inline_keyboard", [])
        buttons = tuple(
            (one["text"], one["callback_data"]) for row in rows for one in row if one.get("callback_data") is not None
        )
        if not buttons:
            return
        message["reply_markup"] = markup
        chat.card = Card(message["message_id"], message["text"], buttons)
        chat.news.set()

    def _complain(self, words: str) -> tuple[int, Wire]:
        self.complaints.append(words)
        return 400, {"ok": False, "error_code": 400, "description": words}


def _fine(result: object) -> tuple[int, Wire]:
    return 200, {"ok": True, "result": result}
