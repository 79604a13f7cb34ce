"""Exact attributions and reason codes: what this borrower's facts and actions do to the target."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from simulator.ceilings import BEST, TOUCHED_BY
from simulator.results import Reason
from simulator.sampling import expected_state
from simulator.scoring import worth
from simulator.shapley import shapley

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.central import Central
    from simulator.policy import Factor
    from simulator.shapes import Value

_POINTS = 100.0  # of one doubling
_NOTICEABLE = 0.5  # points a change must move the target before it is offered as something to do
_UNPROVED = {"affordability": "unproved_income"}
_NEGLIGIBLE = 1e-9


def reasons(central: Central) -> tuple[Reason, ...]:
    """One reason per code, largest first, whose yuan add up to the way from the ordinary client's target to this one.

    The shares are exact Shapley values of the game min(score, ceilings), in points; yuan are points times one rate,
    the logarithmic mean of both targets, and the largest share takes the rounding residue.
    """
    touching = _touching(central)
    by_code = _points_by_code(central)
    codes = (*touching, *(code for code, one in by_code.items() if code not in touching and abs(one) > _NEGLIGIBLE))
    ceilings = central.least(_coalitions(central, touching)) * _POINTS
    base = central.base * _POINTS
    points = shapley(base, [by_code.get(code, 0.0) for code in codes], np.broadcast_to(ceilings, 1 << len(touching)))
    start = 2.0 ** (min(base, float(np.ravel(ceilings)[0])) / _POINTS)
    yuan = _in_yuan(points, start, 2.0**central.target)
    movable = actionable(central, codes)
    told = [
        _reason(central, code, (own, money), movable=code in movable)
        for code, own, money in zip(codes, points, yuan, strict=True)
        if abs(own) > _NEGLIGIBLE
    ]
    return tuple(sorted(told, key=lambda reason: -abs(reason.points)))


def binding(central: Central) -> str | None:
    """The ceiling that holds the target at the horizon, None where it is the score.

    Where proofs alone would lift the affordability ceiling above the score, the proofs are what holds.
    """
    allowed = central.allowed(central.after)
    name = min(allowed, key=lambda one: float(allowed[one]))
    if float(allowed[name]) >= central.score:
        return None
    proof = TOUCHED_BY[central.pack.kind]["documents"][0]
    proved = central.allowed({**central.after, proof: 1.0})
    return _UNPROVED.get(name, name) if float(proved[name]) >= central.score else name


def actionable(central: Central, codes: Sequence[str]) -> frozenset[str]:
    """The codes of which some allowed change of their facts moves the target by half a point or more."""
    changes = [_best(central, code) for code in codes]
    state = {
        name: np.array([change.get(name, value) for change in changes], dtype=np.float64)
        for name, value in central.after.items()
    }
    gained = [_gain(central, code, change) for code, change in zip(codes, changes, strict=True)]
    scores = central.score + np.array(gained)
    reached = np.minimum(scores, central.least(state)) if codes else scores
    return frozenset(
        code for code, target in zip(codes, reached, strict=True) if (target - central.target) * _POINTS > _NOTICEABLE
    )


def factors_of(central: Central, code: str) -> tuple[Factor, ...]:
    """The factors told under one code."""
    return tuple(factor for factor in central.pack.factors if code_of(central, factor) == code)


def code_of(central: Central, factor: Factor) -> str:
    """The code a factor is told under: its own, or that of the told fact which an untold one merely follows."""
    followed = central.pack.priors[factor.fact].of
    if factor.fact in central.own or followed not in central.own:
        return factor.code
    return next((other.code for other in central.pack.factors if other.fact == followed), factor.code)


def _points_by_code(central: Central) -> dict[str, float]:
    points: dict[str, float] = {}
    for factor in central.pack.factors:
        code = code_of(central, factor)
        points[code] = points.get(code, 0.0) + central.added.get(factor.name, 0.0) * _POINTS
    return points


def _touching(central: Central) -> tuple[str, ...]:
    """The codes whose own facts move a ceiling and differ from the ordinary client's."""
    return tuple(
        code
        for code, names in TOUCHED_BY[central.pack.kind].items()
        if any(name in central.own and central.after[name] != central.usual[name] for name in names)
    )


def _coalitions(central: Central, touching: Sequence[str]) -> dict[str, Value]:
    """One column per coalition: the ordinary client's facts, but this borrower's for the codes inside.

    Facts that nobody told follow those of the coalition.
    """
    subsets = np.arange(1 << len(touching))
    state: dict[str, Value] = {"current_line": central.usual["current_line"]}
    for index, code in enumerate(touching):
        inside = (subsets >> index) & 1 == 1
        for name in TOUCHED_BY[central.pack.kind][code]:
            if name in central.own:
                state[name] = np.where(inside, central.after[name], central.usual[name])
    return expected_state(state, central.pack)


def _in_yuan(points: Sequence[float], start: float, end: float) -> list[float]:
    apart = math.log(end / start)
    rate = (end - start) / apart if abs(apart) > _NEGLIGIBLE else start
    yuan = [one * rate * math.log(2.0) / _POINTS for one in points]
    if yuan:
        largest = max(range(len(yuan)), key=lambda index: abs(yuan[index]))
        yuan[largest] += (end - start) - sum(yuan)
    return yuan


def _reason(central: Central, code: str, share: tuple[float, float], *, movable: bool) -> Reason:
    parts = factors_of(central, code)
    names = TOUCHED_BY[central.pack.kind].get(code, ())
    if not parts:
        rule = central.pack.parameters["own_funds_share"]
        return Reason(code, names[0], *share, rule.grade, movable)
    main = max(parts, key=lambda factor: (factor.fact in central.own, abs(central.added.get(factor.name, 0.0))))
    return Reason(code, main.fact, *share, central.pack.parameters[main.weight].grade, movable)


def _best(central: Central, code: str) -> dict[str, float]:
    best = {factor.fact: factor.best for factor in central.pack.factors if factor.code == code and factor.movable}
    touched = {name: BEST[name] for name in TOUCHED_BY[central.pack.kind].get(code, ()) if name in BEST}
    return best | touched


def _gain(central: Central, code: str, change: Mapping[str, float]) -> float:
    better = {**central.after, **change}
    return sum(
        float(worth(factor, central.parameters, better) - worth(factor, central.parameters, central.after))
        for factor in central.pack.factors
        if factor.code == code
    )
