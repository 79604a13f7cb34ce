"""Forecasts written as JSON documents: money in yuan, shares as fractions, one list entry per month."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.results import Forecast, Range


def forecast_document(forecast: Forecast) -> dict[str, Any]:
    """A forecast as the contract writes it; ``gate`` is null where nothing forbids a raise."""
    return {
        "product": forecast.product,
        "preset": forecast.preset,
        "seed": forecast.seed,
        "months": list(forecast.months),
        "line": _ranges(forecast.line),
        "available": _ranges(forecast.available),
        "no_change_probability": forecast.no_change_probability,
        "binding": forecast.binding,
        "reasons": [asdict(reason) for reason in forecast.reasons],
        "variance_shares": dict(forecast.variance_shares),
        "share_grade_a": forecast.share_grade_a,
        "gate": {"codes": list(forecast.gate)} if forecast.gate else None,
        "trace": [asdict(step) for step in forecast.trace],
    }


def _ranges(ranges: Sequence[Range]) -> dict[str, list[float]]:
    return {
        "p10": [one.p10 for one in ranges],
        "p50": [one.p50 for one in ranges],
        "p90": [one.p90 for one in ranges],
    }
