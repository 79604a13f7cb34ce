"""rotate: wrap everybody's key under the newest secret, so that older secrets can be taken out of the settings."""

from __future__ import annotations

from bot.admin.desk import AdminCommand, Desk, Sheet
from bot.store.engine import writing
from bot.store.vault import wrap_anew


def _rotate(desk: Desk, _argument: str) -> Sheet:
    with writing(desk.store) as connection:
        return Sheet(("what", "count"), (("keys wrapped anew", wrap_anew(connection)),))


COMMAND = AdminCommand("rotate", "wrap everybody's key under the newest SECRET_KEY", "", _rotate)
