"""preview: an entry, or all that is drafted, as people would read it, and what differs for whom on which screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import Field, JsonValue

from bot.admin.arguments import Arguments, Open
from bot.admin.desk import READERS, AdminCommand, Cell, Desk, RefusedError, Sheet, Told
from bot.admin.editing import bench_of, checked, entry_of, problems_told, ways
from bot.dialogue.messages import Paper
from bot.publishing.bench import Bench
from bot.publishing.editions import Edition
from bot.publishing.pages import Entry, entries, fields
from bot.publishing.previewing import LANGUAGES, Row, card, rows_of
from bot.publishing.walking import Member, Seen, cast, differing

_MOST_ON_A_CARD = 3
"""Entries that are shown in the chat itself; all of them stand on the page."""


class _Preview(Arguments):
    entry: Annotated[Open, Field(examples=["articles/fees"])] = ""


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
    return Told(words, papers=(page,), ways=ways(desk, "check")) if given.entry else _walked(desk, edition, words, page)


def _walked(desk: Desk, edition: Edition, words: str, page: Paper) -> Told:
    """The same with the cast, who go everywhere once as it is in use and once as it is drafted."""
    before = Edition(0, desk.library, desk.packs)
    people = cast(before)
    seen = list(differing(before, edition, people, desk.now))
    by: dict[str, list[Seen]] = {}
    for one in seen:
        by.setdefault(_name(desk, one.member), []).append(one)
    told = desk.say("publishing.walked", people=len(people), touched=len(by), screens=len(seen))
    sheet = Sheet(("person", *LANGUAGES, "screens"), tuple(_row(name, one) for name, one in by.items()))
    papers = (page, _difference_page(desk, by)) if seen else (page,)
    return Told(f"{words}\n\n{told}", sheet if seen else None, papers=papers, ways=ways(desk, "check"))


def _name(desk: Desk, member: Member) -> str:
    """A case by its title, an example by its number."""
    case = desk.library.cases.get(member.name)
    return member.name if case is None else desk.read_out(case.title)


def _row(name: str, seen: list[Seen]) -> tuple[Cell, ...]:
    """How many screens differ for somebody in each language, and which."""
    counts = (sum(one.language == language for one in seen) for language in LANGUAGES)
    return (name, *counts, ", ".join(sorted({one.screen for one in seen})))


def _difference_page(desk: Desk, by: Mapping[str, list[Seen]]) -> Paper:
    """Every line that went or came, person by person."""
    header: list[JsonValue] = ["", "", *(desk.say(f"publishing.lines_{which}") for which in ("went", "came"))]
    sections: list[JsonValue] = []
    for name, seen in by.items():
        rows: list[JsonValue] = [
            [one.language, one.screen, " / ".join(one.went), " / ".join(one.came)]
            for one in sorted(seen, key=lambda one: LANGUAGES.index(one.language))
        ]
        sections.append({"title": name, "header": header, "rows": rows})
    title = desk.say("publishing.walked_title")
    content: dict[str, JsonValue] = {"title": title, "about": desk.say("publishing.walked_about"), "sections": sections}
    return Paper(form="record", name="people.html", language=desk.language, caption=title, content=content)


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
    "preview",
    "the drafts as people would read them",
    _preview,
    roles=READERS,
    arguments=_Preview,
    traced=False,
    group="publishing",
    slow=True,
)
