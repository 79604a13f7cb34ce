"""restore: put a backup into an empty store, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.admin.arguments import Arguments
from bot.admin.desk import AdminCommand, Desk, Sheet, Told
from bot.store.keeping import restore


class _Restore(Arguments):
    file: Annotated[str, Field(examples=["copy.jsonl.gz"])]


def _restore(desk: Desk, given: _Restore) -> Told:
    return Told(sheet=Sheet(("what", "rows"), tuple(restore(desk.store, Path(given.file)).items())))


COMMAND = AdminCommand(
    "restore", "put a backup into an empty store", _restore, arguments=_Restore, away=False, group="machine"
)
