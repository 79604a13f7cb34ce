"""Reception: the one way in. Load, decide, and save state, journal and promises in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Literal

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Arrival, Reply
from bot.dialogue.scene import Scene, Turn
from bot.dialogue.turn import take_turn
from bot.service.committing import LEASE_MS, Taken, committed, farewell, settled
from bot.service.deciding import Beside, decided
from bot.service.moments import milliseconds
from bot.store.conversations import load_conversation, read_state
from bot.store.engine import reading, wipe_log, writing
from bot.store.holding import held_of
from bot.store.inbox import (
    Letter,
    Waiting,
    accept,
    digest_before,
    next_letter,
    standing_letter,
)
from bot.store.journal import seen_before
from bot.store.outbox import Lease, promise


def receive(store: Engine, name: str, arrival: Arrival, scene: Scene) -> Turn | None:
    """Take one arrival in, exactly once, from a door that cannot deliver twice at a time.

    Returns the turn that was decided and committed, or None for an arrival whose key was seen before. A crash
    before the commit leaves nothing; after it, the promised replies are in the outbox.
    """
    while True:
        with reading(store) as connection:
            if seen_before(connection, name, arrival.key):
                return None
            who = load_conversation(connection, name)
        turn = _decided(store, who, arrival, scene)
        with writing(store) as connection:
            stays = settled(connection, who, turn, arrival, arrival.key)
            if stays:
                promise(connection, name, turn.conversation.revision, turn.replies)
                farewell(connection, who, turn)
            else:
                connection.rollback()
        if stays:
            _left_no_trace(store, turn)
            return turn


def _decided(store: Engine, who: Conversation, arrival: Arrival, scene: Scene) -> Turn:
    """A turn; one that wants to see what is held of the person is taken with that."""
    turn = decided(store, who, arrival, scene)
    if not turn.wants_held:
        return turn
    with reading(store) as connection:
        held = held_of(connection, who.id)
    return take_turn(who, arrival, replace(scene, held=held))


def keep_letters(store: Engine, letters: Sequence[Letter]) -> tuple[Letter, ...]:
    """Commit letters to the inbox; those that had not come before."""
    with writing(store) as connection:
        return accept(connection, letters)


def take_next(store: Engine, name: str, scene: Scene, owner: str) -> Taken | None:
    """Take the letter whose turn it is in one conversation; None when none waits.

    The turn is decided outside of any transaction and committed only over the revision that it was decided on, and
    only if nobody else took the letter meanwhile; otherwise it is decided anew. So any number of workers may try.
    """
    while True:
        with reading(store) as connection:
            waiting = next_letter(connection, name)
            if waiting is None:
                return None
            arrival = _as_it_was_meant(connection, waiting)
        who = read_state(name, waiting.state)
        turn = _decided(store, who, arrival, scene)
        lease = Lease(owner, milliseconds(scene.now) + LEASE_MS)
        taken = _tried(store, waiting, who, turn, lease)
        if taken is not None:
            _left_no_trace(store, turn)
            return taken


def take_straight(store: Engine, letter: Letter, scene: Scene, owner: str) -> Taken | Literal["taken", "behind"]:
    """Take a letter that may not be in the inbox yet: its turn and its place there are one transaction.

    "taken" when it has had its turn, "behind" when an older letter of its conversation waits in the inbox.
    """
    while True:
        with reading(store) as connection:
            waiting = standing_letter(connection, letter)
            if not isinstance(waiting, Waiting):
                return waiting
            arrival = _as_it_was_meant(connection, waiting)
        who = read_state(letter.conversation, waiting.state)
        turn = _decided(store, who, arrival, scene)
        taken = _tried(store, waiting, who, turn, Lease(owner, milliseconds(scene.now) + LEASE_MS))
        if taken is not None:
            _left_no_trace(store, turn)
            return taken


def take_lightly(store: Engine, letter: Letter, scene: Scene, owner: str) -> Taken | Literal["taken", "behind"]:
    """The same for a turn that takes hardly any time, in one transaction unless somebody else is faster."""
    with suppress(IntegrityError), writing(store) as connection:
        waiting = standing_letter(connection, letter)
        if not isinstance(waiting, Waiting):
            return waiting
        arrival, who = _as_it_was_meant(connection, waiting), read_state(letter.conversation, waiting.state)
        turn = take_turn(who, arrival, scene)
        lease = Lease(owner, milliseconds(scene.now) + LEASE_MS)
        taken = None if who.aside else committed(connection, waiting, who, turn, lease)
        if taken is not None and not turn.erase:
            return taken
        connection.rollback()
    return take_straight(store, letter, scene, owner)


def _tried(store: Engine, waiting: Waiting, who: Conversation, turn: Turn, lease: Lease) -> Taken | None:
    """Commit a turn, or nothing of it when somebody else was faster."""
    with suppress(IntegrityError), writing(store) as connection:
        taken = committed(connection, waiting, who, turn, lease)
        if taken is None:
            connection.rollback()
        return taken
    return None


def _left_no_trace(store: Engine, turn: Turn) -> None:
    if turn.erase or turn.forget or (isinstance(turn, Beside) and turn.wipe):
        wipe_log(store)


def set_aside(store: Engine, name: str, scene: Scene, owner: str) -> Taken | None:
    """Close a letter whose turn failed inside us: nothing of the conversation changes, and the person is told so."""
    with writing(store) as connection:
        waiting = next_letter(connection, name)
        if waiting is None:
            return None
        who = read_state(name, waiting.state)
        sorry = (Reply(blocks=(scene.text(who, "help.failed"),)),) if waiting.letter.arrival.due is None else ()
        turn = Turn(who.but(revision=who.revision + 1), sorry, show=False).noting("failed")
        return committed(connection, waiting, who, turn, Lease(owner, milliseconds(scene.now) + LEASE_MS))


def _as_it_was_meant(connection: Connection, waiting: Waiting) -> Arrival:
    """The arrival, marked when the same words came twice before the card after the first could be seen."""
    letter = waiting.letter
    if letter.digest is None or letter.message is None:
        return letter.arrival
    unseen = waiting.owner is not None or (waiting.card or 0) > letter.message
    again = unseen and digest_before(connection, waiting) == letter.digest
    return letter.arrival.model_copy(update={"again": True}) if again else letter.arrival
