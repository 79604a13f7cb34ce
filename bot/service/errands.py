"""Errands: what has fallen due becomes a letter like any other, so that there is one way in and one way out."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, Engine

from bot.dialogue.news import hears_news
from bot.service.moments import milliseconds
from bot.store.barring import bar_of
from bot.store.conversations import load_conversation
from bot.store.engine import reading, writing
from bot.store.falling_due import any_table, anything_due, call_in, call_to_tables, tell_of_promise
from bot.store.inbox import unfinished
from bot.store.outbox import Promise, is_promised, keep_promise
from bot.store.recipients import DECLINED, GOING, PROMISED, WAITING, begin_sending, end_sending


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
    """Why a promise that lapses is not to be kept any more, in a word; empty where it is to be.

    When it came too late, whoever made it decides in a turn what becomes of it. News for many people are looked at
    once more, and noted as begun.
    """
    with reading(store) as connection:
        if not is_promised(connection, promise.id, owner):
            return "taken back"
    late = promise.reply.lapses is not None and now >= promise.reply.lapses
    if promise.reply.news is not None:
        return _begun(store, conversation, promise.id, owner, now, late=late)
    if not late:
        return ""
    with writing(store) as connection:
        if keep_promise(connection, promise.id, owner):
            tell_of_promise(connection, conversation, promise.id, "lapsed", now)
    return "lapsed"


def _begun(store: Engine, conversation: str, number: int, owner: str, now: dt.datetime, *, late: bool) -> str:
    """Note that one of many messages goes out now; empty where it does.

    One that was begun before, and of which nobody heard any more, may be there: it is not sent but looked for. At night
    it waits for the morning.
    """
    with writing(store) as connection:
        before = begin_sending(connection, number, milliseconds(now))
        why = "" if before == PROMISED else "unsure" if before == GOING else "taken back"
        if before == PROMISED and (late or not _may_be_told(connection, conversation)):
            why = "lapsed" if late else "declined"
            end_sending(connection, number, WAITING if late else DECLINED, milliseconds(now))
        if why:
            keep_promise(connection, number, owner)
    return why


def _may_be_told(connection: Connection, conversation: str) -> bool:
    """Whether news may go to somebody as things stand: they want them, and nobody has barred them."""
    who = load_conversation(connection, conversation)
    return hears_news(who) and bar_of(connection, conversation) is None
