"""Updates of those who have no business in the office, made by a seed: raw, as the platform would hand them over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count, cycle
from random import Random
from typing import Any

from bot.admin.chatting import VERB
from bot.channels.telegram.joining import seal_keys
from bot.channels.telegram.sealing import seal
from tests.admin.offices import OfficeTown

Wire = dict[str, Any]
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
_BOT = {"id": 9, "is_bot": True, "first_name": "us"}
_FITS = 24
"""Letters of a command line that fit into a button beside what proves it."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.:!~ %"


Kind = Callable[[str], Wire]
"""Makes an attempt out of a command line."""


class Intruder:
    """Makes attempts with every command: as somebody unauthorised, demoted or anonymous, and with what is forged."""

    def __init__(self, town: OfficeTown, group: int, seed: int) -> None:
        """Somebody who knows everything but the keys; ``town.other`` was an operator once."""
        self.town, self.group, self.chance = town, group, Random(seed)
        self._numbers = count(5_000_000)
        self._key = seal_keys(town.settings)[0]
        own, other, stranger = town.owner.id, town.other.id, town.stranger.id
        self.kinds: Mapping[str, tuple[Kind, ...]] = {
            "unauthorised": (
                lambda line: self._typed(line, self._user(stranger)),
                lambda line: self._typed(line, self._user(stranger, username="olivia", first_name="olivia")),
                lambda line: self._pressed(stranger, seal(self._key, stranger, 3, self._action(line))),
                lambda line: self._typed(line, self._user(stranger), chat=self._home(own)),
            ),
            "demoted": (
                lambda line: self._typed(line, self._user(other)),
                lambda line: self._pressed(other, seal(self._key, other, 3, self._action(line))),
                lambda line: self._pressed(other, seal(self._key, other, self._newest(), self._sure(line))),
            ),
            "anonymous": (
                lambda line: self._typed(line, ANONYMOUS, chat=self._room(), sender_chat=self._room()),
                lambda line: self._typed(line, ANONYMOUS, chat=self._room(), sender_chat=self._channel()),
                lambda line: self._typed(line, self._user(own), "channel_post", chat=self._channel()),
                lambda line: self._typed(line, self._user(own), chat=self._room()),
            ),
            "forged": (
                lambda line: self._typed(line, self._user(own), forward_origin=self._origin()),
                lambda line: self._typed(line, self._user(own), via_bot={**_BOT, "first_name": "via"}),
                lambda line: self._typed(line, self._user(own), chat=self._home(stranger)),
                lambda line: self._typed(line, self._user(own), "edited_message", edit_date=1_800_000_000),
                lambda line: self._typed(line, {**self._user(own), "is_bot": True}),
                lambda line: self._pressed(stranger, self._noise(line)),
                lambda line: self._pressed(own, self._noise(line)),
                lambda line: self._pressed(stranger, seal(self._key, own, 3, self._sure(line))),
                lambda line: self._pressed(own, seal(b"another key", own, 3, self._sure(line))),
                lambda line: self._pressed(own, self._cut(seal(self._key, own, 3, self._action(line)), line)),
                lambda line: self._pressed(own, seal(self._key, self.group, 3, self._sure(line)), self._room()),
            ),
        }

    def attempts(self, lines: Sequence[str], each: int) -> Iterator[Wire]:
        """With every line, so many attempts of each sort: all kinds of a sort in turn."""
        turns = {sort: cycle(kinds) for sort, kinds in self.kinds.items()}
        for line in lines:
            for sort, kinds in turns.items():
                yield from (next(kinds)(line) for _ in range(min(each, len(self.kinds[sort]))))

    def honest(self, line: str) -> Wire:
        """What the owner says: an update that may come in, made in the same way as all the others."""
        return self._typed(line, self._user(self.town.owner.id))

    def _action(self, line: str) -> str:
        """An action of the office, sometimes one that says it is sure."""
        return self._sure(line) if self.chance.random() < 0.5 else VERB + line[:_FITS]

    def _sure(self, line: str) -> str:
        minute = int(self.town.clock() // 60) - self.chance.randrange(3)
        return f"{VERB}!{minute} {line[:_FITS]}"

    def _newest(self) -> int:
        return self.town.conversation(self.town.other).shown

    def _noise(self, line: str) -> str:
        words = "".join(self.chance.choice(_LETTERS) for _ in range(self.chance.randrange(1, 30)))
        return self.chance.choice([words, self._sure(line), f"3.{words[:11]}.{self._sure(line)}"])[:64]

    def _cut(self, data: str, line: str) -> str:
        """A sealed button with a line behind its seal that none was ever sealed for."""
        number, mac, _ = data.split(".", 2)
        return f"{number}.{mac}.{self._sure(line)}"[:64]

    def _typed(self, line: str, user: Wire, kind: str = "message", chat: Wire | None = None, **more: object) -> Wire:
        place = chat or self._home(user["id"])
        name = f"@{self.town.street.town.bot.username}" if place["type"] != "private" else ""
        text = f"/admin{name} {line}".strip()
        entities = [{"type": "bot_command", "offset": 0, "length": len(f"/admin{name}")}]
        body = {"message_id": next(self._numbers), "date": int(self.town.clock()), "chat": place, "from": user}
        return {"update_id": next(self._numbers), kind: {**body, "text": text, "entities": entities, **more}}

    def _pressed(self, who: int, data: str, chat: Wire | None = None) -> Wire:
        place = chat or self._home(who)
        message = {"message_id": 1, "date": int(self.town.clock()), "chat": place, "from": _BOT, "text": "card"}
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
