"""health: what stands on the shelves and what waits in the store."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.admin.desk import AdminCommand, Desk, Sheet
from bot.store.tables import CONVERSATIONS, JOURNAL, OUTBOX


def _health(desk: Desk, _argument: str) -> Sheet:
    library = desk.library
    shelves = {
        name: len(getattr(library, name))
        for name in ("facts", "questions", "actions", "articles", "cases", "causes", "intents", "guards")
    }
    with desk.store.begin() as connection:
        stored = {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (CONVERSATIONS, JOURNAL, OUTBOX)
        }
    return Sheet(("what", "count"), tuple({**shelves, "packs": len(desk.packs), **stored}.items()))


COMMAND = AdminCommand("health", "count what stands on the shelves and in the store", "", _health)
