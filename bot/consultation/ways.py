"""Ways: what a single-use code from a group opens in private, for whoever it was made for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection, select

from bot.consultation.doing import said
from bot.consultation.hosting import Done, Host
from bot.consultation.keeping import Kept, group_meant, use_invite, way_in
from bot.consultation.posting import together
from bot.store.engine import reading
from bot.store.tables import INVITES


def by_way(host: Host, code: str, comes_in: Callable[[Host, Kept], Done]) -> Done:
    """Come in by a code, which is used up with it; whoever it was not made for is told that it leads nowhere."""
    with reading(host.store) as connection:
        number = way_in(connection, code, host.who.id, host.now)
    kept = None if number is None else host.sitting(number)
    if kept is None:
        return Done((said(host, host.say("consultation.private.way_gone")),), show=True)
    return together(comes_in(host, kept), Done(act=partial(_used, host, code)))


def group_behind(connection: Connection, who: str, code: str) -> str | None:
    """The group into whose sitting a code leads somebody; None where it is none of theirs."""
    sitting = select(INVITES.c.sitting).where(INVITES.c.id == code, INVITES.c.conversation == who)
    return group_meant(connection, who, connection.scalar(sitting) or "")


def _used(host: Host, code: str, connection: Connection) -> bool:
    return use_invite(connection, code, host.who.id, host.now) is not None
