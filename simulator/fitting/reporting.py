"""Fits written as JSON documents and as lines of a report: scores, what others reach, weights with their ranges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulator.fitting.baselines import NOT_INSTALLED
from simulator.fitting.weighing import POINTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.fitting.comparing import Gap
    from simulator.fitting.crediting import Credit
    from simulator.fitting.fitted import Estimates
    from simulator.fitting.mapping import TableMapping
    from simulator.fitting.scores import Scores
    from simulator.fitting.weighing import Pull, Weight

NOTES = (
    "A direction holds along each feature with the others unchanged; a raw column may feed several features.",
    "An effect is what a feature goes together with in this table; it does not show what causes a line.",
    "Ranges cover lines set as these were; another lender, year or country needs a table of its own.",
)
"""What every reader of a fit must know."""


LESS_IS_BETTER = ("width_at_80", "pinball")
"""Scores that are better where they are smaller."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One case: its number (from 1), its real line in doublings, its estimates and its credit."""

    row: int
    line: float
    found: Estimates
    credit: Credit


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run found out; ``measured_on`` says which rows the scores are of."""

    mapping: TableMapping
    measured_on: str
    taught_rows: int
    ours: Scores
    pulls: tuple[Pull, ...]
    weights: tuple[Weight, ...]
    baselines: Mapping[str, Scores | None] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    explained: Explained | None = None


def document(report: Report) -> dict[str, Any]:
    """The report as a JSON document: the five scores of the contract at its top."""
    made: dict[str, Any] = {
        **_scores(report.ours),
        "measured_on": report.measured_on,
        "taught_rows": report.taught_rows,
        "mapping": {"title": report.mapping.title, "source": report.mapping.source, "target": report.mapping.target},
        "baselines": {name: one and _scores(one) for name, one in report.baselines.items()},
        "factors": [_rounded_fields(pull) for pull in report.pulls],
        "weights": [_rounded_fields(weight) for weight in report.weights],
        "notes": [*NOTES, *_missing(report)],
    }
    if report.gaps:
        made["against_gradient_boosting"] = {
            one.score: [round(value, 4) for value in (one.gap, one.low, one.high)] for one in report.gaps
        }
    if report.explained is not None:
        made["explained"] = _explained(report.explained)
    return made


def told(report: Report) -> Iterator[str]:
    """The report for a reader, as lines of Markdown."""
    yield f"# {report.mapping.title}"
    yield ""
    yield f"Source: {report.mapping.source}. Taught on {report.taught_rows:,} rows, measured on {report.measured_on}."
    yield ""
    yield "| model | rank correlation | R2 (log) | coverage | width (log) | width at 80 % | pinball | below | above |"
    yield "|---|---|---|---|---|---|---|---|---|"
    yield _row("this fit", report.ours)
    for name, one in report.baselines.items():
        yield _row(name.replace("_", " "), one) if one else f"| {name.replace('_', ' ')} | {NOT_INSTALLED} |"
    yield from _verdict(report)
    yield ""
    yield "| factor, all its features together | direction | points over their usual span | 80 % range |"
    yield "|---|---|---|---|"
    for pull in report.pulls:
        yield f"| {pull.factor} | {pull.direction} | {pull.points:+.1f} | {pull.low:+.1f} to {pull.high:+.1f} |"
    yield ""
    yield "| feature | factor | direction | from | to | points | 80 % range | points per doubling or unit |"
    yield "|---|---|---|---|---|---|---|---|"
    for weight in report.weights:
        yield _weight_row(weight)
    yield ""
    yield "100 points are one doubling of the line."
    for note in (*NOTES, *_missing(report)):
        yield f"- {note}"
    if report.explained is not None:
        yield ""
        yield from _case(report.explained)


def _scores(scores: Scores) -> dict[str, Any]:
    return {name: round(value, 4) for name, value in scores._asdict().items()}


def _missing(report: Report) -> list[str]:
    return [f"{name}: {NOT_INSTALLED}." for name, one in report.baselines.items() if one is None]


def _rounded_fields(one: Pull | Weight) -> dict[str, Any]:
    return {name: _rounded(value) for name, value in one._asdict().items()}


def _rounded(value: object) -> object:
    if isinstance(value, tuple):
        return [_rounded(one) for one in value]
    return round(value, 2) if isinstance(value, float) else value


def _explained(one: Explained) -> dict[str, Any]:
    ends = (one.found.low, one.found.middle, one.found.high)
    p10, p50, p90 = (round(float(2.0 ** end[0]), 1) for end in ends)
    added = {name: round(POINTS * value, 2) for name, value in one.credit.added.items()}
    usual = round(2.0**one.credit.usual, 1)
    return {
        "row": one.row,
        "line": round(2.0**one.line, 1),
        "p10": p10,
        "p50": p50,
        "p90": p90,
        "usual": usual,
        "points": added,
    }


def _row(name: str, scores: Scores) -> str:
    figures = (
        f"{scores.rank_correlation:.4f}",
        f"{scores.r2_log:.4f}",
        f"{scores.coverage_80:.3f}",
        f"{scores.width_log_80:.3f}",
        f"{scores.width_at_80:.3f}",
        f"{scores.pinball:.4f}",
        f"{scores.below:.3f}",
        f"{scores.above:.3f}",
    )
    return f"| {name} | {' | '.join(figures)} |"


def _verdict(report: Report) -> Iterator[str]:
    """Each score against gradient boosting, in words: a larger width and a larger loss are worse."""
    if report.gaps:
        yield ""
        yield "Against gradient boosting on the same rows (80 % range of the difference over rows drawn again):"
    for one in report.gaps:
        better = one.gap <= 0.0 if one.score in LESS_IS_BETTER else one.gap >= 0.0
        verdict = "no worse" if better else "worse"
        yield f"- {one.score}: {one.gap:+.4f} ({one.low:+.4f} to {one.high:+.4f}), {verdict}"


def _weight_row(weight: Weight) -> str:
    each, unit = (weight.per_doubling, "doubling") if weight.per_doubling else (weight.per_unit, "unit")
    rate = f"{each[0]:+.2f} ({each[1]:+.2f} to {each[2]:+.2f}) per {unit}" if each else ""
    span = f"{weight.start:.4g} | {weight.end:.4g}"
    ranged = f"{weight.points:+.1f} | {weight.low:+.1f} to {weight.high:+.1f}"
    return f"| {weight.feature} | {weight.factor} | {weight.direction} | {span} | {ranged} | {rate} |"


def _case(one: Explained) -> Iterator[str]:
    low, middle, high = (2.0 ** end[0] for end in (one.found.low, one.found.middle, one.found.high))
    yield f"Row {one.row}: the line was {2.0**one.line:,.0f}; estimated {middle:,.0f} ({low:,.0f} to {high:,.0f})."
    yield f"The usual case would have {2.0**one.credit.usual:,.0f}; from there to this one, exactly:"
    for name, added in sorted(one.credit.added.items(), key=lambda item: -abs(item[1])):
        yield f"- {name}: {POINTS * added:+.1f} points"
