"""truth: how forecasts came true: coverage with its interval, where lines fell, and what errors cost."""

from __future__ import annotations

from typing import Literal

from bot.admin.arguments import Arguments
from bot.admin.desk import READERS, AdminCommand, Cell, Desk, Sheet, Told, Way
from bot.dialogue.messages import Bar, Bars
from bot.store.engine import reading
from bot.store.sharing import Contacted, contacted
from bot.truth.gathering import Gathered, gathered
from bot.truth.telling import FEWEST, Group, groups, levels
from simulator.verifying import PROMISED

_APART = ("together", "month", "ahead", "product", "language")
_HEADER = ("people", "held", "at_least", "at_most", "loss_low", "loss_middle", "loss_high", "loss_unchanged")

_HIDDEN = "hidden"
"""What stands in place of a cell of few people, and of one that would tell of them."""


class _Truth(Arguments):
    apart: Literal["together", "month", "ahead", "product", "language", "levels"] = "together"


def _truth(desk: Desk, given: _Truth) -> Told:
    with reading(desk.store) as connection:
        found, asked = gathered(connection), contacted(connection)
    words = desk.say("office.truth.words", **_selection(asked, found), promised=PROMISED)
    ways = tuple(Way(desk.say(f"office.truth.{name}"), f"truth {name}") for name in (*_APART, "levels"))
    if given.apart == "levels":
        return _levels(desk, found, words, ways)
    rows = groups(found.exact, given.apart)
    extra = () if given.apart == "together" else (given.apart,)
    sheet = Sheet((*extra, *_HEADER), tuple(_cells(group, given.apart) for group in rows))
    return Told(words, sheet, _chart(desk, rows), ways=ways)


def _selection(asked: Contacted, found: Gathered) -> dict[str, str]:
    counts = {**asked._asdict(), "banded": found.banded}
    return {name: few(count) for name, count in counts.items()}


def few(count: float) -> str:
    """A number of people, hidden when they are few."""
    return f"<{FEWEST}" if 0 < count < FEWEST else f"{count:,.0f}"


def _cells(group: Group, apart: str) -> tuple[Cell, ...]:
    name = () if apart == "together" else (group.name,)
    if group.coverage is None or group.losses is None or group.people is None:
        return (*name, _HIDDEN, *[""] * (len(_HEADER) - 1))
    shares = (*group.coverage, *group.losses)
    return (*name, group.people, *(round(100 * share, 1) for share in shares))


def _chart(desk: Desk, rows: tuple[Group, ...]) -> Bars:
    """Coverage by group beside the promise; the newest groups where there are many."""
    bars = tuple(
        Bar(label=_named(desk, group), value=None, instead=desk.say("office.value.hidden"))
        if group.coverage is None
        else Bar(
            label=_named(desk, group), value=group.coverage.value, low=group.coverage.low, high=group.coverage.high
        )
        for group in rows[-_MOST_BARS:]
    )
    title, mark = desk.say("office.truth.title"), desk.say("office.truth.promised")
    note = desk.say("office.truth.note")
    return Bars(title=title, rows=bars, share=True, digits=1, mark=PROMISED, mark_label=mark, note=note)


_MOST_BARS = 12


def _named(desk: Desk, group: Group) -> str:
    return desk.worded(f"office.value.{group.name}", group.name) if group.name else desk.say("office.truth.together")


def _levels(desk: Desk, found: Gathered, words: str, ways: tuple[Way, ...]) -> Told:
    """Where lines fell within their forecasts; even parts mean honest ranges."""
    counts = levels(found.exact)
    if not counts:
        return Told(f"{words}\n\n{desk.say('office.truth.too_few')}", ways=ways)
    names = [f"{100 * at // len(counts)}\u2013{100 * (at + 1) // len(counts)}%" for at in range(len(counts))]
    told = [_HIDDEN if count is None else round(count) for count in counts]
    people = len({one.outcome.person for one in found.exact})
    bars = tuple(
        Bar(label=name, value=count, instead=desk.say("office.value.hidden"))
        for name, count in zip(names, counts, strict=True)
    )
    chart = Bars(
        title=desk.say("office.truth.levels_title"),
        rows=bars,
        unit=desk.say("office.truth.unit"),
        mark=people / len(counts),
        mark_label=desk.say("office.truth.even"),
        note=desk.say("office.truth.levels_note"),
    )
    return Told(words, Sheet(("part", "people"), tuple(zip(names, told, strict=True))), chart, ways=ways)


COMMAND = AdminCommand(
    "truth", "how forecasts came true", _truth, roles=READERS, arguments=_Truth, traced=False, group="sight"
)
