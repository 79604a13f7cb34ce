"""Killing for real: a child process walks the house on a file and is shot at a chosen statement."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from sqlalchemy import Engine, event


def shot_at(store: Engine, statement: int, work: Callable[[], None]) -> bool:
    """Run work in a forked child that kills itself with SIGKILL before its n-th statement or commit.

    Returns whether the child was shot; False when it ended by itself with fewer statements.
    """
    child = os.fork()
    if child == 0:
        _load_gun(store, statement)
        work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _load_gun(store: Engine, statement: int) -> None:
    store.dispose(close=False)
    fired = 0

    def count(*_args: object) -> None:
        nonlocal fired
        fired += 1
        if fired == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(store, "before_cursor_execute", count)
    event.listen(store, "after_cursor_execute", count)
    event.listen(store, "commit", count)
