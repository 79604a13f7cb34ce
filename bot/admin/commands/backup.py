"""backup: a copy of everything in the store, in one file that only its owner can read."""

from __future__ import annotations

from pathlib import Path

from bot.admin.desk import AdminCommand, Desk, Sheet
from bot.store.keeping import back_up


def _backup(desk: Desk, argument: str) -> Sheet:
    path = Path(argument or f"limit-guide-{desk.now:%Y%m%d-%H%M%S}.jsonl.gz")
    counts = back_up(desk.store, path, desk.now)
    return Sheet(("what", "rows"), (("file " + str(path), ""), *counts.items()))


COMMAND = AdminCommand("backup", "copy everything in the store into one file", "FILE", _backup)
