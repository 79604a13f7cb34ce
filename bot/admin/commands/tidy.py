"""tidy: delete now what has been kept as long as it may be; retention says beforehand what that is."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.admin.arguments import Arguments
from bot.admin.desk import ADMIN, AdminCommand, Desk, Sheet, Told
from bot.store.engine import reading
from bot.store.retaining import foreseen, let_go, who_must_go


def _tidy(desk: Desk, _given: Arguments) -> Told:
    with reading(desk.store) as connection:
        names = who_must_go(connection, desk.now)
        going = foreseen(connection, desk.now, names)

    def change(connection: Connection) -> bool:
        let_go(connection, desk.now, names)
        return True

    sheet = Sheet(("what", "rows"), tuple(zip(going._fields, going, strict=True)))
    return Told(desk.say("office.retention.done"), sheet, change=change, wipe=True)


COMMAND = AdminCommand(
    "tidy", "delete now what has been kept as long as it may be", _tidy, roles=ADMIN, dangerous=True, group="machine"
)
