"""Updates of those who have no business in the office, made by a seed: raw, as the platform would hand them over."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from random import Random
from typing import Any

from bot.admin.chatting import VERB
from bot.channels.telegram.joining import seal_keys
from bot.channels.telegram.sealing import seal
from tests.admin.lines import LINES
from tests.admin.offices import OfficeTown

Wire = dict[str, Any]
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.:!~ %"


class Intruder:
    """Makes attempts, each of another kind than the one before it."""

    def __init__(self, town: OfficeTown, group: int, seed: int) -> None:
        """Somebody who knows everything but the keys; ``town.other`` was an operator once."""
        self.town, self.group, self.chance = town, group, Random(seed)
        self._numbers = count(5_000_000)
        self._key = seal_keys(town.settings)[0]
        self.kinds: tuple[Callable[[], Wire], ...] = (
            lambda: self._typed(self._user(town.other.id)),
            lambda: self._typed(self._user(town.stranger.id)),
            lambda: self._typed(self._user(town.stranger.id, username="olivia", first_name="olivia")),
            lambda: self._typed(self._user(town.owner.id), forward_origin=self._origin()),
            lambda: self._typed(self._user(town.owner.id), via_bot={"id": 5, "is_bot": True, "first_name": "via"}),
            lambda: self._typed(self._user(town.owner.id), chat=self._home(town.stranger.id)),
            lambda: self._typed(self._user(town.stranger.id), chat=self._home(town.owner.id)),
            lambda: self._typed(self._user(town.owner.id), chat=self._room()),
            lambda: self._typed(ANONYMOUS, chat=self._room(), sender_chat=self._room()),
            lambda: self._typed(ANONYMOUS, chat=self._room(), sender_chat=self._channel()),
            lambda: self._typed(self._user(town.owner.id), "edited_message", edit_date=1_800_000_000),
            lambda: self._typed(self._user(town.owner.id), "channel_post", chat=self._channel()),
            lambda: self._typed({**self._user(town.owner.id), "is_bot": True}),
            lambda: self._pressed(town.stranger.id, self._noise()),
            lambda: self._pressed(town.owner.id, self._noise()),
            lambda: self._pressed(town.stranger.id, seal(self._key, town.owner.id, 3, self._action())),
            lambda: self._pressed(town.other.id, seal(self._key, town.other.id, 3, self._action())),
            lambda: self._pressed(town.stranger.id, seal(self._key, town.stranger.id, 3, self._action())),
            lambda: self._pressed(town.owner.id, seal(b"another key", town.owner.id, 3, self._action())),
            lambda: self._pressed(town.owner.id, self._cut(seal(self._key, town.owner.id, 3, self._action()))),
            lambda: self._pressed(town.owner.id, seal(self._key, self.group, 3, self._action()), self._room()),
        )

    def attempts(self, number: int) -> list[Wire]:
        """So many attempts, all kinds in turn."""
        return [self.kinds[at % len(self.kinds)]() for at in range(number)]

    def honest(self) -> Wire:
        """What the owner says: the one update that may come in, made in the same way as all the others."""
        return self._typed(self._user(self.town.owner.id), text="/admin roles")

    def _line(self) -> str:
        told = [*(given.line for given in LINES), "", "grant 77 auditor", "revoke 77", "grant %d owner", "audit verify"]
        line = self.chance.choice(told)
        return line.replace("%d", str(self.town.stranger.id))

    def _action(self) -> str:
        """An action of the office, sometimes one that says it is sure."""
        minute = int(self.town.clock() // 60) - self.chance.randrange(3)
        return VERB + (f"!{minute} " if self.chance.random() < 0.5 else "") + self._line()[:24]

    def _noise(self) -> str:
        words = "".join(self.chance.choice(_LETTERS) for _ in range(self.chance.randrange(1, 30)))
        return self.chance.choice([words, self._action(), f"3.{words[:11]}.{self._action()}"])[:64]

    def _cut(self, data: str) -> str:
        """A sealed button with a line behind its seal that none was ever sealed for."""
        number, mac, _ = data.split(".", 2)
        return f"{number}.{mac}.{VERB}grant 79 editor"

    def _typed(self, user: Wire, kind: str = "message", chat: Wire | None = None, **more: object) -> Wire:
        place = chat or self._home(user["id"])
        name = f"@{self.town.street.town.bot.username}" if place["type"] != "private" else ""
        text = f"/admin{name} {self._line()}".strip()
        entities = [{"type": "bot_command", "offset": 0, "length": len(f"/admin{name}")}]
        body = {"message_id": next(self._numbers), "date": int(self.town.clock()), "chat": place, "from": user}
        return {"update_id": next(self._numbers), kind: {**body, "text": text, "entities": entities, **more}}

    def _pressed(self, who: int, data: str, chat: Wire | None = None) -> Wire:
        bot = {"id": 9, "is_bot": True, "first_name": "us"}
        place = chat or self._home(who)
        message = {"message_id": 1, "date": int(self.town.clock()), "chat": place, "from": bot, "text": "card"}
        query = {"id": str(next(self._numbers)), "from": self._user(who), "message": message, "chat_instance": "1"}
        return {"update_id": next(self._numbers), "callback_query": {**query, "data": data}}

    def _user(self, number: int, **more: str) -> Wire:
        return {"id": number, "is_bot": False, "first_name": "somebody", "language_code": "en", **more}

    def _home(self, number: int) -> Wire:
        return {"id": number, "type": "private", "first_name": "somebody"}

    def _room(self) -> Wire:
        return {"id": self.group, "type": "supergroup", "title": "group"}

    def _channel(self) -> Wire:
        return {"id": -1_009_000_000_001, "type": "channel", "title": "channel"}

    def _origin(self) -> Wire:
        return {"type": "user", "date": int(self.town.clock()), "sender_user": self._user(self.town.owner.id)}
