"""Committing: what a turn decided goes into the store in the caller's transaction, whole or not at all."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from bot.dialogue.cards import CARD
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Arrival
from bot.dialogue.scene import Turn
from bot.service.besides import leave_beside
from bot.service.deciding import Beside
from bot.store.conversations import save_conversation, saving
from bot.store.erasing import forget_conversation, forget_the_past, take_leave
from bot.store.falling_due import coming_card
from bot.store.inbox import Letter, Waiting, close_letter
from bot.store.journal import write_journal
from bot.store.outbox import (
    Lease,
    Promise,
    numbers_of,
    promise,
    promising,
    settle_card,
    shown_card,
    take_back,
)
from bot.store.prepared import together

LEASE_MS = 20_000
"""How long a worker may deliver what a turn promised before another may take it over."""


class Taken(NamedTuple):
    """A letter's turn, committed: the conversation's id, and the promises that are this worker's to deliver now."""

    conversation: str
    turn: Turn
    promises: tuple[Promise, ...]


def committed(connection: Connection, waiting: Waiting, who: Conversation, turn: Turn, lease: Lease) -> Taken | None:
    """Close a letter and save what its turn decided.

    None when somebody else has taken the letter or changed the conversation; then nothing of the transaction may stay.
    """
    letter = waiting.letter
    if _only_says(turn) and _card_is_known(waiting):
        return _said(connection, waiting, who, turn, lease)
    closing = close_letter(connection, waiting, lease.until_ms - LEASE_MS)
    if closing.rowcount != 1 or not settled(connection, who, turn, letter.arrival):
        return None
    way = _way(waiting, _card_now(connection, waiting), lease)
    revision = turn.conversation.revision
    numbers = promise(connection, letter.conversation, revision, turn.replies, edits=way.edits, lease=way.lease)
    farewell(connection, who, turn)
    return _taken(letter, turn, numbers, way)


def settled(connection: Connection, who: Conversation, turn: Turn, arrival: Arrival, key: str | None = None) -> bool:
    """Save what a turn decided over the conversation it was decided on; False when that one has changed since.

    Letters have their keys in the inbox, which forgets them in time: the platform uses its numbers again.
    """
    after, at = turn.conversation, arrival.at
    if turn.erase:
        forget_conversation(connection, who.id)
        return True
    if not save_conversation(connection, after, at, over=who.revision, heard=arrival.due is None):
        return False
    if isinstance(turn, Beside) and not turn.act(connection):
        return False
    if turn.unsay is not None:
        take_back(connection, who.id, turn.unsay)
    if turn.forget:
        forget_the_past(connection, who.id)
        save_conversation(connection, after, at)
    notes = leave_beside(connection, who, turn, at)
    if _is_noted(turn, key):
        write_journal(connection, who.id, key, after.revision, at, notes)
    return True


def farewell(connection: Connection, who: Conversation, turn: Turn) -> None:
    """Once everything is said to somebody who is erased, not even a key stays."""
    if turn.erase:
        take_leave(connection, who.id)


class _Way(NamedTuple):
    """How replies go out: over which message, below which card, and whose they are to deliver at once, if anybody's."""

    edits: int | None
    card: int | None
    lease: Lease | None


def _way(waiting: Waiting, card: int | None, lease: Lease) -> _Way:
    letter = waiting.letter
    pressed = letter.arrival.action is not None and letter.message == card
    edits = card if pressed or letter.arrival.due == "work" else None
    return _Way(edits, card, lease if waiting.owner in {None, lease.owner} else None)


def _taken(letter: Letter, turn: Turn, numbers: tuple[int, ...], way: _Way) -> Taken:
    revision = turn.conversation.revision
    promises = tuple(
        Promise(number, reply, revision, way.edits if place == 0 and reply.in_place else None, way.card)
        for place, (number, reply) in enumerate(zip(numbers, turn.replies, strict=True))
    )
    return Taken(letter.conversation, turn, promises if way.lease else ())


def _only_says(turn: Turn) -> bool:
    """Whether a turn does nothing but say something and remember it."""
    return not (isinstance(turn, Beside) or turn.erase or turn.forget or turn.unsay is not None)


def _said(connection: Connection, waiting: Waiting, who: Conversation, turn: Turn, lease: Lease) -> Taken | None:
    """The same for most turns: all that they write goes to the database together, and is looked at afterwards."""
    letter, after, at = waiting.letter, turn.conversation, waiting.letter.arrival.at
    notes = leave_beside(connection, who, turn, at)
    way = _way(waiting, waiting.card, lease)
    with together(connection):
        closing = close_letter(connection, waiting, lease.until_ms - LEASE_MS)
        saved = saving(connection, after, at, over=who.revision, heard=letter.arrival.due is None)
        if _is_noted(turn, None):
            write_journal(connection, who.id, None, after.revision, at, notes)
        promised = promising(
            connection, letter.conversation, after.revision, turn.replies, edits=way.edits, lease=way.lease
        )
    if closing.rowcount != 1 or saved.rowcount != 1:
        return None
    return _taken(letter, turn, numbers_of(promised), way)


def _is_noted(turn: Turn, key: str | None) -> bool:
    return turn.conversation.consent_at is not None or key is not None or bool(turn.notes)


def _card_is_known(waiting: Waiting) -> bool:
    """Whether what was read shows which message is the present card, as it does unless another one was pressed."""
    pressed, revision = waiting.letter.message, waiting.letter.arrival.revision
    return pressed is None or revision is None or pressed == waiting.card


def _card_now(connection: Connection, waiting: Waiting) -> int | None:
    """The message that shows the present card; a press may prove that a card had arrived without our knowing.

    Any other message that has buttons, such as a result, stays as it is when they are pressed. Work that was begun ends
    on the card that said so.
    """
    letter = waiting.letter
    if letter.arrival.due == "work":
        return coming_card(connection, letter.conversation, CARD)
    pressed, revision, action = letter.message, letter.arrival.revision, letter.arrival.action
    if pressed is None or revision is None or action is None or _card_is_known(waiting):
        return waiting.card
    if settle_card(connection, letter.conversation, revision, pressed, action):
        return pressed
    return shown_card(connection, letter.conversation)
