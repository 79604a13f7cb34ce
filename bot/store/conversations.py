"""Conversations on disk: loaded by id, saved whole over the revision they were read at, followed where they move."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from typing import Any

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, select, text, update

from bot.dialogue.conversation import Conversation
from bot.store.boards import left_behind
from bot.store.erasing import forget_conversation, personal_tables
from bot.store.paces import move_pace
from bot.store.prepared import Cursor, Prepared
from bot.store.tables import BOARDS, CONVERSATIONS, PERSON_KEYS
from bot.store.vault import sealed, unsealed

_NUMBERED = '{"consent_words":'
"""What states begin with since the words of consent have changed for the first time."""


def newcomer(name: str) -> Conversation:
    """A new conversation; its seed is a stable number of its id."""
    return Conversation(id=name, seed=zlib.crc32(name.encode()) % 100_000 + 1)


def read_state(name: str, state: str | None) -> Conversation:
    """A stored state as a conversation; a newcomer's for None.

    A state written by another version is read as far as it can be: what this version does not know or cannot use
    is left out, everything else is kept. One that names no words of consent is older than their second number.
    """
    if state is None:
        return newcomer(name)
    if not state.startswith(_NUMBERED):
        return _salvaged(name, {"consent_words": 1, **json.loads(state)})
    try:
        return Conversation.model_validate_json(state)
    except ValidationError:
        return _salvaged(name, json.loads(state))


def _written_state(conversation: Conversation) -> str:
    """A conversation as it is stored: what is as it was at the beginning is left out, but for the words agreed to."""
    state = conversation.model_dump_json(exclude_defaults=True, exclude={"consent_words"})
    return f"{_NUMBERED}{conversation.consent_words},{state[1:]}"


def _salvaged(name: str, state: dict[str, Any]) -> Conversation:
    kept = {key: value for key, value in state.items() if key in Conversation.model_fields}
    while True:
        try:
            return Conversation.model_validate({**newcomer(name).model_dump(), **kept})
        except ValidationError as error:
            for problem in error.errors():
                _leave_out(kept, problem["loc"])


def _leave_out(kept: dict[str, Any], place: tuple[int | str, ...]) -> None:
    """Drop what is wrong: one answer where it is an answer, the whole field elsewhere."""
    answers = kept.get("answers")
    if place[0] == "answers" and len(place) > 1 and isinstance(answers, dict):
        answers.pop(place[1], None)
    else:
        kept.pop(str(place[0]), None)


def load_conversation(connection: Connection, name: str) -> Conversation:
    """The stored conversation, or a new one."""
    return read_state(name, _state(connection, name))


_STATE = Prepared(select(CONVERSATIONS.c.state).where(CONVERSATIONS.c.id == bindparam("name")))


def _state(connection: Connection, name: str) -> str | None:
    row = _STATE.on(connection, name=name).fetchone()
    return None if row is None or row[0] is None else unsealed(connection, name, row[0])


_KNOWN = Prepared(select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.id == bindparam("name")))


def known_conversation(connection: Connection, name: str) -> bool:
    """Whether this conversation has been saved before."""
    return _KNOWN.on(connection, name=name).fetchone() is not None


_COLUMNS = ("state", "revision", "updated_at", "due_at")
_LAST_HEARD: ColumnElement[object] = func.coalesce(bindparam("new_updated_at"), CONVERSATIONS.c.updated_at)
_VALUES: dict[str, ColumnElement[object]] = {
    **{name: bindparam(f"new_{name}") for name in _COLUMNS},
    "updated_at": _LAST_HEARD,
}
_SAVE = Prepared(update(CONVERSATIONS).where(CONVERSATIONS.c.id == bindparam("name")).values(_VALUES))
_SAVE_OVER = Prepared(
    update(CONVERSATIONS)
    .where(CONVERSATIONS.c.id == bindparam("name"), CONVERSATIONS.c.revision == bindparam("over"))
    .values(_VALUES)
)
_BEGIN = Prepared(
    text(
        "INSERT INTO conversations (id, state, revision, updated_at, due_at) "
        "VALUES (:name, :new_state, :new_revision, :new_updated_at, :new_due_at) "
        "ON CONFLICT (id) DO UPDATE SET state = excluded.state, revision = excluded.revision, "
        "updated_at = excluded.updated_at, due_at = excluded.due_at WHERE conversations.revision = 0"
    )
)


def save_conversation(
    connection: Connection, conversation: Conversation, at: dt.datetime, *, over: int | None = None, heard: bool = True
) -> bool:
    """Save the whole state; the caller's transaction decides whether it stays.

    With ``over`` it replaces that revision only: False when another writer was faster, changed it, moved it away or
    forgot it, and nothing is changed. The moment counts as the last that the person was here, unless nobody was
    ``heard``.
    """
    if over is not None:
        return saving(connection, conversation, at, over=over, heard=heard).rowcount == 1
    values = _values(connection, conversation, at, heard=heard)
    if _SAVE.on(connection, name=conversation.id, **values).rowcount != 1:
        _BEGIN.on(connection, name=conversation.id, **values | {"new_updated_at": at})
    return True


def saving(connection: Connection, conversation: Conversation, at: dt.datetime, *, over: int, heard: bool) -> Cursor:
    """Save over a revision, when it is looked at later whether it was that: what the statement leaves.

    Revision 0 is that of a newcomer, who is not there yet.
    """
    values = _values(connection, conversation, at, heard=heard)
    if over:
        return _SAVE_OVER.on(connection, name=conversation.id, over=over, **values)
    return _BEGIN.on(connection, name=conversation.id, **values | {"new_updated_at": at})


def _values(connection: Connection, conversation: Conversation, at: dt.datetime, *, heard: bool) -> dict[str, object]:
    return {
        "new_state": sealed(connection, conversation.id, _written_state(conversation)),
        "new_revision": conversation.revision,
        "new_updated_at": at if heard else None,
        "new_due_at": _in_ms(conversation.due_at),
    }


def _in_ms(at: dt.datetime | None) -> int | None:
    return None if at is None else round(at.timestamp() * 1000)


def rename_conversation(connection: Connection, old: str, new: str) -> None:
    """Let everything of one conversation follow a chat that has moved to another number.

    What has begun under the new number gives way to what is older; told a second time, it changes nothing.
    """
    state = _state(connection, old)
    if state is not None:
        forget_conversation(connection, new)
        connection.execute(delete(PERSON_KEYS).where(PERSON_KEYS.c.conversation == new))
        connection.execute(update(PERSON_KEYS).where(PERSON_KEYS.c.conversation == old).values(conversation=new))
    for table, whose in personal_tables():
        if table not in {CONVERSATIONS, PERSON_KEYS, BOARDS}:
            connection.execute(update(table).where(whose == old).values(conversation=new))
    left_behind(connection, old, new)
    move_pace(connection, old, new)
    if state is not None:
        moved = _written_state(read_state(old, state).but(id=new))
        kept = sealed(connection, new, moved)
        connection.execute(update(CONVERSATIONS).where(CONVERSATIONS.c.id == old).values(id=new, state=kept))
