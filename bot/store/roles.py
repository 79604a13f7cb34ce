"""Roles: which operator may do what, by their number in the messenger, read anew whenever it matters."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select, update

from bot.store.tables import ROLES


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
