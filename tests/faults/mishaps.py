"""Mishaps inside the process: it is killed at a drawn step, its store refuses for a while, its threads dawdle."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

T = TypeVar("T")

FULL = "database or disk is full"
LOCKED = "database is locked"


class Killed(KeyboardInterrupt):
    """The process is gone, as by kill -9: the loop lets this through at once, and nothing may catch it."""


@dataclass
class Fate:
    """What befalls one process: the step at which it dies, how its threads dawdle, and when its store refuses.

    A step is a statement that writes, a commit, a call before it leaves and after it came back, and the moment at
    which a thread has finished its work. ``dawdling`` is the longest that a thread waits, in seconds.
    """

    chance: Random
    clock: Callable[[], float]
    dies_at: int | None = None
    dawdling: float = 0.0
    steps: int = 0
    dead: str = ""
    trouble: str = ""
    trouble_until: float = 0.0
    refused: int = 0

    def step(self, where: str) -> None:
        """Take one step, unless this one is the last.

        Raises:
            Killed: at the step that was drawn, and at every attempt of the dead to go on.
        """
        self.steps += 1
        if self.steps == self.dies_at and not self.dead:
            self.dead = f"step {self.steps}, {where}"
        if self.dead:
            raise Killed(self.dead)

    def statement(self, words: str) -> None:
        """Let a statement through, or refuse it as a full disk or a locked database does."""
        if words.startswith("SELECT"):
            return
        self.step(words.split(" (", 1)[0][:24])
        if self.clock() < self.trouble_until:
            self.refused += 1
            raise OperationalError(words, {}, sqlite3.OperationalError(self.trouble))

    def run(self, work: Callable[[], T], /) -> Awaitable[T]:
        """Do work as a thread would: begun a little later, and its result heard of a little later still."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()

        def begin() -> None:
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - it is whoever waits that meets it
                self._later(loop, _told, done, None, error)
            else:
                self.step("work done")
                self._later(loop, _told, done, result, None)

        self._later(loop, begin)
        return done

    def _later(self, loop: asyncio.AbstractEventLoop, what: Callable[..., object], *args: object) -> None:
        if self.dawdling and self.chance.random() < 0.3:
            loop.call_later(self.chance.random() * self.dawdling, what, *args)
        else:
            what(*args)


def _told(done: asyncio.Future[T], result: T, error: Exception | None) -> None:
    """Tell whoever still waits."""
    if done.done():
        return
    if error is not None:
        done.set_exception(error)
    else:
        done.set_result(result)


def _nothing() -> None:
    """Nobody asks."""


@dataclass
class Ledger:
    """Who lives in a store at present, and who is told what is kept and undone there; the listeners stay."""

    fate: Fate | None = None
    committed: Callable[[], None] = _nothing
    undone: Callable[[], None] = _nothing

    def watch(self, store: Engine) -> None:
        """Let the present fate see every statement and commit of a store."""
        event.listen(store, "before_cursor_execute", self._statement)
        event.listen(store, "commit", self._commit)
        event.listen(store, "rollback", lambda _connection: self.undone())

    def _statement(self, _connection: Connection, _cursor: object, words: str, *_more: object) -> None:
        if self.fate is not None:
            self.fate.statement(words)

    def _commit(self, _connection: Connection) -> None:
        if self.fate is not None:
            self.fate.step("commit")
        self.committed()
