"""announce: write the words of a broadcast in one language; ``new`` begins one."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import Connection

from bot.admin.announcing import found, wrong_words
from bot.admin.arguments import OPEN, Arguments, Words
from bot.admin.desk import ADMIN, AdminCommand, Desk, RefusedError, Told, Way
from bot.store.broadcasts import DRAFT, change_broadcast, draft_broadcast, next_number

_NEW = "new"


class _Announce(Arguments):
    broadcast: Annotated[str, Field(pattern=r"^(new|[1-9][0-9]{0,5})$", examples=["new", "1"]), OPEN]
    language: Literal["zh", "en"]
    words: Annotated[Words, Field(examples=["…"])]


def _announce(desk: Desk, given: _Announce) -> Told:
    """The words are kept only when nothing is wrong with them; nobody gets anything before somebody sends it."""
    wrong = wrong_words(desk, {given.language: given.words.strip()})
    if wrong:
        raise RefusedError(desk.say("office.broadcast.wrong", faults=wrong))
    broadcast = None if given.broadcast == _NEW else found(desk, int(given.broadcast))
    if broadcast is not None and broadcast.state != DRAFT:
        raise RefusedError(desk.say("office.broadcast.not_now", state=broadcast.state))
    number = next_number(desk.store) if broadcast is None else broadcast.id
    other = "" if broadcast is None else (broadcast.en if given.language == "zh" else broadcast.zh)

    def change(connection: Connection) -> bool:
        at_ms = round(desk.now.timestamp() * 1000)
        if broadcast is None and draft_broadcast(connection, desk.operator.name, at_ms) != number:
            return False
        return change_broadcast(connection, number, frozenset({DRAFT}), **{given.language: given.words.strip()})

    key = "office.broadcast.written" if other else "office.broadcast.half_written"
    missing = "zh" if given.language == "en" else "en"
    ways = (Way(desk.say("office.broadcast.preview"), f"broadcast preview {number}"),) if other else ()
    return Told(desk.say(key, number=number, missing=missing), ways=ways, change=change)


COMMAND = AdminCommand("announce", "write a broadcast in one language", _announce, ADMIN, _Announce, group="announcing")
