"""Errands: what has fallen due becomes a letter like any other, so that there is one way in and one way out."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine

from bot.service.moments import milliseconds
from bot.store.engine import reading, writing
from bot.store.falling_due import any_table, anything_due, call_in, call_to_tables, tell_of_promise
from bot.store.inbox import unfinished
from bot.store.outbox import Promise, is_promised, keep_promise


def to_do(store: Engine, now: dt.datetime, grace_ms: int) -> tuple[str, ...]:
    """Conversations with letters that nobody took for so long, promises that nobody delivers, or something due now."""
    now_ms = milliseconds(now)
    with reading(store) as connection:
        waiting = unfinished(connection, now_ms, now_ms - grace_ms)
        due, tables = anything_due(connection, now_ms), any_table(connection, now_ms)
    if not due and not tables:
        return waiting
    with writing(store) as connection:
        called = (*(call_in(connection, now) if due else ()), *call_to_tables(connection, now))
    return tuple(dict.fromkeys((*waiting, *called)))


def let_go(store: Engine, conversation: str, promise: Promise, owner: str, now: dt.datetime) -> str:
    """Why a promise that lapses is not to be kept any more: "taken back" or "lapsed"; empty where it is to be.

    When it came too late, whoever made it decides in a turn what becomes of it.
    """
    with reading(store) as connection:
        if not is_promised(connection, promise.id, owner):
            return "taken back"
    if promise.reply.lapses is None or now < promise.reply.lapses:
        return ""
    with writing(store) as connection:
        if keep_promise(connection, promise.id, owner):
            tell_of_promise(connection, conversation, promise.id, "lapsed", now)
    return "lapsed"
