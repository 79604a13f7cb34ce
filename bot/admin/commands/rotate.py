"""rotate: wrap everybody's key under the newest secret, so that older secrets can be taken out of the settings."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from bot.admin.arguments import Arguments
from bot.admin.desk import AdminCommand, Desk, Sheet, Told
from bot.store.engine import reading
from bot.store.tables import PERSON_KEYS
from bot.store.unanswered import seal_anew
from bot.store.vault import wrap_anew


def _rotate(desk: Desk, _given: Arguments) -> Told:
    with reading(desk.store) as connection:
        kept = connection.scalar(select(func.count()).select_from(PERSON_KEYS)) or 0

    def change(connection: Connection) -> bool:
        wrap_anew(connection)
        seal_anew(connection)
        return True

    return Told(
        sheet=Sheet(("what", "count"), (("keys wrapped anew", kept if desk.settings.secrets else 0),)), change=change
    )


COMMAND = AdminCommand(
    "rotate", "wrap everybody's key under the newest SECRET_KEY", _rotate, dangerous=True, group="machine"
)
