"""restore: put a backup into an empty store, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from bot.admin.desk import AdminCommand, Desk, Sheet
from bot.store.keeping import restore


def _restore(desk: Desk, argument: str) -> Sheet:
    return Sheet(("what", "rows"), tuple(restore(desk.store, Path(argument)).items()))


COMMAND = AdminCommand("restore", "put a backup into an empty store", "FILE", _restore)
