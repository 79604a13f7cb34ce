"""put: write a whole file in the draft, as on disk, typed or sent as a document, new or in place of one."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.admin.arguments import LONGEST_TEXT, Arguments, Open, Words, shown
from bot.admin.desk import AdminCommand, Desk, RefusedError, Told
from bot.admin.editing import EDITORS, bench_of, drafted
from bot.publishing.harmless import MOST_BYTES
from bot.publishing.paths import is_path


class _Put(Arguments):
    path: Annotated[Open, Field(examples=["articles/fees.md"])]
    text: Annotated[Words, Field(examples=["---"])] = ""


def _put(desk: Desk, given: _Put) -> Told:
    if not is_path(given.path):
        raise RefusedError(desk.say("publishing.no_path", read=shown(given.path)))
    if not given.text.strip():
        raise RefusedError(desk.say("publishing.no_text", path=given.path, bytes=LONGEST_TEXT))
    text = given.text.replace("\r\n", "\n")
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise RefusedError(desk.say("publishing.too_large", bytes=MOST_BYTES))
    return drafted(desk, bench_of(desk), given.path, text if text.endswith("\n") else f"{text}\n")


COMMAND = AdminCommand("put", "write a whole file in the draft", _put, roles=EDITORS, arguments=_Put, group="knowledge")
