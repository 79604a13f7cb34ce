"""dryrun: what the drafted packs would make of the library's cases and of drawn people, before anybody is told so."""

from __future__ import annotations

from typing import Literal

from pydantic import JsonValue

from bot.admin.arguments import Arguments
from bot.admin.desk import READERS, AdminCommand, Cell, Desk, RefusedError, Sheet, Told, Way
from bot.admin.editing import bench_of, problems_told, ways
from bot.dialogue.messages import Bar, Bars, Paper
from bot.publishing.bench import Bench
from bot.publishing.harmless import harms
from bot.publishing.paths import PACKS, packs_in
from bot.publishing.trying import MONTHS, Shift, Tried, changed_products, tried_cases, tried_people
from knowledge.problems import Problem
from simulator.loading import read_packs
from simulator.policy import Pack

_SEED = 20261122
_HEADER = ("case", "p10_before", "p50_before", "p90_before", "p10_after", "p50_after", "p90_after")
_MOST_IN_A_CHART = 5


class _DryRun(Arguments):
    how_much: Literal["short", "all"] = "short"


def _dryrun(desk: Desk, given: _DryRun) -> Told:
    bench = bench_of(desk)
    before, after = desk.packs, _drafted(desk, bench)
    products = changed_products(before, after)
    if not products:
        raise RefusedError(desk.say("publishing.no_numbers"))
    cases = sorted(desk.library.cases.values(), key=lambda case: not case.gathered)
    tried = [one for name in products for one in tried_cases(before[name], after[name], cases, _SEED)]
    shifts = [tried_people(before[name], after[name], _SEED) for name in products]
    rows = tuple(_row(desk, one) for one in tried)
    gathered = sum(bool(one.case.gathered) for one in tried)
    words = "\n\n".join(_told(desk, shift) for shift in shifts)
    if given.how_much == "all":
        which = desk.say("publishing.which", gathered=gathered)
        page = _page(desk, Sheet(_HEADER, rows), which)
        return Told(f"{words}\n\n{which}", Sheet(_HEADER, rows), papers=(page,), ways=ways(desk, "check"))
    more = Way(desk.say("publishing.dryrun_all", count=len(rows)), "dryrun all")
    sheet = Sheet(_HEADER, rows, first=0)
    return Told(words, sheet, chart=_chart(desk, tried), ways=(more, *ways(desk, "check")))


def _page(desk: Desk, sheet: Sheet, about: str) -> Paper:
    """Every case on a page, for whom the chart is not enough."""
    header: list[JsonValue] = [desk.say(f"office.column.{name}") for name in sheet.header]
    rows: list[JsonValue] = [
        [f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row] for row in sheet.rows
    ]
    title = desk.say("publishing.chart", months=MONTHS)
    sections: list[JsonValue] = [{"title": "", "header": header, "rows": rows}]
    content: dict[str, JsonValue] = {"title": title, "about": about, "sections": sections}
    return Paper(form="record", name="dryrun.html", language=desk.language, caption=title, content=content)


def _drafted(desk: Desk, bench: Bench) -> dict[str, Pack]:
    """The packs as the drafts would have them.

    Raises:
        RefusedError: when something is wrong in one of them.
    """
    files = {path: text for path, text in bench.over().items() if path.startswith(f"{PACKS}/")}
    wrong = [problem for path, text in files.items() for problem in harms(path, text or "")]
    if not wrong:
        packs, unread = read_packs(over=packs_in(files))
        wrong = [Problem(PACKS, problem.field, problem.message) for problem in unread]
    if wrong:
        raise RefusedError(problems_told(desk, tuple(wrong)))
    return dict(packs)


def _row(desk: Desk, tried: Tried) -> tuple[Cell, ...]:
    numbers = [number for one in (tried.before, tried.after) for number in (one.p10, one.p50, one.p90)]
    return (_name(desk, tried), *(round(number) for number in numbers))


def _name(desk: Desk, tried: Tried) -> str:
    return desk.read_out(tried.case.title)


def _told(desk: Desk, shift: Shift) -> str:
    told = shift._asdict() | {"shares": list(shift.shares)}
    return desk.say("publishing.dryrun", months=MONTHS, **told)


def _chart(desk: Desk, tried: list[Tried]) -> Bars:
    """The cases that move most, before and after."""
    moved = sorted(tried, key=lambda one: -abs(one.after.p50 - one.before.p50) / max(one.before.p50, 1.0))
    bars = []
    for one in moved[:_MOST_IN_A_CHART]:
        for when, seen in (("before", one.before), ("after", one.after)):
            label = desk.say(f"publishing.{when}", name=_name(desk, one))
            bars.append(Bar(label=label, value=seen.p50, low=seen.p10, high=seen.p90))
    return Bars(title=desk.say("publishing.chart", months=MONTHS), rows=tuple(bars), unit=desk.say("publishing.yuan"))


COMMAND = AdminCommand(
    "dryrun",
    "what the drafted packs would change",
    _dryrun,
    roles=READERS,
    arguments=_DryRun,
    traced=False,
    group="publishing",
)
