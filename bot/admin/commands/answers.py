"""answers: which entries helped, which answers were given, which questions found none, and if results were right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from sqlalchemy import distinct, func, select

from bot.admin.arguments import Arguments
from bot.admin.desk import READERS, AdminCommand, Cell, Desk, Sheet, Told, Way
from bot.admin.hiding import SURE_PERCENT, share_bar, shown
from bot.dialogue.consenting import FEWEST
from bot.dialogue.messages import Bar, Bars
from bot.store.engine import reading
from bot.store.tables import JOURNAL

Counts: TypeAlias = Mapping[tuple[str, str], int]
"""People by kind and detail."""

_KINDS = ("helped", "right", "unanswered", "unsure", "answered")
_TOLD = ("right", "unanswered", "unsure")
_MOST_BARS = 12


def _answers(desk: Desk, _given: Arguments) -> Told:
    people = func.count(distinct(JOURNAL.c.conversation))
    query = select(JOURNAL.c.kind, JOURNAL.c.detail, people).where(JOURNAL.c.kind.in_(_KINDS))
    with reading(desk.store) as connection:
        found = connection.execute(query.group_by(JOURNAL.c.kind, JOURNAL.c.detail)).all()
    counts: Counts = {(kind, detail): count for kind, detail, count in found}
    entries = sorted({detail for kind, detail in counts if kind == "answered"})
    rows = [*_by_entry(counts, entries), *_others(counts)]
    titles = {entry: _title(desk, entry) for entry in entries if entry in desk.library.articles}
    sheet = Sheet(("what", "which", "people", "helped", "not_helped", "share"), tuple(rows), titles=titles)
    ways = (Way(desk.worded("office.label.unanswered", "unanswered"), "unanswered"),)
    return Told(desk.say("office.answers.words", fewest=FEWEST, none=not rows), sheet, _chart(desk, counts), ways=ways)


def _by_entry(counts: Counts, entries: list[str]) -> Iterator[tuple[Cell, ...]]:
    """Entries that most people got first, and of those who said so, the share whom it helped."""
    for entry in sorted(entries, key=lambda name: (-counts["answered", name], name)):
        yes, no = _verdicts(counts, entry)
        bar = share_bar(entry, yes, yes + no)
        share = Bars(title="", rows=(), share=True).told(bar)
        yield ("answered", entry, shown(counts["answered", entry]), shown(yes), shown(no), share)


def _verdicts(counts: Counts, entry: str) -> tuple[int, int]:
    return counts.get(("helped", f"yes {entry}"), 0), counts.get(("helped", f"no {entry}"), 0)


def _others(counts: Counts) -> Iterator[tuple[Cell, ...]]:
    told = [key for key in counts if key[0] in _TOLD]
    for kind, detail in sorted(told, key=lambda key: (_TOLD.index(key[0]), -counts[key], key[1])):
        yield (kind, detail, shown(counts[kind, detail]), "", "", "")


def _chart(desk: Desk, counts: Counts) -> Bars:
    """The entries that helped least, of those that many people judged."""
    judged = {detail.partition(" ")[2] for kind, detail in counts if kind == "helped"}
    bars: list[Bar] = []
    for entry in sorted(judged):
        yes, no = _verdicts(counts, entry)
        bars.append(share_bar(_title(desk, entry), yes, yes + no))
    told = sorted((bar for bar in bars if bar.value is not None), key=lambda bar: bar.value or 0.0)
    title, note = desk.say("office.answers.title"), desk.say("office.answers.note", sure=SURE_PERCENT)
    return Bars(title=title, rows=tuple(told[:_MOST_BARS]), share=True, note=note)


def _title(desk: Desk, entry: str) -> str:
    known = desk.library.articles.get(entry)
    return entry if known is None else desk.read_out(known.title)


COMMAND = AdminCommand(
    "answers",
    "answers given, questions without one, and results found right",
    _answers,
    roles=READERS,
    traced=False,
    group="sight",
)
