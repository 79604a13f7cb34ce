"""Exact attributions: how much each factor moves one case's middle away from that of the usual case."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.fitting.boosting import Boosted
    from simulator.fitting.fitted import Fitted
    from simulator.fitting.grid import Bins
    from simulator.fitting.growing import IntArray
    from simulator.shapes import FloatArray

DEEPEST = 8
"""Levels of trees up to which the weights of coalitions are tabulated."""


@dataclass(frozen=True, slots=True)
class Credit:
    """The usual case's middle in doublings, and what each factor adds to it; together they are the case's middle."""

    usual: float
    added: Mapping[str, float]


def credit(fitted: Fitted, case: FloatArray) -> Credit:
    """The exact Shapley values of the game in which a factor's features are the case's or the usual ones.

    Args:
        fitted: the model.
        case: the value of each feature of one case; features of one factor go together.

    A leaf counts for those who open the way to it and against those who bar it, by how often they come last: so the
    values are exact without going through all sets (Lundberg et al. 2020, interventional trees).
    """
    factors = list(dict.fromkeys(column.factor for column in fitted.columns))
    owners = np.array([factors.index(column.factor) for column in fitted.columns], dtype=np.int64)
    bins = fitted.grid.bins(case[None])[:, 0]
    added = np.zeros(len(factors))
    for member in fitted.members:
        added += _credit(member, bins, fitted.usual, owners) / len(fitted.members)
    usual = sum(float(member.at(fitted.usual[:, None])[0]) for member in fitted.members) / len(fitted.members)
    return Credit(usual, dict(zip(factors, added.tolist(), strict=True)))


def _credit(member: Boosted, case: Bins, usual: Bins, owners: IntArray) -> FloatArray:
    """Each factor's share in one sum of trees of equal depth."""
    features, cuts, values = (
        np.stack([getattr(tree, name) for tree in member.trees]) for name in ("features", "cuts", "values")
    )
    nodes, right = _ways(member.trees[0].depth)
    asked = features[:, nodes]
    ours = (case[asked] > cuts[:, nodes]) == right
    theirs = (usual[asked] > cuts[:, nodes]) == right
    owner = owners[asked]
    same = owner[..., :, None] == owner[..., None, :]
    opened, left_open = (~(same & ~one[..., None, :]).any(axis=-1) for one in (ours, theirs))
    first = ~np.tril(same, -1).any(axis=-1)
    reached = (opened | left_open).all(axis=-1)
    helping, barring = first & opened & ~left_open, first & left_open & ~opened
    helpers, barrers = helping.sum(axis=-1), barring.sum(axis=-1)
    worth = np.where(reached, values, 0.0)
    gained = helping * (worth * _LAST[helpers, barrers])[..., None]
    lost = barring * (worth * _LAST[barrers, helpers])[..., None]
    return np.bincount(owner.ravel(), (gained - lost).ravel(), int(owners.max()) + 1).astype(np.float64, copy=False)


def _ways(depth: int) -> tuple[IntArray, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]:
    """The nodes on the way to each leaf, and at which of them it goes right."""
    leaves = np.arange(1 << depth) + (1 << depth)
    steps = leaves[:, None] >> np.arange(depth, -1, -1)
    return steps[:, :-1] - 1, (steps[:, 1:] & 1).astype(np.bool_)


def _last(own: int, other: int) -> float:
    """How often one of ``own`` comes last of them, all before any of ``other``: (own-1)! other! / (own+other)!."""
    return 1.0 / (own * comb(own + other, own)) if own else 0.0


_LAST = np.array([[_last(own, other) for other in range(DEEPEST + 1)] for own in range(DEEPEST + 1)])
