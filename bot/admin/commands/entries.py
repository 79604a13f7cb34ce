"""entries: what stands on the shelves, counted, or listed by shelf and by words that occur in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from bot.admin.arguments import Arguments, Words
from bot.admin.desk import READERS, AdminCommand, Cell, Desk, Sheet, Told
from bot.admin.editing import bench_of, ways
from bot.publishing.bench import Bench
from bot.publishing.pages import Entry, entries, fields

_NAMING = ("title", "label", "ask", "name", "statement", "short", "lesson", "zh", "en")
_TITLE = 60


class _Entries(Arguments):
    shelf: Literal[
        "all",
        "actions",
        "articles",
        "cases",
        "causes",
        "documents",
        "facts",
        "guards",
        "intents",
        "phrases",
        "policies",
        "questions",
        "quizzes",
        "ready",
    ] = "all"
    words: Annotated[Words, Field(examples=["…"])] = ""


def _entries(desk: Desk, given: _Entries) -> Told:
    bench = bench_of(desk)
    shelf = "" if given.shelf == "all" else given.shelf
    if not shelf and not given.words:
        return Told(sheet=Sheet(("shelf", "entries", "drafts"), tuple(_counted(bench))), ways=ways(desk, "draft"))
    found = tuple(_row(desk, bench, one) for one in entries(bench, shelf) if _holds(bench, one, given.words))
    return Told(desk.say("publishing.found", count=len(found)), Sheet(("entry", "title"), found))


def _counted(bench: Bench) -> Iterator[tuple[Cell, ...]]:
    count = Counter(entry.shelf for entry in entries(bench))
    drafts = Counter(path.split("/", maxsplit=1)[0] for path in bench.changes)
    yield from ((shelf, count[shelf], drafts[shelf]) for shelf in sorted(count))


def _holds(bench: Bench, entry: Entry, words: str) -> bool:
    wanted = words.casefold()
    said = (entry.name, *(str(value) for _, value in fields(bench, entry))) if words else ()
    return not words or any(wanted in one.casefold() for one in said)


def _row(desk: Desk, bench: Bench, entry: Entry) -> tuple[Cell, ...]:
    """An entry's name, and the first words that say what it is about, in the operator's language if it has them."""
    told = {name: str(value) for name, value in fields(bench, entry)}
    language = "en" if desk.language == "en" else "zh"
    keys = [f"{name}{joint}{language}" for name in _NAMING for joint in ("_", ".")]
    title = next((told[key] for key in (*keys, f"{language}.short", language) if told.get(key)), "")
    return entry.name, " ".join(title.split())[:_TITLE]


COMMAND = AdminCommand(
    "entries",
    "what stands on the shelves",
    _entries,
    roles=READERS,
    arguments=_Entries,
    traced=False,
    group="knowledge",
)
