"""erase: delete everything that is kept of somebody who asked for it; nothing of it can be opened afterwards."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.admin.arguments import Arguments, Person
from bot.admin.desk import ADMIN, AdminCommand, Desk, RefusedError, Told
from bot.store.engine import reading
from bot.store.erasing import forget_conversation
from bot.store.holding import held_of


class _Erase(Arguments):
    person: Person


def _erase(desk: Desk, given: _Erase) -> Told:
    if given.person == desk.operator.name:
        raise RefusedError(desk.say("office.not_yourself"))
    with reading(desk.store) as connection:
        held = held_of(connection, given.person)
    if not held.rows:
        raise RefusedError(desk.say("office.nobody"))

    def change(connection: Connection) -> bool:
        forget_conversation(connection, given.person)
        return True

    rows = sum(len(found) for found in held.rows.values())
    server = desk.store.dialect.name != "sqlite"
    return Told(desk.say("office.erased", rows=rows, server=server), change=change, wipe=True)


COMMAND = AdminCommand(
    "erase", "delete everything kept of somebody", _erase, ADMIN, _Erase, dangerous=True, group="people"
)
