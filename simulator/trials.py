"""Trials: what the bench measures on one pack, each with the goal it should reach on one core of a small machine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from simulator import crowd, enumerating, movement
from simulator.actions import Action, Effect
from simulator.central import central_case
from simulator.course import Aim
from simulator.explaining import reasons
from simulator.forecasting import available, forecast, lines_in_yuan, prepare, ranges
from simulator.preparing import Chance, draw_luck
from simulator.quickest import compiler_installed, quickest
from simulator.recutting import recut
from simulator.sampling import draw_state, draw_traits
from simulator.vocabulary import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator.policy import Pack
    from simulator.tapes import Increment, Tapes

_ACTIONS = 16
_ASKING = 2
_FORECASTS = ((600, 12), (1000, 12), (2000, 24))
_WALKED = (2048, 12)  # paths and months of one walk: its working set stays in a second-level cache
_PLANNED = (256, 12)  # paths and months of a search and of each profile of a crowd
_CROWD, _FEW = 8192, 64  # profiles that stand for a million, compiled and plain
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing to measure: what is done, how often that is in the unit, and what it should come to.

    ``unit`` is ``ms`` or ``s`` for the whole of it (less is better), else how many things are done a second.
    """

    what: str
    work: Callable[[], object]
    unit: str = "ms"
    amount: float = 1.0
    goal: float | None = None

    def figure(self, seconds: float) -> float:
        """Seconds of one run, in the trial's unit."""
        if self.less_is_better:
            return seconds * self.amount * (1e3 if self.unit == "ms" else 1.0)
        return self.amount / seconds

    @property
    def less_is_better(self) -> bool:
        """Whether the figure is a duration."""
        return self.unit in {"ms", "s"}


def trials(pack: Pack) -> Iterator[Trial]:
    """All trials of a pack: forecasts, questions, walks, sets of actions, a crowd; compiled ones where they can be."""
    facts = _facts(pack)
    for draws, months in _FORECASTS:
        yield Trial(f"forecast {draws} x {months}", partial(forecast, facts, pack, months=months, draws=draws))
    yield from _questions(pack)
    kinds = ("plain", "compiled") if compiler_installed() else ("plain",)
    for kind in kinds:
        yield _walk(pack, kind)
    for kind in kinds:
        yield _sets(pack, kind)
    for kind in kinds:
        yield _crowd(pack, kind)


def actions_of(pack: Pack, count: int = _ACTIONS) -> list[Action]:
    """Actions made of the pack itself: each brings one movable fact to its best; some ask for a review."""
    best = {factor.fact: factor.best for factor in pack.factors if factor.movable}
    made = [
        Action(
            id=fact,
            kinds=frozenset({pack.kind}),
            effects=(Effect(fact, "to", value, value, value, "ramp", 0, 4),),
            effort_hours=1.0,
            effort_hours_monthly=0.0,
            money=0.0,
            lead_months=0,
            needs=(),
            conflicts=(),
            habit=False,
            reversible=True,
            asks_review=place < _ASKING,
            grade="A",
        )
        for place, (fact, value) in enumerate(best.items())
    ]
    return made[:count]


def _facts(pack: Pack) -> Facts:
    return Facts(pack.kind, MappingProxyType(dict(pack.examples[0].facts)))


def _tapes(pack: Pack, draws: int, months: int) -> Tapes:
    return prepare(_facts(pack), pack, months=months, seed=1, preset="honest", draws=draws)


def _questions(pack: Pack) -> Iterator[Trial]:
    """What a person asks of a forecast that is there: what if I did this, what if that were so, and why."""
    draws, months = _FORECASTS[-1]
    tapes, facts = _tapes(pack, draws, months), _facts(pack)
    luck = draw_luck(pack, Chance(months, 1, "honest", draws))
    action = actions_of(pack)[-1]

    def done() -> object:
        return _ranges(tapes, tapes.increment(action, 1))

    def told() -> object:
        return _ranges(cut := recut(tapes, luck, {"lenders_count": 2.0}), cut.joined(()))

    def why() -> object:
        return reasons(central_case(facts, pack, preset="honest", months=months))

    yield Trial(f"what if one acts {draws} x {months}", done, goal=10.0)
    yield Trial(f"what if a fact changes {draws} x {months}", told, goal=10.0)
    yield Trial("reasons of all factors", why, goal=10.0)


def _ranges(tapes: Tapes, gain: Increment) -> object:
    yuan = lines_in_yuan(tapes, movement.walk(tapes, gain))
    return ranges(yuan), ranges(available(tapes, yuan))


def _walk(pack: Pack, kind: str) -> Trial:
    draws, months = _WALKED
    walk = movement.walk if kind == "plain" else quickest(movement.walk, "kernels")
    tapes = _tapes(pack, draws, months)
    gain = tapes.joined(())
    if not np.array_equal(walk(tapes, gain), movement.walk(tapes, gain)):
        raise ArithmeticError(f"the {kind} walk differs from the plain one")
    goal = 5e7 if kind == "plain" else 1.4e9
    return Trial(f"{kind} walk {draws} x {months}", partial(walk, tapes, gain), "path-months/s", draws * months, goal)


def _sets(pack: Pack, kind: str) -> Trial:
    draws, months = _PLANNED
    count = enumerating.every_set if kind == "plain" else quickest(enumerating.every_set, "kernels_of_sets")
    tapes = _tapes(pack, draws, months)
    actions = actions_of(pack, _ACTIONS // 2 if kind == "plain" else _ACTIONS)
    gains = [tapes.increment(action, 0) for action in actions]
    work = partial(count, tapes, gains, Aim(months, 1.3 * float(tapes.start_yuan[0])))
    what = f"{kind} {1 << len(gains):,} sets x {draws} x {months}"
    return Trial(what, work, "s", goal=None if kind == "plain" else 0.15)


def _crowd(pack: Pack, kind: str) -> Trial:
    draws, months = _PLANNED
    count, outlook = _FEW, crowd.outlook
    if kind == "compiled":
        count, outlook = _CROWD, quickest(crowd.outlook, "kernels_of_crowds")
    state = draw_state({}, pack, draw_traits(pack, 1, count))
    profiles = {name: np.broadcast_to(np.asarray(one, dtype=np.float64), (count,)) for name, one in state.items()}
    work = partial(outlook, profiles, pack, draw_luck(pack, Chance(months, 1, "honest", draws)))
    goal = None if kind == "plain" else 5.0
    return Trial(f"{kind} million profiles x {draws} x {months}", work, "s", _MILLION / count, goal)
