"""remove: take a file away in the draft."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.admin.arguments import Arguments, Open, shown
from bot.admin.desk import AdminCommand, Desk, RefusedError, Told
from bot.admin.editing import EDITORS, bench_of, drafted
from bot.publishing.paths import is_path


class _Remove(Arguments):
    path: Annotated[Open, Field(examples=["articles/fees.md"])]


def _remove(desk: Desk, given: _Remove) -> Told:
    bench = bench_of(desk)
    if not is_path(given.path) or bench.text(given.path) is None:
        raise RefusedError(desk.say("publishing.no_path", read=shown(given.path)))
    return drafted(desk, bench, given.path, None)


COMMAND = AdminCommand(
    "remove", "take a file away in the draft", _remove, roles=EDITORS, arguments=_Remove, group="knowledge"
)
