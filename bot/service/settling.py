"""What becomes of a promise in the store once a door has said how its delivery went: one transaction each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Engine

from bot.consultation.desks import group_of_talk
from bot.consultation.keeping import forget_past
from bot.service.carrying import Begun, Delivered, Later, Never, Outcome
from bot.service.moments import milliseconds
from bot.service.pacing import is_group
from bot.store import recipients
from bot.store.conversations import rename_conversation
from bot.store.engine import writing
from bot.store.falling_due import hold_answers, is_followed, tell_of_away, tell_of_promise
from bot.store.outbox import (
    Lease,
    Promise,
    drop_promises,
    free_leases,
    keep_part,
    keep_promise,
    keeping,
    lease_promises,
    put_off,
    show_card,
)
from bot.store.paces import drop_old_paces
from bot.store.prepared import together
from bot.store.retaining import drop_old_keys, tidy

_BACK_SOON_MS = 300_000
"""An answer that comes later than this answers nobody who still waits for it."""


def part_kept(store: Engine, number: int, owner: str, parts: int) -> None:
    """So many of its messages are out of the door."""
    with writing(store) as connection:
        keep_part(connection, number, owner, parts)


def kept(
    store: Engine, conversation: str, number: int, owner: str, card: int | None, edits: Sequence[int] = ()
) -> None:
    """It is out of the door, after some edits; with ``card`` that message shows the present card from now on.

    Who has lost the lease meanwhile, or whose card was pressed already, has nothing to say any more. The conversation
    is touched first, as by every turn, so that the two never wait for each other.
    """
    with writing(store) as connection:
        with together(connection):
            if card is not None:
                show_card(connection, conversation, card)
            for earlier in edits:
                keeping(connection, earlier, owner)
            done = keeping(connection, number, owner)
        if done.rowcount != 1:
            connection.rollback()


def all_kept(store: Engine, numbers: Sequence[int], owner: str) -> None:
    """Several are out of the door, each in place of a message that showed the card before."""
    with writing(store) as connection, together(connection):
        for number in sorted(numbers):
            keeping(connection, number, owner)


def told(store: Engine, number: int, outcome: Outcome, now: dt.datetime) -> None:
    """What became of news for many people with one of them; where the platform's word is lost, it stays open."""
    message = outcome.card if isinstance(outcome, Delivered) else None
    match outcome:
        case Delivered():
            state = recipients.SENT
        case Never():
            state = recipients.GONE if outcome.gone else recipients.REFUSED
        case Later(unsure=True) | Begun():
            return
        case _:
            state = recipients.PROMISED
    with writing(store) as connection:
        recipients.end_sending(connection, number, state, milliseconds(now), message)


def leased(
    store: Engine, conversation: str, lease: Lease, now_ms: int, edited: Sequence[int] = ()
) -> tuple[Promise, ...]:
    """Lease what a chat still gets, without the edits that are out of the door already: they are marked first."""
    with writing(store) as connection:
        for number in edited:
            keep_promise(connection, number, lease.owner)
        return lease_promises(connection, conversation, lease, now_ms)


def given_back(store: Engine, conversation: str, owner: str, due_ms: int) -> None:
    """It waits, with everything behind it, until a later moment; then whoever is there delivers it."""
    with writing(store) as connection:
        put_off(connection, conversation, owner, due_ms)


def dropped(store: Engine, conversation: str, up_to: int, owner: str, now_ms: int) -> int:
    """Nobody was there to receive anything up to a promise; what came after it is given back. Returns how much.

    A group may let us in again in a moment: answers to what was asked there just before wait for that a little. Whoever
    had asked to be reminded is not, from now on, and whoever talked with them through us is told that it ended.
    """
    at = dt.datetime.fromtimestamp(now_ms / 1000, dt.UTC)
    with writing(store) as connection:
        if is_group(conversation):
            hold_answers(connection, conversation, up_to, now_ms + _BACK_SOON_MS)
        drop_promises(connection, conversation, up_to, now_ms)
        group = group_of_talk(connection, conversation)
        if group is not None:
            tell_of_away(connection, group, conversation, up_to, at)
        if is_followed(connection, conversation):
            tell_of_promise(connection, conversation, up_to, "gone", at)
        return put_off(connection, conversation, owner, now_ms)


def followed(store: Engine, conversation: str, new: str, owner: str, now_ms: int) -> None:
    """The chat goes on under another number, and so does everything that belongs to it."""
    with writing(store) as connection:
        rename_conversation(connection, conversation, new)
        put_off(connection, new, owner, now_ms)


def freed(store: Engine, owner: str | None) -> None:
    """A worker begins: what it (everybody, without one) had in hand before is free again."""
    with writing(store) as connection:
        free_leases(connection, owner)


def forgotten(store: Engine, now: dt.datetime) -> None:
    """What is not needed any more goes: every hour old keys, past sittings and paces, every night all the rest."""
    drop_old_keys(store, now)
    tidy(store, now)
    with writing(store) as connection:
        forget_past(connection, now)
        drop_old_paces(connection, milliseconds(now))
