"""The design: columns of a table become the named features of a mapping, a row a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.fitting.mapping import Feature, Scale, Series, Take, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from simulator.fitting.growing import IntArray
    from simulator.fitting.mapping import TableMapping
    from simulator.fitting.table import Table
    from simulator.shapes import FloatArray


class Column(NamedTuple):
    """One feature of a design: its name, the series (factor) that it is made of, its sign (1, -1, 0) and its scale."""

    name: str
    factor: str
    sign: int
    scale: str


@dataclass(frozen=True, slots=True)
class Design:
    """Cases by features, what each feature is, the log2 of each line, and each case's segment."""

    columns: tuple[Column, ...]
    values: FloatArray
    doublings: FloatArray
    segments: IntArray

    @property
    def signs(self) -> IntArray:
        """1, -1 or 0 for each feature: the line never falls, never rises, or may do either as it rises."""
        return signs_of(self.columns)

    def __len__(self) -> int:
        """The number of cases."""
        return len(self.doublings)

    def rows(self, chosen: IntArray) -> Design:
        """Some of the cases, by their numbers."""
        return Design(self.columns, self.values[chosen], self.doublings[chosen], self.segments[chosen])


def signs_of(columns: Sequence[Column]) -> IntArray:
    """The sign of each column."""
    return np.array([column.sign for column in columns], dtype=np.int64)


def lay_design(table: Table, mapping: TableMapping) -> Design:
    """All features of a mapping for every row of a table; the target goes into none of them."""
    series: dict[str, FloatArray] = {}
    for name, one in mapping.series.items():
        series[name] = _series(one, series, table.columns)
    columns: list[Column] = []
    values: list[FloatArray] = []
    for feature in mapping.features:
        made = _feature(feature, series)
        columns += _columns(feature, made.shape[1])
        values.append(made)
    features = np.concatenate(values, axis=1)
    segments = np.zeros(len(table), dtype=np.int64)
    if mapping.segments is not None:
        names = [column.name for column in columns]
        segments = np.searchsorted(mapping.segments.at, features[:, names.index(mapping.segments.of)], side="right")
    return Design(tuple(columns), features, np.log2(table.target), segments)


def _columns(feature: Feature, count: int) -> list[Column]:
    names = [feature.name] if count == 1 else [f"{feature.name}_{index}" for index in range(1, count + 1)]
    return [Column(name, feature.of, feature.sign.number, feature.scale.value) for name in names]


def _series(series: Series, before: Mapping[str, FloatArray], columns: Mapping[str, FloatArray]) -> FloatArray:
    if series.columns:
        made = np.stack([columns[column] for column in series.columns], axis=1)
    else:
        parts = [*series.terms, *([series.over] if series.over else [])]
        length = max(1, min(before[part.of].shape[1] - part.back for part in parts))
        made = np.sum([_shifted(term, before, length) for term in series.terms], axis=0)
        if series.over is not None:
            made /= np.maximum(_shifted(series.over, before, length), series.floor)
    return _within(made, series.low, series.high)


def _shifted(term: Term, series: Mapping[str, FloatArray], length: int) -> FloatArray:
    """One series from some periods back on; where it is shorter than that, its oldest value goes on."""
    whole = series[term.of]
    found = np.minimum(np.arange(length) + term.back, whole.shape[1] - 1)
    return np.asarray(term.times * whole[:, found], dtype=np.float64)


def _feature(feature: Feature, series: Mapping[str, FloatArray]) -> FloatArray:
    values = series[feature.of]
    made = _counted(feature, values) if feature.take is Take.COUNT else _TAKEN[feature.take](values)
    if feature.over is not None:
        divisor = _TAKEN[feature.over[1]](series[feature.over[0]])
        made = made / np.maximum(divisor, feature.floor)
    made = _within(made, feature.low, feature.high)
    if feature.scale is Scale.LOG:
        return np.asarray(np.copysign(np.log2(1.0 + np.abs(made)), made), dtype=np.float64)
    return made


def _within(values: FloatArray, low: float | None, high: float | None) -> FloatArray:
    return values if low is None and high is None else np.clip(values, low, high)


def _counted(feature: Feature, values: FloatArray) -> FloatArray:
    counted = np.ones(values.shape, dtype=np.bool_)
    if feature.least is not None:
        counted &= values >= feature.least
    if feature.most is not None:
        counted &= values <= feature.most
    if feature.multiple_of is not None:
        counted &= np.mod(values, feature.multiple_of) == 0.0
    return np.asarray(counted.sum(axis=1, keepdims=True), dtype=np.float64)


def _trend(values: FloatArray) -> FloatArray:
    """The mean of the newer half less the mean of the older half."""
    half = (values.shape[1] + 1) // 2
    older = values[:, -half:].mean(axis=1, keepdims=True)
    return np.asarray(values[:, :half].mean(axis=1, keepdims=True) - older, dtype=np.float64)


_TAKEN: Mapping[Take, Callable[[FloatArray], FloatArray]] = {
    Take.EACH: lambda values: values,
    Take.NEWEST: lambda values: values[:, :1],
    Take.MOST: lambda values: values.max(axis=1, keepdims=True),
    Take.LEAST: lambda values: values.min(axis=1, keepdims=True),
    Take.MEAN: lambda values: values.mean(axis=1, keepdims=True),
    Take.MIDDLE: lambda values: np.median(values, axis=1, keepdims=True),
    Take.SPREAD: lambda values: values.std(axis=1, keepdims=True),
    Take.TREND: _trend,
}
