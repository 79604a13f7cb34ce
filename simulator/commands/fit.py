"""python -m simulator fit: calibrate on a table of real lines; scores on rows not taught, weights with ranges."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from simulator.commands.command import Command, CommandError, say, say_lines, whole
from simulator.fitting.baselines import BOOSTING, LINEAR, guessed, has_boosting
from simulator.fitting.comparing import gaps
from simulator.fitting.crediting import credit
from simulator.fitting.design import lay_design
from simulator.fitting.drawing import draw, tenths
from simulator.fitting.keeping import keep, kept
from simulator.fitting.mapping_file import read_mapping
from simulator.fitting.reporting import Explained, Report, document, told
from simulator.fitting.scores import scores
from simulator.fitting.table import TableError, read_table
from simulator.fitting.teaching import ENDS, MIDDLE, Course, teach
from simulator.fitting.weighing import weigh
from simulator.vocabulary import Problem

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from simulator.fitting.design import Design
    from simulator.fitting.fitted import Estimates, Fitted
    from simulator.fitting.mapping import TableMapping

TEST, HELD_OUT, LEFT_OUT = "rows of the test table", "held-out rows", "rows left out in turn"

_LEAST_MEASURED = 20  # rows; with fewer a share covered says nothing


@dataclass(frozen=True, slots=True)
class _Fit:
    """What was taught on (or stands in for it), what is measured on, and what was estimated there."""

    fitted: Fitted
    taught: Design
    measured: Design
    found: Estimates
    measured_on: str


def _arguments(parser: ArgumentParser) -> None:
    seeds = whole(0, 2**32 - 1)
    parser.add_argument("train", metavar="TRAIN.csv", nargs="?", help="a table with real lines; - is standard input")
    parser.add_argument("--mapping", required=True, metavar="FILE", help="what its columns mean, or a shipped mapping")
    parser.add_argument("--test", metavar="TEST.csv", help="a table to measure on")
    parser.add_argument("--hold-out", type=whole(5, 60), metavar="PERCENT", help="measure on so many rows of TRAIN")
    parser.add_argument("--baselines", action="store_true", help="linear regression and gradient boosting beside it")
    parser.add_argument("--report", metavar="FILE", help="write scores and weights as Markdown")
    parser.add_argument("--plot", metavar="FILE", help="write coverage and ranges as SVG")
    parser.add_argument("--save", metavar="FILE", help="write the fitted model")
    parser.add_argument("--load", metavar="FILE", help="a model written by --save, instead of TRAIN.csv")
    parser.add_argument("--explain", type=whole(1, 1_000_000), metavar="ROW", help="what makes the estimate of one row")
    parser.add_argument("--trees", type=whole(1, 2000), default=MIDDLE.trees, help="trees of each member")
    parser.add_argument("--seed", type=seeds, default=0, help="decides every random number")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _run(given: Namespace) -> int:
    _check(given)
    mapping = read_mapping(given.mapping)
    if isinstance(mapping, tuple):
        raise CommandError(mapping[0])
    try:
        fit = _fit(given, mapping)
        report = _report(given, mapping, fit)
        if given.save:
            keep(fit.fitted, given.save)
    except TableError as error:
        raise CommandError(error.problem) from None
    if given.report:
        _write("--report", given.report, "\n".join(told(report)) + "\n")
    if given.plot:
        _write("--plot", given.plot, draw(mapping.title, tenths(fit.measured.doublings, fit.found)))
    if given.json:
        say(document(report))
    else:
        say_lines(told(report))
    return 0


def _check(given: Namespace) -> None:
    """The arguments that do not go together, as one error."""
    wrong = {
        "give TRAIN.csv, or --load FILE with --test TEST.csv": bool(given.train) == bool(given.load),
        "--load needs --test TEST.csv": bool(given.load) and not given.test,
        "give --test or --hold-out, not both": bool(given.test and given.hold_out),
        "--baselines needs TRAIN.csv and --test or --hold-out": given.baselines
        and (bool(given.load) or not (given.test or given.hold_out)),
    }
    for reason, met in wrong.items():
        if met:
            raise CommandError(Problem("usage", "arguments", reason))


def _fit(given: Namespace, mapping: TableMapping) -> _Fit:
    tested = lay_design(read_table(given.test, mapping, _LEAST_MEASURED), mapping) if given.test else None
    if given.load and tested is not None:
        fitted = kept(given.load, tested.columns)
        return _Fit(fitted, tested, tested, fitted.estimate(tested), TEST)
    ends = replace(ENDS, trees=max(1, given.trees * ENDS.trees // MIDDLE.trees))
    course = Course(seed=given.seed, middle=replace(MIDDLE, trees=given.trees), ends=ends)
    whole_design = lay_design(read_table(given.train, mapping), mapping)
    train, held_out = _divided(whole_design, given.hold_out, given.seed)
    taught = teach(train, course)
    measured = tested if held_out is None else held_out
    if measured is None:
        return _Fit(taught.fitted, train, train, taught.unseen, LEFT_OUT)
    found = taught.fitted.estimate(measured)
    return _Fit(taught.fitted, train, measured, found, TEST if held_out is None else HELD_OUT)


def _divided(design: Design, percent: int | None, seed: int) -> tuple[Design, Design | None]:
    """The rows to teach on, and those held out."""
    if percent is None:
        return design, None
    order = np.random.default_rng(seed).permutation(len(design))
    count = len(design) - len(design) * percent // 100
    return design.rows(order[:count]), design.rows(order[count:])


def _report(given: Namespace, mapping: TableMapping, fit: _Fit) -> Report:
    pulls, weights = weigh(fit.fitted, fit.taught, given.seed)
    others = _baselines(fit, given.seed) if given.baselines else {}
    boosting = others.get(BOOSTING)
    return Report(
        mapping=mapping,
        measured_on=fit.measured_on,
        taught_rows=0 if given.load else len(fit.taught),
        ours=scores(fit.measured.doublings, fit.found),
        pulls=pulls,
        weights=weights,
        baselines={name: scores(fit.measured.doublings, one) if one else None for name, one in others.items()},
        gaps=gaps(fit.measured.doublings, fit.found, boosting, given.seed) if boosting else (),
        explained=_explained(fit, given.explain) if given.explain else None,
    )


def _baselines(fit: _Fit, seed: int) -> dict[str, Estimates | None]:
    """What others say of the measured rows; nothing where the package is not installed."""
    asked = [LINEAR, *([BOOSTING] if has_boosting() else [])]
    return {LINEAR: None, BOOSTING: None} | {name: guessed(name, fit.taught, fit.measured, seed) for name in asked}


def _explained(fit: _Fit, row: int) -> Explained:
    if row > len(fit.measured):
        reason = f"was {row}; 1 to {len(fit.measured)} would be right"
        raise CommandError(Problem("out_of_bounds", "--explain", reason))
    case = fit.measured.rows(np.array([row - 1]))
    return Explained(row, float(case.doublings[0]), fit.fitted.estimate(case), credit(fit.fitted, case.values[0]))


def _write(option: str, name: str, text: str) -> None:
    try:
        Path(name).write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CommandError(Problem("no_file", option, f"{name[:200]} cannot be written: {error}")) from None


COMMAND = Command("fit", "calibrate weights on a table of real lines", _arguments, _run)
