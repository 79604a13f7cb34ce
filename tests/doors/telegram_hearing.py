"""A stage whose updates are heard, for the tests of the Telegram door."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from telegram import Update

from bot.channels.playground.sights import Sight
from bot.channels.playground.wire import Wire
from bot.channels.telegram.heard import Heard
from bot.channels.telegram.sealing import seal
from bot.channels.telegram.translating import arrival_of, read_update
from tests.street.stage import Stage

AT = dt.datetime(2026, 11, 21, 10, 0, tzinfo=dt.UTC)
KEY = b"k" * 32
_HAPPENINGS = {"rights", "demoted", "topic_closed", "topic_opened"}
"""What nobody said, but befalls a group so that a turn may answer."""


@dataclass
class Hearing:
    """A stage whose updates are heard."""

    stage: Stage = field(default_factory=Stage)

    @property
    def name(self) -> str:
        """Our name."""
        return self.stage.street.town.bot.username

    def all(self, open_message: int | None = None) -> list[Heard]:
        """Everything that waits, as it is heard."""
        return [self.hear(told, open_message) for told in self.stage.updates()]

    def hear(self, told: Wire, open_message: int | None = None) -> Heard:
        """One update as it is heard; the lightened reading and the full one must agree."""
        heard = arrival_of(read_update(told), KEY, self.name, AT, open_message)
        assert heard == arrival_of(Update.de_json(dict(told), None), KEY, self.name, AT, open_message)
        hidden = heard.reason in {"anonymous", "channel"} and heard.arrival is not None
        happened = heard.arrival is not None and heard.arrival.happened is not None
        assert hidden or happened or (heard.arrival is None) != (heard.reason == "")
        assert happened == (heard.group and heard.reason in _HAPPENINGS)
        return heard

    def last(self, open_message: int | None = None) -> Heard:
        """The newest update as it is heard."""
        return self.all(open_message)[-1]

    def card(self, chat: int, who: int, action: str = "pick:kind:0", revision: int = 5) -> Sight:
        """A message of ours with one button ``x`` sealed for somebody."""
        data = seal(KEY, who, revision, action)
        markup = {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}
        number = self.stage.call("sendMessage", chat_id=chat, text="card", reply_markup=markup).result["message_id"]
        return Sight(self.stage.street.town, self.stage.street.town.chats[chat].messages[number])
