"""Besides: what a turn leaves in the store beside its talk: outcomes that may be counted, questions without answers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection

from bot.dialogue.conversation import Conversation
from bot.dialogue.scene import Note, Turn
from bot.dialogue.sharing import noted
from bot.store.sharing import keep_shared
from bot.store.unanswered import keep_unanswered


def leave_beside(connection: Connection, who: Conversation, turn: Turn, at: dt.datetime) -> tuple[Note, ...]:
    """Keep what a turn on a conversation leaves beside it, where its person lets that be kept; its notes, in order."""
    after = turn.conversation
    keep_shared(connection, who, after)
    if turn.unanswered:
        keep_unanswered(connection, who.id, after.language, turn.unanswered, at)
    return (*turn.notes, *noted(who, after), Note("turn", turn.stands_at))
