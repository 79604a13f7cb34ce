"""revoke: take somebody's role away, at once; the owners alone take it from admins."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.admin.arguments import Arguments, Number
from bot.admin.desk import ADMIN, AdminCommand, Desk, RefusedError, Told
from bot.store.engine import reading
from bot.store.falling_due import tell_of_office
from bot.store.roles import ADVISING, role_of, take_role


class _Revoke(Arguments):
    number: Number


def _revoke(desk: Desk, given: _Revoke) -> Told:
    with reading(desk.store) as connection:
        before = role_of(connection, given.number)
    if given.number in desk.settings.owners:
        raise RefusedError(desk.say("office.is_owner"))
    if before is None:
        raise RefusedError(desk.say("office.no_role"))
    if before == "admin" and desk.operator.role != "owner":
        raise RefusedError(desk.say("office.owners_only"))

    def change(connection: Connection) -> bool:
        if role_of(connection, given.number) != before or not take_role(connection, given.number):
            return False
        if before in ADVISING:
            tell_of_office(connection, given.number, desk.now)
        return True

    return Told(desk.say("office.revoked", number=given.number, role=before), change=change)


COMMAND = AdminCommand(
    "revoke", "take somebody's role away", _revoke, roles=ADMIN, arguments=_Revoke, dangerous=True, group="team"
)
