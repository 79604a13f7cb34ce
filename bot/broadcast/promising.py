"""Promising: the steps of a broadcast in the store; each may be the last before a crash and is safe to do again."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from bot.broadcast.segments import some_of
from bot.dialogue.conversation import Conversation
from bot.dialogue.news import hears_news, news_from, news_reply
from bot.dialogue.scene import Scene
from bot.service.committing import LEASE_MS
from bot.service.moments import milliseconds
from bot.store import broadcasts, recipients
from bot.store.barring import bar_of
from bot.store.broadcasts import Broadcast
from bot.store.conversations import load_conversation, save_conversation
from bot.store.engine import reading, writing
from bot.store.outbox import Lease, Promise, promise, shown_card
from bot.store.recipients import Recipient
from knowledge.entries import Words

_HANDS = 24
"""So many messages of a broadcast may stand in the outbox and be due; about a second's."""

_MOST_HELD = 96
"""So many may stand there with those that the platform has asked to wait."""

_LEASE_MS = 8_000
"""How long a broadcast is somebody's to hand out without another look."""


class Post(NamedTuple):
    """A promise that is this worker's to deliver until a moment."""

    conversation: str
    promise: Promise
    until_ms: int


def work_at_hand(store: Engine, owner: str, now: dt.datetime, *, alone: bool) -> tuple[Broadcast, ...]:
    """The broadcasts that are under way or fall due, and that are this owner's to forward now."""
    now_ms = milliseconds(now)
    with reading(store) as connection:
        if not broadcasts.any_to_send(connection, now_ms):
            return ()
    with writing(store) as connection:
        return broadcasts.lease_broadcasts(connection, owner, now_ms, now_ms + _LEASE_MS, alone=alone)


def look_for(store: Engine, broadcast: Broadcast, after: str, scene: Scene) -> str | None:
    """Find some of the people of a broadcast, in order of their names; the name to go on after, None once all are.

    Whoever was found before a crash is found again and stays the one row that they were. Nobody gets anything before
    all are found.
    """
    now_ms, mine = milliseconds(scene.now), frozenset({broadcasts.SET, broadcasts.GATHERING})
    with reading(store) as connection:
        found, last = some_of(connection, broadcast.segment, after, scene.now)
    people = [(who.id, milliseconds(news_from(who, scene))) for who in found]
    with writing(store) as connection:
        if broadcast.state == broadcasts.SET:
            begun = {"began_at": now_ms, "below": broadcasts.newest_card(connection)}
            broadcasts.change_broadcast(connection, broadcast.id, mine, state=broadcasts.GATHERING, **begun)
        recipients.add_recipients(connection, broadcast.id, people, now_ms)
        if last is None:
            count = sum(broadcasts.count_recipients(connection, broadcast.id).values())
            broadcasts.change_broadcast(connection, broadcast.id, mine, state=broadcasts.RUNNING, people=count)
    return last


def some_promised(store: Engine, broadcast: Broadcast, scene: Scene, owner: str) -> tuple[Post, ...]:
    """Promise a broadcast to some more people, as many as may be on their way at once; it ends when nobody waits."""
    now_ms = milliseconds(scene.now)
    with reading(store) as connection:
        whole, due = recipients.count_under_way(connection, broadcast.id, now_ms)
        room = max(0, min(_HANDS - due, _MOST_HELD - whole))
        chosen = recipients.due_recipients(connection, broadcast.id, now_ms, room) if room else ()
    if whole and not chosen:
        return ()
    running = frozenset({broadcasts.RUNNING})
    with writing(store) as connection:
        if not broadcasts.change_broadcast(connection, broadcast.id, running, owner=owner):
            return ()
        if not chosen and recipients.is_over(connection, broadcast.id):
            done = {"state": broadcasts.DONE, "ended_at": now_ms, "owner": None, "leased_until": None}
            broadcasts.change_broadcast(connection, broadcast.id, running, **done)
        posts = (_promised(connection, broadcast, one, scene, owner) for one in chosen)
        return tuple(post for post in posts if post is not None)


def _promised(connection: Connection, broadcast: Broadcast, one: Recipient, scene: Scene, owner: str) -> Post | None:
    """Promise a broadcast to one person, in one transaction with the mark that it is; None where it is not to be.

    The conversation goes one step on: its open card stays as it is, and whatever is pressed on it is shown below.
    """
    now_ms = milliseconds(scene.now)
    who = load_conversation(connection, one.conversation)
    if not _fit(connection, who):
        why = recipients.DECLINED if who.quiet else recipients.SKIPPED
        recipients.settle_recipient(connection, one.id, recipients.WAITING, why, now_ms)
        return None
    earliest = news_from(who, scene)
    if earliest > scene.now:
        recipients.put_off_recipient(connection, one.id, milliseconds(earliest))
        return None
    after = who.but(revision=who.revision + 1, below=who.revision + 1)
    if not save_conversation(connection, after, scene.now, over=who.revision, heard=False):
        return None
    reply = news_reply(after, Words(broadcast.zh, broadcast.en), broadcast.id, scene)
    lease = Lease(owner, now_ms + LEASE_MS)
    (number,) = promise(connection, who.id, after.revision, (reply,), lease=lease)
    marks = {"promise": number, "revision": after.revision}
    recipients.settle_recipient(connection, one.id, recipients.WAITING, recipients.PROMISED, now_ms, **marks)
    card = shown_card(connection, who.id)
    return Post(who.id, Promise(number, reply, after.revision, card=card), lease.until_ms)


def _fit(connection: Connection, who: Conversation) -> bool:
    return hears_news(who) and bar_of(connection, who.id) is None
