"""The street itself: the one door for bots (calls and files) and for people, over one town and one clock."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock

from bot.channels.playground.clocks import Clock, wall_seconds
from bot.channels.playground.methods.receiving import check_still_polling, waits
from bot.channels.playground.methods.storing import BIGGEST_UPLOAD
from bot.channels.playground.methods.switchboard import obey
from bot.channels.playground.person import Person
from bot.channels.playground.place import Place
from bot.channels.playground.refusals.table import RefusedError, refuse
from bot.channels.playground.town.faults import Fault, Weather
from bot.channels.playground.town.records import ChatKind, Member
from bot.channels.playground.town.town import Setup, Town
from bot.channels.playground.wire import Call, Result

HTML_502 = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>"
)
_NOT_DONE = frozenset({"drop_before", "too_many", "bad_gateway"})


@dataclass(frozen=True)
class Answer:
    """What a bot gets back: HTTP code and body, the weather it comes through, and for a poll how long it may wait."""

    code: int
    body: bytes
    fault: Fault | None = None
    wait: int = 0
    ticket: int = 0


class Street:
    """People, groups and a bot, with everything that happens between them.

    ``street.person("alice").starts()`` says /start; the bot's answer then shows in ``alice.home.messages``. Bots come
    in through ``faces.in_process`` or ``faces.http``. Equal seeds, clocks and acts give equal streets. It may be used
    from several threads.
    """

    def __init__(
        self, seed: int = 1, clock: Clock = wall_seconds, setup: Setup | None = None, *, diary: bool = False
    ) -> None:
        """A street without people; with a ``diary`` it writes down everything that happens."""
        self.clock = clock
        self.town = Town(seed, setup or Setup())
        self.diary: list[str] | None = [] if diary else None
        self._lock = RLock()
        self._people: dict[str, Person] = {}
        self._listeners: list[Callable[[], None]] = []

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.town.token

    @property
    def weather(self) -> Weather:
        """What goes wrong between the bot and the platform."""
        return self.town.weather

    def call(self, call: Call, token: str | None = None) -> Answer:
        """Let the bot call a method, as the platform and the weather allow it.

        Args:
            call: the call.
            token: the token it came with, None for a caller known to be the bot.
        """
        with self.happening(""):
            answer = self._through_weather(call, token)
            if self.diary is not None:
                self.note(f"bot {call.method} {_plain(call)} -> {answer.code} {answer.body.decode(errors='replace')}")
        if answer.wait or call.method.lower() == "setwebhook":
            self.wake()
        return answer

    def call_again(self, call: Call, ticket: int) -> Answer:
        """Ask again for the updates that a poll waits for; while there are none, the answer says to wait on."""
        with self.happening(""):
            try:
                check_still_polling(self.town, ticket)
                result = obey(self.town, call)
            except RefusedError as refusal:
                return _refused(refusal)
            return _accepted(result, wait=int(result == []), ticket=ticket)

    def file(self, path: str, token: str | None = None) -> Answer:
        """The bytes of a file that getFile has named."""
        with self.happening(""):
            if token not in {None, self.token}:
                return _refused(refuse("token_wrong"))
            for stored in self.town.files.values():
                if stored.path == path:
                    return Answer(200, stored.data)
            return _refused(refuse("path_unknown"))

    def _through_weather(self, call: Call, token: str | None) -> Answer:
        if token not in {None, self.token}:
            return _refused(refuse("token_wrong"))
        if sum(len(upload.data) for upload in call.files.values()) > BIGGEST_UPLOAD:
            return _refused(refuse("body_too_big"))
        fault = self.weather.on_call(call.method)
        if fault is not None and fault.kind in _NOT_DONE:
            return _undone(fault)
        try:
            result = obey(self.town, call)
        except RefusedError as refusal:
            return _refused(refusal, fault)
        if call.method.lower() == "getupdates" and result == []:
            return _accepted(result, fault, waits(self.town, call), self.town.poller)
        return _accepted(result, fault)

    def person(self, name: str, language: str = "zh-hans", username: str = "") -> Person:
        """The person of that name, who moves in when first asked for."""
        if name not in self._people:
            with self.happening(f"{name} moves in"):
                user = self.town.move_in(name.capitalize(), username or name.lower(), language)
                self._people[name] = Person(self, user)
        return self._people[name]

    def other_bot(self, name: str) -> Person:
        """Another bot, which can be brought into groups and speak there."""
        if name not in self._people:
            self._people[name] = Person(self, self.town.move_in(name, f"{name.lower()}_bot", "", is_bot=True))
        return self._people[name]

    def group(
        self,
        title: str,
        owner: Person,
        members: tuple[Person, ...] = (),
        kind: ChatKind = "supergroup",
        *,
        forum: bool = False,
        bot: bool = True,
    ) -> Place:
        """A new group of an owner and members; the bot is brought in unless told otherwise."""
        with self.happening(f"{owner.name} opens {title}"):
            chat = self.town.found(kind, title, forum=forum)
            chat.members[owner.id] = Member(owner.id, "creator")
            chat.members |= {one.id: Member(one.id, "member") for one in members}
        place = Place(self, chat)
        if bot:
            owner.brings(place)
        return place

    def chat(self, number: int) -> Place:
        """The chat of that id.

        Raises:
            KeyError: when there is none.
        """
        return Place(self, self.town.chats[number])

    @contextmanager
    def happening(self, what: str) -> Iterator[None]:
        """Let something happen now: alone, at the clock's time, written down, with whoever waits for updates told."""
        with self._lock:
            self.tick()
            before = self.town.updates.next_id
            if what:
                self.note(what)
            yield
            news = before != self.town.updates.next_id
        if news:
            self.wake()

    def tick(self) -> None:
        """Let the town know what time it is; its time never turns back."""
        self.town.now = max(self.town.now, self.clock())

    def note(self, line: str) -> None:
        """Write a line into the diary, if one is kept."""
        if self.diary is not None:
            self.diary.append(f"{self.town.now:.3f} {line}")

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Have somebody called whenever there may be updates; the answer ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def wake(self) -> None:
        """Tell all who wait that something may be due: new updates, or a clock that was turned on."""
        for listener in list(self._listeners):
            listener()


def _plain(call: Call) -> str:
    """The call's parameters in one form, whichever face they came through."""
    params = {name: call.text(name) for name in call.params if call.given(name)}
    files = {name: f"{upload.name} ({len(upload.data)} bytes)" for name, upload in call.files.items()}
    return json.dumps({**params, **files}, ensure_ascii=False, sort_keys=True)


def _accepted(result: Result, fault: Fault | None = None, wait: int = 0, ticket: int = 0) -> Answer:
    return Answer(200, _body({"ok": True, "result": result}), fault, wait, ticket)


def _refused(refusal: RefusedError, fault: Fault | None = None) -> Answer:
    return Answer(refusal.rule.code, _body(refusal.body()), fault)


def _undone(fault: Fault) -> Answer:
    if fault.kind == "too_many":
        return _refused(refuse("too_many", retry_after=fault.seconds, seconds=fault.seconds))
    return Answer(502, HTML_502, fault)


def _body(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
