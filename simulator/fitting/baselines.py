"""What others make of the same features: a linear regression, and gradient boosting where scikit-learn is installed."""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from simulator.fitting.fitted import Estimates
from simulator.fitting.teaching import QUANTILES, margin_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.fitting.design import Design
    from simulator.shapes import FloatArray

    Guess: TypeAlias = Callable[[FloatArray], tuple[FloatArray, FloatArray, FloatArray]]
    """Low, middle and high of cases, in doublings."""

PARTS = 5
"""Parts of the cases that are left out in turn, to find how far the ends must be moved."""

BOOSTING = "gradient_boosting"
LINEAR = "linear_regression"
NOT_INSTALLED = "scikit-learn is not installed; the extra named fit brings it"

_HOW: dict[str, Any] = {"max_features": 0.3, "min_samples_leaf": 20, "early_stopping": False}
_MIDDLE: dict[str, Any] = {"learning_rate": 0.05, "max_iter": 400}
_ENDS: dict[str, Any] = {"learning_rate": 0.1, "max_iter": 300, "loss": "quantile"}


def has_boosting() -> bool:
    """Whether scikit-learn is installed."""
    return importlib.util.find_spec("sklearn") is not None


def guessed(name: str, taught: Design, asked: Design, seed: int) -> Estimates:
    """What one of the two says of cases that it was not taught on, its ends conformal on parts left out in turn."""
    teach = {LINEAR: _linear, BOOSTING: _boosting}[name]
    parts = np.random.default_rng([seed, 0]).permutation(len(taught)) % PARTS
    outside = np.empty(len(taught))
    for part in range(PARTS):
        left = taught.rows(np.flatnonzero(parts == part))
        low, _middle, high = teach(taught.rows(np.flatnonzero(parts != part)), seed)(left.values)
        outside[parts == part] = np.maximum(low - left.doublings, left.doublings - high)
    margin = margin_of(outside)
    low, middle, high = teach(taught, seed)(asked.values)
    return Estimates(low - margin, middle, high + margin)


def _linear(taught: Design, _seed: int) -> Guess:
    """Least squares on the features; it knows no directions, and its ranges are all equally wide."""
    centre, spread = taught.values.mean(axis=0), np.maximum(taught.values.std(axis=0), 1e-9)

    def laid(values: FloatArray) -> FloatArray:
        return np.column_stack([np.ones(len(values)), (values - centre) / spread])

    slopes = np.linalg.lstsq(laid(taught.values), taught.doublings)[0]

    def guess(values: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        middle: FloatArray = laid(values) @ slopes
        return middle, middle, middle

    return guess


def _boosting(taught: Design, seed: int) -> Guess:
    """scikit-learn's histogram boosting under the same directions: once for the mean, once for each end.

    Its quantile loss keeps directions where trees split but sets leaf values anew without them.
    """
    ensemble = importlib.import_module("sklearn.ensemble")
    hows = [_ENDS | {"quantile": QUANTILES[0]}, _MIDDLE, _ENDS | {"quantile": QUANTILES[1]}]
    models = [
        ensemble.HistGradientBoostingRegressor(monotonic_cst=taught.signs, random_state=seed, **_HOW, **how)
        for how in hows
    ]
    for model in models:
        model.fit(taught.values, taught.doublings)

    def guess(values: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        low, middle, high = (np.asarray(model.predict(values), dtype=np.float64) for model in models)
        return low, middle, high

    return guess
