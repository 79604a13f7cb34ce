"""Scoring: what each factor adds to the target line, in doublings, against an ordinary client with the same line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.measures import inputs, measured
from simulator.shapes import shaped

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from simulator.policy import Factor, Pack
    from simulator.shapes import Value


def leanings(
    pack: Pack,
    parameters: Mapping[str, Value],
    state: Mapping[str, Value],
    usual: Mapping[str, Value],
    known: Container[str],
) -> dict[str, Value]:
    """How far each factor of a state stands from the usual one, signed, in units of its weight."""
    return {
        factor.name: factor.sign
        * (
            shaped(factor.shape, measured(factor.measure, state), parameters)
            - shaped(factor.shape, measured(factor.measure, usual), parameters)
        )
        for factor in pack.factors
        if not factor.only_known or factor.fact in known
    }


def priced(
    pack: Pack, parameters: Mapping[str, Value], leaning: Mapping[str, Value], known: Container[str]
) -> dict[str, Value]:
    """Doublings by factor that leanings add to the score, as far as the visible line does not tell them yet.

    Only the share ``news`` of a fact counts: the rest is in the line already. Once the mediating score is known,
    the factors it stands for count less by ``mediation``, so nothing is counted twice.
    """
    mediator_known = any(factor.only_known and factor.fact in known for factor in pack.factors)
    news = {name: parameters[name] / parameters["points_per_doubling"] for name in ("news_slow", "news_fresh")}
    weights = {factor.name: news[factor.news] * parameters[factor.weight] for factor in pack.factors}
    if mediator_known:
        direct = 1.0 - parameters["mediation"]
        weights |= {factor.name: weights[factor.name] * direct for factor in pack.factors if factor.mediated}
    return {name: weights[name] * lean for name, lean in leaning.items()}


def worth(factor: Factor, parameters: Mapping[str, Value], state: Mapping[str, Value]) -> Value:
    """The full weight of a factor in one state, in doublings, signed."""
    value = shaped(factor.shape, measured(factor.measure, state), parameters)
    return factor.sign * parameters[factor.weight] * value / parameters["points_per_doubling"]


def drifts(pack: Pack, parameters: Mapping[str, Value], state: Mapping[str, Value], months: int) -> dict[str, Value]:
    """What going on as before adds by month (months, draws): habits that grow older, lapses that fade.

    Only the unpriced share counts, because the lender expects a client to go on as before.
    """
    passed = np.arange(1, months + 1, dtype=np.float64)[:, None]
    moved: dict[str, Value] = {}
    for factor in pack.factors:
        news = parameters[factor.news]
        if factor.grows:
            older = {**state, factor.fact: state[factor.fact] + passed}
            moved[factor.name] = news * (worth(factor, parameters, older) - worth(factor, parameters, state))
        elif factor.fades:
            moved[factor.name] = news * worth(factor, parameters, state) * (0.5 ** (passed / factor.fades) - 1.0)
    return moved


def gains(
    pack: Pack,
    parameters: Mapping[str, Value],
    state: Mapping[str, Value],
    moved: Mapping[str, Value],
    before: tuple[Mapping[str, Value], Container[str]],
) -> dict[str, Value]:
    """Doublings by factor that moved facts add, never negative: they count in full, for they are news.

    ``before`` holds what going on as before had already added (from ``drifts``) and the names of known facts.
    """
    carried, known = before
    after = {**state, **moved}
    return {
        factor.name: np.maximum(
            worth(factor, parameters, after) - worth(factor, parameters, state) - carried.get(factor.name, 0.0), 0.0
        )
        for factor in touched(pack, moved)
        if not factor.only_known or factor.fact in known
    }


def touched(pack: Pack, facts: Container[str]) -> tuple[Factor, ...]:
    """The factors that can move when some facts move."""
    return tuple(factor for factor in pack.factors if any(name in facts for name in inputs(factor.measure)))
