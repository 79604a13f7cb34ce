"""Reviews: when the lender looks again, and the noise and drift of its own rules meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.sampling import BoolArray, Shocks
    from simulator.shapes import FloatArray, Value


def regular_reviews(parameters: Mapping[str, Value], shocks: Shocks) -> BoolArray:
    """Months with a review of the lender's own accord, which may raise or cut; no fact and no action moves them."""
    return shocks.review < parameters["review_base"]


def rated_reviews(parameters: Mapping[str, Value], state: Mapping[str, Value], shocks: Shocks) -> BoolArray:
    """Further months with a review because a third party rates the business; such a review can only raise."""
    rated = parameters.get("review_rated", 0.0) * state.get("third_party_rating", 0.0)
    return shocks.rated < rated


def rule_drift(parameters: Mapping[str, Value], shocks: Shocks) -> FloatArray:
    """Doublings by month and draw from the lender's rules changing slowly; it widens with time."""
    walked: FloatArray = np.cumsum(parameters["rule_drift"] * shocks.drift, axis=0)
    return walked


def noise(parameters: Mapping[str, Value], shocks: Shocks) -> FloatArray:
    """Doublings by month and draw that neither facts nor rules explain: each month forgets part of the last."""
    size, memory = parameters["noise_size"], parameters["noise_memory"]
    fresh = size * np.sqrt(1.0 - np.square(memory))
    blurred = np.empty_like(shocks.noise)
    level: Value = 0.0
    for month, shock in enumerate(shocks.noise):
        level = memory * level + fresh * shock
        blurred[month] = level
    return blurred
