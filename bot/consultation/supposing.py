"""Supposing: what a step would bring to all cases of a sitting, worked out from their public cards and nothing else."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from bot.consultation.anonymising import Band, Card
from bot.consultation.sitting import Seat, Sitting
from bot.dialogue.estimate import Standing, actions_for, ranges_after
from bot.dialogue.interview import PRODUCTS
from bot.dialogue.scene import Scene
from knowledge.figures import about
from simulator.burden import gate
from simulator.preparing import Chance
from simulator.results import Range
from simulator.vocabulary import Facts, Kind, Problem

MONTHS = 12
"""How far ahead a group looks."""

_CHANCE = Chance(months=MONTHS, seed=1, preset="honest", draws=300)
"""The same paths for every case and every step, so that equal cards give equal figures."""

_LEAST, _BEYOND = 0.5, 1.5
"""An open end of a band is closed at this part of its other end."""

_OWN = frozenset({"lower_line_yourself", "close_line"})
"""Steps that change the line itself, by as much as somebody likes: no forecast is needed, and any would mislead."""

_HALF = "bring_utilisation_down"
"""The step that brings what is used below half of a line."""

_SHARES = frozenset({"use", "overdue"})


class Outlook(NamedTuple):
    """One case in the month asked for: its letter, and rounded ranges (yuan) as it is and with the step.

    ``today`` is the line (yuan) that its card stands for. ``before`` is None where the card says nothing of a line.
    ``after`` is None where no step is played out: the debts are too heavy for any talk of a raise, or the step is
    nothing for this kind of borrower; ``gated`` says which. Of several steps ``each`` tells what one alone would bring.
    """

    letter: str
    card: Card
    before: Range | None
    after: Range | None
    gated: bool
    today: float = 0.0
    each: tuple[Range | None, ...] = ()


def facts_of_card(card: Card) -> Facts:
    """Somebody in the middle of every band of a card; what the card does not say stays unknown.

    Middles are geometric for amounts and plain for counts. This is nobody's own facts: only the card goes in.
    """
    told = {band.name: _middle(band) for band in card.bands}
    facts = Facts(card.kind)
    for name, work_out in _FACTS.items():
        value = work_out(told, card.kind)
        changed = None if value is None else facts.with_value(_name(name, card.kind), value)
        facts = facts if changed is None or isinstance(changed, Problem) else changed
    return facts


def _middle(band: Band) -> float:
    low, high = band.low, band.high
    if band.name in _SHARES:
        return ((low or 0.0) + (1.0 if high is None else high)) / 2
    if low is None:
        return (high or 0.0) * _LEAST
    return math.sqrt(low * (low * _BEYOND * _BEYOND if high is None else high))


_Told = Mapping[str, float]


def _plainly(name: str) -> Callable[[_Told, Kind], float | None]:
    return lambda told, _kind: about(told[name]) if name in told else None


def _whole(name: str) -> Callable[[_Told, Kind], float | None]:
    return lambda told, _kind: float(math.floor(told[name])) if name in told else None


def _used(told: _Told, _kind: Kind) -> float | None:
    return about(told["line"]) * told["use"] if {"line", "use"} <= told.keys() else None


def _overdue(told: _Told, _kind: Kind) -> bool | None:
    return told["overdue"] > 0.5 if "overdue" in told else None


_FACTS: Mapping[str, Callable[[_Told, Kind], float | bool | None]] = MappingProxyType({
    "current_line": _plainly("line"),
    "used_balance": _used,
    "overdue_now": _overdue,
    "on_time_months": _whole("streak"),
    "lenders_count": _whole("lenders"),
    "income": _plainly("income"),
})


def _name(name: str, kind: Kind) -> str:
    if name != "income":
        return name
    return "monthly_income" if kind is Kind.PERSON else "monthly_turnover"


def offered_steps(sitting: Sitting, scene: Scene, most: int) -> tuple[str, ...]:
    """Steps that could be supposed for all: first those that move what most cards on the table tell of, then by id."""
    told, fits = Counter[str](), Counter[str]()
    for seat in sitting.cases:
        facts = Facts(Kind.PERSON) if seat.card is None else facts_of_card(seat.card)
        for action in () if gate(facts) else actions_for(facts, scene):
            if action.effects and not _done_already(action.id, facts):
                fits[action.id] += 1
                told[action.id] += any(facts.known(effect.fact) for effect in action.effects)
    return tuple(sorted(fits, key=lambda name: (-told[name], -fits[name], name)))[:most]


def _done_already(step: str, facts: Facts) -> bool:
    """Whether a step asks for something that is so, as far as a card tells."""
    line, used = facts.number("current_line"), facts.number("used_balance")
    return step == _HALF and line is not None and used is not None and used < line / 2


def supposable(sitting: Sitting, scene: Scene, most: int) -> tuple[str, ...]:
    """Those of the offered steps after which a model has anything to tell of a line, in the same order."""
    return tuple(name for name in offered_steps(sitting, scene, len(scene.library.actions)) if name not in _OWN)[:most]


def outlooks(sitting: Sitting, steps: Sequence[str], scene: Scene, month: int = MONTHS) -> tuple[Outlook, ...]:
    """Every case on the table with and without some steps (ids) begun now, by its letter.

    Args:
        sitting: whose cases.
        steps: what all of them would do; a step that is nothing for a kind of borrower is left out for them.
        scene: library and packs.
        month: how far ahead, at most ``MONTHS``.

    Returns:
        Ranges rounded to two digits; equal cards have equal ones.
    """
    known: dict[Card, Outlook] = {}
    found = []
    for seat in sitting.cases:
        if seat.card is None:
            continue
        if seat.card not in known:
            known[seat.card] = _outlook(seat, seat.card, steps, scene, month)
        found.append(known[seat.card]._replace(letter=seat.letter or ""))
    return tuple(found)


def _outlook(seat: Seat, card: Card, steps: Sequence[str], scene: Scene, month: int) -> Outlook:
    facts = facts_of_card(card)
    if not facts.known("current_line"):
        return Outlook(seat.letter or "", card, None, None, gated=False)
    today = facts.number("current_line") or 0.0
    now = Standing(facts, scene.packs[PRODUCTS[facts.kind]], None)
    before = _rounded(ranges_after(now, (), _CHANCE)[month])
    if gate(facts):
        return Outlook(seat.letter or "", card, before, None, gated=True, today=today)
    own = {action.id: action for action in actions_for(facts, scene)}

    def played(names: Sequence[str]) -> Range | None:
        taken = [(own[name], 0) for name in names if name in own]
        return _rounded(ranges_after(now, taken, _CHANCE)[month]) if taken else None

    after = played(steps)
    each = tuple(played((name,)) for name in steps) if len(steps) > 1 else ()
    return Outlook(seat.letter or "", card, before, after, gated=False, today=today, each=each)


def clashes(steps: Sequence[str], scene: Scene) -> bool:
    """Whether some of these steps exclude each other."""
    taken = [scene.library.actions[name].action for name in steps if name in scene.library.actions]
    return any(other.id in one.conflicts for one in taken for other in taken)


def _rounded(one: Range) -> Range:
    return Range(about(one.p10), about(one.p50), about(one.p90))
