"""draft: what is changed and not published yet; words given along become the note of the next edition."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Annotated

from pydantic import Field

from bot.admin.arguments import Arguments, Words
from bot.admin.desk import READERS, AdminCommand, Desk, RefusedError, Sheet, Told
from bot.admin.editing import EDITORS, bench_of, drafted, too_few_told, ways
from bot.publishing.bench import NOTE, Bench
from bot.publishing.comparing import differences

_LONGEST_NOTE = 200


class _Draft(Arguments):
    note: Annotated[Words, Field(examples=["…"])] = ""


def _draft(desk: Desk, given: _Draft) -> Told:
    bench = bench_of(desk)
    if not given.note:
        return _shown(desk, bench)
    if desk.operator.role not in {"owner", *EDITORS}:
        raise RefusedError(desk.say("publishing.editors_only"))
    laid = drafted(desk, bench, NOTE, " ".join(given.note.split())[:_LONGEST_NOTE])
    return replace(laid, words=desk.say("publishing.noted"))


def _shown(desk: Desk, bench: Bench) -> Told:
    if not bench.drafts:
        return Told(desk.say("publishing.no_draft"), ways=ways(desk, "entries", "editions"))
    found = differences(bench.over(drafted=False), bench.over())
    rows = tuple(
        (one.path, one.came, one.went, bench.changes[one.path].author, _when(desk, bench, one.path)) for one in found
    )
    words = desk.say("publishing.draft", count=len(rows), note=bench.note, number=bench.number)
    rests = too_few_told(desk, {path: one.words for path, one in bench.changes.items()})
    words = "\n\n".join(filter(None, (words, rests)))
    steps = ("difference", "check", "preview", "dryrun")
    return Told(words, Sheet(("file", "came", "went", "operator", "when"), rows), ways=ways(desk, *steps))


def _when(desk: Desk, bench: Bench, path: str) -> str:
    at = dt.datetime.fromtimestamp(bench.changes[path].at_ms / 1000, desk.now.tzinfo)
    return f"{at:%Y-%m-%d %H:%M}"


COMMAND = AdminCommand(
    "draft",
    "what is changed and not published",
    _draft,
    roles=READERS,
    arguments=_Draft,
    traced=False,
    group="publishing",
)
