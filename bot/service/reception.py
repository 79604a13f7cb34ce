"""Reception: the one way in. Load, decide, and save state, journal and promises in one transaction."""

from __future__ import annotations

from sqlalchemy import Engine

from bot.dialogue.messages import Arrival
from bot.dialogue.scene import Scene, Turn
from bot.dialogue.turn import take_turn
from bot.store.conversations import forget_conversation, load_conversation, save_conversation
from bot.store.journal import seen_before, write_journal
from bot.store.outbox import promise


def receive(store: Engine, name: str, arrival: Arrival, scene: Scene) -> Turn | None:
    """Take one arrival in, exactly once.

    Returns the turn that was decided and committed, or None for an arrival whose key was seen before. A crash
    before the commit leaves nothing; after it, the promised replies are in the outbox.
    """
    with store.begin() as connection:
        if seen_before(connection, name, arrival.key):
            return None
        turn = take_turn(load_conversation(connection, name), arrival, scene)
        after = turn.conversation
        if turn.erase:
            forget_conversation(connection, name)
        else:
            save_conversation(connection, after, arrival.at)
            write_journal(connection, name, arrival.key, after.revision, arrival.at, turn.notes)
        promise(connection, name, after.revision, turn.replies)
        return turn
