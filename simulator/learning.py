"""Observed lines reweigh the draws: what a user's own history teaches about headroom, reviews and unknown facts."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.money import line_parts, to_parts
from simulator.observing import BLUR, log_likelihood, needed_lift
from simulator.sampling import stream

if TYPE_CHECKING:
    import numpy.typing as npt

    from simulator.observing import History
    from simulator.shapes import FloatArray
    from simulator.tapes import Tapes

ENOUGH = 200.0
"""Effective draws below which a range would hang on a few paths; what was observed is then taken less exactly."""

_BLURS = (BLUR, 2 * BLUR, 4 * BLUR, 8 * BLUR)
_HALVINGS = 20
_FROM_NOW_ON = ("layers", "offsets", "raising", "cutting", "gate", "noise", "drift", "frozen")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each draw counts after a history, together one; ``effective`` draws stand behind them.

    ``widened`` says that an exact reading of the history would leave fewer than ``ENOUGH`` draws, so that the
    observed amounts (and, where that is not enough, the whole likelihood) count less and the range is wider.
    """

    each: FloatArray
    effective: float
    widened: bool


@dataclass(frozen=True, slots=True)
class Learned:
    """What a history taught: the paths from the last report on, and how much each of them counts."""

    tapes: Tapes
    weights: Weights

    def resampled(self) -> Tapes:
        """Paths that all count the same: each is there as often as its weight says."""
        weights = self.weights.each
        places = (np.arange(len(weights)) + 0.5) / len(weights)
        chosen = np.minimum(np.searchsorted(np.cumsum(weights), places), len(weights) - 1)
        return replace(self.tapes, **{name: _taken(value, chosen) for name, value in _fields(self.tapes).items()})


def learned(tapes: Tapes, history: History, months: int) -> Learned:
    """The paths from now on, weighed by how well each explains the history.

    Half of the paths are first brought near the last observed move by another headroom, so that a move leaves many
    paths and not few; the weights allow for it (importance sampling from a mixture of prior and aimed draws).

    Args:
        tapes: paths that begin at the first report and reach at least ``months`` beyond the last.
        history: the reports; with a single one nothing is learned and every path counts the same.
        months: months from the last report that the returned paths reach.
    """
    lift, logs = _explained(tapes, history, BLUR)
    wanted, widened = min(ENOUGH, tapes.draws / 2.0), False
    for blur in _BLURS[1:]:
        if effective(_shares(logs)) < wanted:
            widened = True
            lift, logs = _explained(tapes, history, blur)
    each = _shares(_flattened(logs, wanted))
    return Learned(_from_now(tapes, history, lift, months), Weights(each, effective(each), widened))


def effective(each: FloatArray) -> float:
    """How many draws of equal weight would be as good as draws with these weights (Kish)."""
    return 1.0 / float(np.square(each).sum())


def weighted_quantiles(values: FloatArray, weights: FloatArray, shares: tuple[float, ...]) -> FloatArray:
    """The least value of each row with so much of the weight at or below it, by row and share."""
    order = np.argsort(values, axis=1, kind="stable")
    passed = np.cumsum(weights[order], axis=1)
    places = np.stack([(passed < share - 1e-9).sum(axis=1) for share in shares], axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    return np.take_along_axis(ordered, np.minimum(places, values.shape[1] - 1), axis=1)


def _explained(tapes: Tapes, history: History, blur: float) -> tuple[FloatArray, FloatArray]:
    """Doublings added to each path's headroom, and the logarithm of what its likelihood then counts."""
    lift, allowance = _aimed(tapes, history, blur)
    return lift, log_likelihood(tapes, history, lift, blur) + allowance


def _aimed(tapes: Tapes, history: History, blur: float) -> tuple[FloatArray, FloatArray]:
    """Doublings to add to each path's headroom, and the logarithm of prior over proposal that allows for it."""
    prior = tapes.pack.presets[tapes.preset]["headroom"]
    needed = needed_lift(tapes, history)
    if needed is None or prior.spread.how != "normal":
        return np.zeros(tapes.draws), np.zeros(tapes.draws)
    headroom = np.broadcast_to(tapes.parameters["headroom"], needed.shape)
    near = headroom + needed
    aimed = near + blur * stream(tapes.seed, 9).standard_normal(tapes.draws)
    chosen = np.clip(np.where(np.arange(tapes.draws) % 2, aimed, headroom), prior.low, prior.high)
    believed, proposed = _bell(chosen, prior.value, prior.spread.size), _bell(chosen, near, blur)
    return chosen - headroom, np.log(believed) - np.log(0.5 * believed + 0.5 * proposed)


def _bell(value: FloatArray, centre: FloatArray | float, size: float) -> FloatArray:
    density: FloatArray = np.exp(-0.5 * np.square((value - centre) / size)) / size
    return density


def _flattened(logs: FloatArray, wanted: float) -> FloatArray:
    """The highest power of the likelihoods that leaves enough effective draws; they themselves where they do."""
    if effective(_shares(logs)) >= wanted:
        return logs
    low, high = 0.0, 1.0
    for _halving in range(_HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if effective(_shares(logs * middle)) >= wanted else (low, middle)
    return logs * low


def _shares(logs: FloatArray) -> FloatArray:
    likely: FloatArray = np.exp(logs - logs.max())
    likely /= likely.sum()
    return likely


def _from_now(tapes: Tapes, history: History, lift: FloatArray, months: int) -> Tapes:
    """The same paths from the last report on, starting at its line."""
    line, ahead = history.lines[-1], slice(history.window, history.window + months)
    start = np.full(tapes.draws, line_parts(max(line, tapes.pack.floor)), np.int32)
    cut = {name: getattr(tapes, name)[..., ahead, :] for name in _FROM_NOW_ON}
    layers = cut.pop("layers").copy()
    layers[0] += to_parts(lift)
    return replace(
        tapes,
        **cut,
        layers=layers,
        drifts={name: np.asarray(grown)[ahead] for name, grown in tapes.drifts.items()},
        parameters={**tapes.parameters, "headroom": tapes.parameters["headroom"] + lift},
        start=start,
        start_yuan=np.full(tapes.draws, line),
        roof=np.maximum(tapes.roof, start),
        balance=np.minimum(tapes.balance, line),
    )


def _fields(tapes: Tapes) -> dict[str, Any]:
    return {one.name: getattr(tapes, one.name) for one in fields(tapes)}


def _taken(value: Any, chosen: npt.NDArray[np.intp]) -> Any:  # noqa: ANN401 (any field of a tape)
    """Chosen draws of a field: of arrays that have a draw in each column, alone or in a mapping."""
    if isinstance(value, dict):
        return {name: _taken(one, chosen) for name, one in value.items()}
    if isinstance(value, np.ndarray) and value.ndim and value.shape[-1] == len(chosen):
        return value[..., chosen]
    return value
