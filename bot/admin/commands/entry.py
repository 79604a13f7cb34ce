"""entry: one entry field by field, as it stands with the drafts; of a long one, the fields that begin with a name."""

from __future__ import annotations

import json
from typing import Annotated

from pydantic import Field

from bot.admin.arguments import Arguments, Open
from bot.admin.desk import READERS, AdminCommand, Desk, Told, Way
from bot.admin.editing import bench_of, entry_of
from bot.publishing.pages import fields

_MOST = 40
"""Fields that are shown at once."""

_LONGEST_LINE = 40


class _Entry(Arguments):
    entry: Annotated[Open, Field(examples=["articles/fees"])]
    field: Annotated[Open, Field(examples=["title_zh"])] = ""


def _entry(desk: Desk, given: _Entry) -> Told:
    bench = bench_of(desk)
    entry = entry_of(desk, bench, given.entry)
    told = [(name, _plain(value)) for name, value in fields(bench, entry) if name.startswith(given.field)]
    words = desk.say(
        "publishing.entry",
        name=entry.name,
        path=entry.path,
        fields=told[:_MOST],
        more=max(0, len(told) - _MOST),
        drafted=entry.path in bench.changes,
    )
    way = Way(desk.worded("office.label.preview", "preview"), f"preview {entry.name}")
    return Told(words, ways=(way,) if len(way.line) <= _LONGEST_LINE else ())


def _plain(value: object) -> str:
    """A value as an editor would type it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


COMMAND = AdminCommand(
    "entry", "one entry, field by field", _entry, roles=READERS, arguments=_Entry, traced=False, group="knowledge"
)
