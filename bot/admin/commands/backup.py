"""backup: a copy of everything in the store, in one file that only its owner can read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.admin.arguments import Arguments
from bot.admin.desk import AdminCommand, Desk, RefusedError, Sheet, Told
from bot.store.keeping import back_up


class _Backup(Arguments):
    file: Annotated[str, Field(examples=["copy.jsonl.gz"])] = ""


def _backup(desk: Desk, given: _Backup) -> Told:
    if given.file and desk.operator.number is not None:
        raise RefusedError(desk.say("office.no_file_here"))
    name = f"limit-guide-{desk.now:%Y%m%d-%H%M%S}.jsonl.gz"
    path = Path(given.file or name)
    if desk.operator.number is not None:
        path = desk.settings.data_dir / "backups" / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    counts = back_up(desk.store, path, desk.now)
    return Told(sheet=Sheet(("what", "rows"), (("file " + str(path), ""), *counts.items())))


COMMAND = AdminCommand(
    "backup", "copy everything in the store into one file", _backup, arguments=_Backup, group="machine", slow=True
)
