"""roles: who has which role."""

from __future__ import annotations

from bot.admin.arguments import Arguments
from bot.admin.desk import AUDITORS, AdminCommand, Desk, Sheet, Told
from bot.store.engine import reading
from bot.store.roles import all_roles


def _roles(desk: Desk, _given: Arguments) -> Told:
    with reading(desk.store) as connection:
        given = all_roles(connection)
    owners = tuple((f"tg:{number}", "owner") for number in sorted(desk.settings.owners))
    others = tuple((f"tg:{number}", role) for number, role in given.items() if number not in desk.settings.owners)
    return Told(sheet=Sheet(("operator", "role"), owners + others))


COMMAND = AdminCommand("roles", "who has which role", _roles, roles=AUDITORS, traced=False, group="team")
