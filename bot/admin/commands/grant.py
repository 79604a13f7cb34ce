"""grant: give somebody a role; the owners alone make admins."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection

from bot.admin.arguments import Arguments, Number
from bot.admin.desk import ADMIN, AdminCommand, Desk, RefusedError, Told
from bot.store.engine import reading
from bot.store.falling_due import tell_of_office
from bot.store.roles import ADVISING, give_role, role_of


class _Grant(Arguments):
    number: Number
    role: Literal["admin", "editor", "adviser", "auditor"]


def _grant(desk: Desk, given: _Grant) -> Told:
    with reading(desk.store) as connection:
        before = role_of(connection, given.number)
    if given.number in desk.settings.owners:
        raise RefusedError(desk.say("office.is_owner"))
    if desk.operator.role != "owner" and "admin" in {before, given.role}:
        raise RefusedError(desk.say("office.owners_only"))

    def change(connection: Connection) -> bool:
        if role_of(connection, given.number) != before:
            return False
        give_role(connection, given.number, given.role)
        if before in ADVISING:
            tell_of_office(connection, given.number, desk.now)
        return True

    words = desk.say("office.granted", number=given.number, role=given.role)
    return Told(words, change=change)


COMMAND = AdminCommand(
    "grant", "give somebody a role", _grant, roles=ADMIN, arguments=_Grant, dangerous=True, group="team"
)
