"""The platform's appetite by month: it eases, holds or tightens, and sometimes its page fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.sampling import BoolArray, Shocks
    from simulator.shapes import FloatArray, Value

EASE, NEUTRAL, TIGHTEN = 0, 1, 2


def appetite(parameters: Mapping[str, Value], uniforms: FloatArray) -> npt.NDArray[np.int8]:
    """The regime of each month and draw: a chain of three states that starts from its long-run shares.

    The higher the uniform number, the tighter the next month; neighbours of the neutral state are equally likely.
    """
    chain = _chain(parameters)
    bounds = np.cumsum(chain, axis=1).T[:2]
    start = np.cumsum(_long_run(chain))[:2]
    regimes = np.empty(uniforms.shape, np.int8)
    regimes[0] = (uniforms[0] > start[0]).astype(np.int8) + (uniforms[0] > start[1])
    for month in range(1, len(uniforms)):
        before, shock = regimes[month - 1], uniforms[month]
        regimes[month] = (shock > bounds[0][before]).astype(np.int8) + (shock > bounds[1][before])
    return regimes


def offsets(parameters: Mapping[str, Value], regimes: npt.NDArray[np.int8]) -> FloatArray:
    """Doublings that each month's regime adds to the target: a gain when easing, a loss when tightening."""
    gain, loss = parameters["ease_gain"], parameters["tighten_loss"]
    return np.where(regimes == EASE, gain, 0.0) - np.where(regimes == TIGHTEN, loss, 0.0)


def open_gates(parameters: Mapping[str, Value], regimes: npt.NDArray[np.int8], uniforms: FloatArray) -> BoolArray:
    """Whether a review may raise at all: always, but only rarely while the platform tightens."""
    opened: BoolArray = (regimes != TIGHTEN) | (uniforms < parameters["tighten_gate"])
    return opened


def frozen_months(parameters: Mapping[str, Value], state: Mapping[str, Value], shocks: Shocks) -> BoolArray:
    """Months in which nothing can be drawn: a freeze, more likely in arrears, or a fault of the page for a while."""
    stays_open = (
        (1.0 - parameters["freeze_base"])
        * (1.0 - parameters["freeze_overdue"] * state["overdue_now"])
        * (1.0 - parameters["freeze_anomaly"] * state["anomaly_flag"])
    )
    frozen = shocks.freeze < 1.0 - stays_open
    for month in range(1, len(frozen)):
        frozen[month] |= frozen[month - 1] & (shocks.release[month] >= parameters["freeze_release"])
    return frozen | (shocks.fault < parameters["fault"])


def _chain(parameters: Mapping[str, Value]) -> FloatArray:
    ease, neutral, tighten = (float(np.mean(parameters[f"{name}_stay"])) for name in ("ease", "neutral", "tighten"))
    side = (1.0 - neutral) / 2.0
    return np.array([[ease, 1.0 - ease, 0.0], [side, neutral, side], [0.0, 1.0 - tighten, tighten]])


def _long_run(chain: FloatArray) -> FloatArray:
    """Long-run shares of a birth-and-death chain: each pair of neighbours exchanges as much as it gets."""
    ease = chain[NEUTRAL, EASE] / chain[EASE, NEUTRAL]
    tighten = chain[NEUTRAL, TIGHTEN] / chain[TIGHTEN, NEUTRAL]
    shares: FloatArray = np.array([ease, 1.0, tighten])
    shares /= shares.sum()
    return shares
