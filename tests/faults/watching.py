"""Watching: what the bot took in, decided and sent, seen from outside while it runs."""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import NamedTuple
from unittest.mock import patch

from sqlalchemy import Connection, Engine
from telegram.error import NetworkError
from telegram.request import RequestData

from bot.channels.playground.faces.in_process import StreetRequest
from bot.channels.playground.street import Answer, Street
from bot.channels.playground.town.updates import Update
from bot.channels.playground.wire import Call
from bot.channels.telegram.joining import Parts
from bot.dialogue.conversation import Conversation
from bot.dialogue.listening import listen
from bot.dialogue.messages import Arrival
from bot.dialogue.scene import Scene, Turn
from bot.service import reception
from bot.service.carrying import Outcome
from bot.service.committing import Taken
from bot.store.inbox import Waiting
from bot.store.outbox import Lease, Promise
from tests.faults.mishaps import Fate

_CARRIED: ContextVar[Promise | None] = ContextVar("carried", default=None)
_PATIENCE = 5.0
_AMBIGUOUS = frozenset({"drop_after", "reset_midway"})


class Called(NamedTuple):
    """One call as the platform saw it: when, what, for which chat and press, the promise behind it, and the answer."""

    at: float
    method: str
    chat: str
    query: str
    along: bool
    promise: Promise | None
    code: int
    fault: str
    retry: int
    shown: int

    @property
    def unsure(self) -> bool:
        """Whether the bot could not know that the platform had accepted it."""
        return self.code == 200 and self.fault != ""


class Taking(NamedTuple):
    """One turn that was committed: from which conversation, for what, with what result; ``later`` its whole scene."""

    name: str
    before: Conversation
    arrival: Arrival
    turn: Turn
    scene: Scene


def meant(taking: Taking) -> str:
    """The action that was pressed, or that typed words stood for; empty for any other words."""
    arrival = taking.arrival
    return arrival.action or listen(taking.before, arrival.text or "", taking.scene) or ""


@dataclass
class Watch:
    """Everything that one street and all processes of one bot on it have done."""

    street: Street
    calls: list[Called] = field(default_factory=list)
    takings: list[Taking] = field(default_factory=list)
    pushed: list[Update] = field(default_factory=list)
    expired: set[int] = field(default_factory=set)
    kills: list[float] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    escaped: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    carried: dict[str, list[Promise]] = field(default_factory=lambda: defaultdict(list))
    _open: Taking | None = None

    def __post_init__(self) -> None:
        """Look over the street's shoulder."""
        street, queue = self.street, self.street.town.updates
        call, push, drop = street.call, queue.push, queue.drop_expired

        def called(one: Call, token: str | None = None) -> Answer:
            answer = call(one, token)
            if one.method.lower() != "getupdates":
                self.calls.append(self._seen(one, answer))
            return answer

        def pushed(*told: object) -> Update | None:
            update = push(*told)
            self.pushed.extend([] if update is None else [update])
            return update

        def dropped(now: float) -> None:
            self.expired |= {one.id for one in queue.waiting.values() if one.expires <= now}
            drop(now)

        street.call, queue.push, queue.drop_expired = called, pushed, dropped

    def _seen(self, call: Call, answer: Answer) -> Called:
        fault = answer.fault.kind if answer.fault else ""
        slow = fault == "slow" and answer.fault is not None and answer.fault.seconds <= _PATIENCE
        told = json.loads(answer.body) if answer.body.startswith(b"{") else {}
        result = told.get("result")
        return Called(
            self.street.town.now,
            call.method.lower(),
            call.text("chat_id"),
            call.text("callback_query_id"),
            call.method != call.method.lower(),
            _CARRIED.get(),
            answer.code,
            "" if slow else fault,
            told.get("parameters", {}).get("retry_after", 0),
            result.get("message_id", 0) if isinstance(result, dict) else 0,
        )

    def over(self, parts: Parts) -> None:
        """Look over the shoulder of a bot's carrier."""
        carry = parts.carrier.carry

        async def carried(conversation: str, promise: Promise) -> Outcome:
            _CARRIED.set(promise)
            self.carried[conversation].append(promise)
            try:
                return await carry(conversation, promise)
            finally:
                _CARRIED.set(None)

        parts.carrier.carry = carried

    @contextmanager
    def looking(self) -> Iterator[None]:
        """See every turn that is decided, and every line that is logged."""
        decide, decide_beside, commit = reception.take_turn, reception._decided, reception.committed
        decided: dict[int, Taking] = {}

        def seen(who: Conversation, arrival: Arrival, scene: Scene) -> Turn:
            return noted(who, arrival, scene, decide(who, arrival, scene))

        def seen_beside(store: Engine, who: Conversation, arrival: Arrival, scene: Scene) -> Turn:
            return noted(who, arrival, scene, decide_beside(store, who, arrival, scene))

        def noted(who: Conversation, arrival: Arrival, scene: Scene, turn: Turn) -> Turn:
            decided.clear()
            decided[id(turn)] = Taking(who.id, who, arrival, turn, scene)
            return turn

        def tried(on: Connection, waiting: Waiting, who: Conversation, turn: Turn, lease: Lease) -> Taken | None:
            taken = commit(on, waiting, who, turn, lease)
            self._open = decided.get(id(turn)) if taken is not None else None
            return taken

        ear = _Ear(self.lines)
        root = logging.getLogger()
        before = root.level
        root.addHandler(ear)
        root.setLevel(logging.INFO)
        try:
            with patch.multiple(reception, take_turn=seen, _decided=seen_beside, committed=tried):
                yield
        finally:
            root.removeHandler(ear)
            root.setLevel(before)

    def committed(self) -> None:
        """A transaction is kept: the turn in it counts."""
        self.takings += [self._open] if self._open is not None else []
        self._open = None

    def undone(self) -> None:
        """A transaction is undone, and with it the turn in it."""
        self._open = None


class _Ear(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.INFO)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(f"{record.levelname} {record.name}: {record.getMessage()} {record.exc_text or ''}")


class MortalRequest(StreetRequest):
    """The way to the street of a process that may die before a call leaves or after its answer came."""

    def __init__(self, street: Street, fate: Fate) -> None:
        super().__init__(street, _PATIENCE)
        self._fate = fate

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *more: object, **most: object
    ) -> tuple[int, bytes]:
        """Carry one call, and count it as two steps of this life."""
        name = url.rpartition("/")[2]
        self._fate.step(f"before {name}")
        code, body = await super().do_request(url, method, request_data, *more, **most)
        self._fate.step(f"after {name}")
        if body.startswith(b"<html>"):
            raise NetworkError("no Bot API server answered")
        return code, body
