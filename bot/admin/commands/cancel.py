"""cancel: call a broadcast off; whoever has not got it yet never will."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.admin.announcing import Which, found, halted
from bot.admin.arguments import Arguments
from bot.admin.desk import ADMIN, AdminCommand, Desk, RefusedError, Told
from bot.store.broadcasts import CANCELLED, DONE


class _Cancel(Arguments):
    broadcast: Which


def _cancel(desk: Desk, given: _Cancel) -> Told:
    broadcast = found(desk, given.broadcast)
    if broadcast.state in {DONE, CANCELLED}:
        raise RefusedError(desk.say("office.broadcast.not_now", state=broadcast.state))

    def change(connection: Connection) -> bool:
        return halted(connection, broadcast, CANCELLED, round(desk.now.timestamp() * 1000))

    return Told(desk.say("office.broadcast.cancelled", number=broadcast.id), change=change)


COMMAND = AdminCommand("cancel", "call a broadcast off", _cancel, ADMIN, _Cancel, dangerous=True, group="announcing")
