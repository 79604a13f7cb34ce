"""A small set of people and groups that the tests of the street play on."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.channels.playground.clocks import HandClock
from bot.channels.playground.person import Person
from bot.channels.playground.place import Place
from bot.channels.playground.street import Street
from bot.channels.playground.town.limits import Limits
from bot.channels.playground.town.town import Setup
from bot.channels.playground.wire import Call, Upload, Wire


@dataclass(frozen=True)
class Said:
    """What the street answered to a call."""

    code: int
    body: Wire

    @property
    def result(self) -> Wire:
        """The result of a call that went well."""
        assert self.code == 200, self.body
        return self.body["result"]


class Stage:
    """Alice started the bot; Bob is known from the group only; Carol owns the groups; Dan was never seen."""

    def __init__(self, limits: Limits | None = None, seed: int = 1, **setup: object) -> None:
        self.clock = HandClock()
        self.street = Street(seed, self.clock, Setup(limits=limits, **setup), diary=True)
        self.alice, self.bob, self.carol, self.dan = map(self.street.person, ("alice", "bob", "carol", "dan"))
        self.alice.starts()
        self.talk = self.street.group("Talk", self.carol, (self.alice, self.bob))
        self.small = self.street.group("Small", self.carol, (self.alice, self.bob), kind="group")
        self.forum = self.street.group("Forum", self.carol, (self.alice, self.bob), forum=True)
        self.bob.says(self.talk, f"hello @{self.street.town.bot.username}")
        self.street.town.updates.waiting.clear()

    def call(self, method: str, files: dict[str, bytes] | None = None, **params: object) -> Said:
        """Call a method as the bot."""
        uploads = {name: Upload(f"{name}.bin", data) for name, data in (files or {}).items()}
        answer = self.street.call(Call(method, params, uploads))
        return Said(answer.code, {} if answer.body.startswith(b"<html>") else json.loads(answer.body))

    def send(self, chat: Person | Place | None = None, text: str = "hello", **params: object) -> Said:
        """Send a text, to Alice unless told otherwise."""
        return self.call("sendMessage", chat_id=(chat or self.alice).id, text=text, **params)

    def updates(self) -> list[Wire]:
        """What waits for the bot, without confirming it."""
        return [update.wire() for update in self.street.town.updates.waiting.values()]

    def kinds(self) -> list[str]:
        """The kinds of the updates that wait."""
        return [update.kind for update in self.street.town.updates.waiting.values()]


def buttons(*labels: str, data: str = "") -> Wire:
    """An inline keyboard of one row; each button's data are its label unless given."""
    return {"inline_keyboard": [[{"text": label, "callback_data": data or label} for label in labels]]}
