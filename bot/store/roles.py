"""Roles: which operator may do what, by their number in the messenger, read anew whenever it matters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from bot.store.tables import CHORES, ROLES

ADVISING = frozenset({"admin", "adviser"})
"""Roles by which somebody leads consultations wherever they are held."""

_MENU = "menu:"
_SHOWN = text("INSERT INTO chores (id, done_at) VALUES (:id, :at) ON CONFLICT (id) DO NOTHING").bindparams(
    bindparam("at", type_=CHORES.c.done_at.type)
)


def role_of(connection: Connection, number: int) -> str | None:
    """The role that somebody was given, or None."""
    found: str | None = connection.scalar(select(ROLES.c.role).where(ROLES.c.id == number))
    return found


def all_roles(connection: Connection) -> Mapping[int, str]:
    """Everybody who was given a role, by number."""
    return {row.id: row.role for row in connection.execute(select(ROLES).order_by(ROLES.c.id))}


def give_role(connection: Connection, number: int, role: str) -> None:
    """Give somebody a role in place of the one they had."""
    if connection.execute(update(ROLES).where(ROLES.c.id == number).values(role=role)).rowcount == 0:
        connection.execute(insert(ROLES).values(id=number, role=role))


def take_role(connection: Connection, number: int) -> bool:
    """Take somebody's role away; False when they had none."""
    return connection.execute(delete(ROLES).where(ROLES.c.id == number)).rowcount == 1


def who_sees_menus(connection: Connection) -> frozenset[int]:
    """To whom the operators' menu has been shown, as far as it was not hidden again."""
    names = connection.scalars(select(CHORES.c.id).where(CHORES.c.id.startswith(_MENU)))
    return frozenset(int(name.removeprefix(_MENU)) for name in names)


def menu_shown(connection: Connection, number: int, at: dt.datetime) -> None:
    """Somebody sees the operators' menu from now on."""
    connection.execute(_SHOWN, {"id": f"{_MENU}{number}", "at": at})


def menu_hidden(connection: Connection, number: int) -> None:
    """Somebody does not see it any more."""
    connection.execute(delete(CHORES).where(CHORES.c.id == f"{_MENU}{number}"))
