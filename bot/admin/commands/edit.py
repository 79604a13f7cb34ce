"""edit: change one field of an entry in the draft; everything around it stays as it was written."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.admin.arguments import Arguments, Open, Words
from bot.admin.desk import AdminCommand, Desk, RefusedError, Told
from bot.admin.editing import EDITORS, bench_of, drafted, entry_of
from bot.publishing.pages import edited
from bot.publishing.yaml_marks import NoSuchFieldError, UnfitValueError


class _Edit(Arguments):
    entry: Annotated[Open, Field(examples=["articles/fees"])]
    field: Annotated[Open, Field(examples=["title_zh"])]
    value: Annotated[Words, Field(examples=["…"])]


def _edit(desk: Desk, given: _Edit) -> Told:
    bench = bench_of(desk)
    entry = entry_of(desk, bench, given.entry)
    try:
        text = edited(bench, entry, given.field, given.value)
    except NoSuchFieldError:
        raise RefusedError(desk.say("publishing.no_field", name=entry.name)) from None
    except UnfitValueError as error:
        raise RefusedError(desk.say("publishing.unfit", reason=str(error))) from None
    return drafted(desk, bench, entry.path, text)


COMMAND = AdminCommand(
    "edit", "change one field of an entry in the draft", _edit, roles=EDITORS, arguments=_Edit, group="knowledge"
)
