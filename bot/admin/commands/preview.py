"""preview: an entry, or everything that is drafted, as people would read it in every language; the rest as a page."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import JsonValue

from bot.admin.arguments import Arguments, Open
from bot.admin.desk import READERS, AdminCommand, Desk, RefusedError, Told
from bot.admin.editing import bench_of, checked, entry_of, problems_told, ways
from bot.dialogue.messages import Paper
from bot.publishing.bench import Bench
from bot.publishing.editions import Edition
from bot.publishing.pages import Entry, entries, fields
from bot.publishing.previewing import LANGUAGES, Row, card, rows_of

_MOST_ON_A_CARD = 3
"""Entries that are shown in the chat itself; all of them stand on the page."""


class _Preview(Arguments):
    entry: Open = ""


def _preview(desk: Desk, given: _Preview) -> Told:
    bench = bench_of(desk)
    edition = _edition(desk, bench)
    wanted = [entry_of(desk, bench, given.entry)] if given.entry else _changed(bench)
    if not wanted:
        raise RefusedError(desk.say("publishing.no_draft"))
    shown = {entry: rows_of(edition.library, entry) for entry in wanted}
    cards = [_carded(desk, edition, entry, rows) for entry, rows in list(shown.items())[:_MOST_ON_A_CARD]]
    page = _page(desk, [row for rows in shown.values() for row in rows])
    words = desk.say("publishing.preview", cards=cards, count=len(wanted))
    return Told(words, papers=(page,), ways=ways(desk, "check"))


def _edition(desk: Desk, bench: Bench) -> Edition:
    """What the drafts would become; what is in use where there are none."""
    if not bench.over():
        return Edition(0, desk.library, desk.packs)
    found = checked(desk, bench)
    if found.edition is None:
        raise RefusedError(problems_told(desk, found.grave))
    return found.edition


def _changed(bench: Bench) -> list[Entry]:
    """The entries that are not as they are published."""
    published = Bench(bench.number, bench.published, {})
    return [one for path in bench.changes for one in _of(bench, path) if _words(bench, one) != _words(published, one)]


def _of(bench: Bench, path: str) -> Iterable[Entry]:
    return (one for one in entries(bench, path.split("/", maxsplit=1)[0]) if one.path == path)


def _words(bench: Bench, entry: Entry) -> object:
    return dict(fields(bench, entry))


def _carded(desk: Desk, edition: Edition, entry: Entry, rows: Iterable[Row]) -> dict[str, object]:
    """One entry in every language: a question as its card, all else field by field."""
    question = edition.library.questions.get(entry.id) if entry.shelf == "questions" else None
    if question is not None:
        return {"name": entry.name, "said": [card(edition, question, one, desk.now) for one in LANGUAGES]}
    told = list(rows)
    return {"name": entry.name, "said": ["\n".join(row.words[at] for row in told) for at in range(len(LANGUAGES))]}


def _page(desk: Desk, rows: Iterable[Row]) -> Paper:
    """Every row in every language on a page, file by file."""
    files: dict[str, list[JsonValue]] = {}
    for row in rows:
        files.setdefault(row.file, []).append([row.field, *row.words])
    header: list[JsonValue] = ["", *LANGUAGES]
    sections: list[JsonValue] = [{"title": file, "header": header, "rows": told} for file, told in files.items()]
    title, about = desk.say("publishing.page_title"), desk.say("publishing.page_about", day=desk.now.date())
    content: dict[str, JsonValue] = {"title": title, "about": about, "sections": sections}
    return Paper(form="record", name="preview.html", language=desk.language, caption=title, content=content)


COMMAND = AdminCommand(
    "preview", "the drafts as people would read them", _preview, roles=READERS, arguments=_Preview, traced=False
)
