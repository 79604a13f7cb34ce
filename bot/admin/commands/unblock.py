"""unblock: hear a person again."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.admin.arguments import Arguments, Person
from bot.admin.desk import ADMIN, AdminCommand, Desk, RefusedError, Told
from bot.store.barring import bar_of, unbar
from bot.store.engine import reading


class _Unblock(Arguments):
    person: Person


def _unblock(desk: Desk, given: _Unblock) -> Told:
    with reading(desk.store) as connection:
        if bar_of(connection, given.person) is None:
            raise RefusedError(desk.say("office.block.not_barred"))

    def change(connection: Connection) -> bool:
        return unbar(connection, given.person)

    return Told(desk.say("office.block.lifted", person=given.person), change=change)


COMMAND = AdminCommand("unblock", "hear somebody again", _unblock, ADMIN, _Unblock, group="people")
