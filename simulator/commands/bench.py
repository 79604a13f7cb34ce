"""python -m simulator bench: how fast the simulator is on one core of this machine, beside what it should reach."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from simulator.commands.command import Command, CommandError, known_packs, say, say_lines, whole
from simulator.marks import draw_marks
from simulator.trials import trials
from simulator.vocabulary import Problem

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from simulator.trials import Trial

_AT_LEAST = 0.0002  # seconds: what is shorter is done several times over, as clocks are coarse
_TURN = 0.02  # seconds: what is shorter is measured again and again, as other work on the machine comes and goes


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--runs", type=whole(1, 1000), default=15, help="runs of each measurement (default 15)")
    parser.add_argument("--plot", type=Path, help="an SVG file to write: each figure against its goal")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _run(given: Namespace) -> int:
    rows = [
        _row(f"{pack.product} {trial.what}", trial, _timed(trial.work, given.runs))
        for pack in known_packs().values()
        for trial in trials(pack)
    ]
    if given.plot is not None:
        _draw(given.plot, rows)
    if given.json:
        say({"bench": rows})
    else:
        say_lines(_line(row) for row in rows)
    return 0


def _timed(work: Callable[[], object], runs: int) -> list[float]:
    """Seconds of the processor's time in several runs, after one that warms up and is not counted."""
    work()
    once = max(_seconds(work, 1), 1e-9)
    times = max(1, round(_AT_LEAST / once))
    turns = max(1, round(_TURN / (once * times)))
    return [_seconds(work, times) for _ in range(runs * turns)]


def _seconds(work: Callable[[], object], times: int) -> float:
    begun = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - begun) / times


def _row(what: str, trial: Trial, seconds: list[float]) -> dict[str, Any]:
    best = trial.figure(min(seconds))
    ratio = None
    if trial.goal is not None:
        ratio = trial.goal / best if trial.less_is_better else best / trial.goal
    figures = {"best": best, "median": trial.figure(median(seconds)), "unit": trial.unit}
    return {"what": what, **figures, "goal": trial.goal, "times_the_goal": ratio}


def _line(row: dict[str, Any]) -> str:
    told = f"{row['what']:<48}{row['best']:>11,.4g}{row['median']:>11,.4g} {row['unit']:<14}"
    if row["goal"] is None:
        return told.rstrip()
    return f"{told}goal {row['goal']:<9,.4g}{'met' if row['times_the_goal'] >= 1.0 else 'missed'}"


def _draw(file: Path, rows: list[dict[str, Any]]) -> None:
    marks = [(row["what"], row["times_the_goal"]) for row in rows if row["goal"] is not None]
    try:
        file.write_text(draw_marks("Best figure against its goal (right of the line: met)", marks), encoding="utf-8")
    except OSError as error:
        raise CommandError(Problem("no_file", "--plot", f"{file} cannot be written: {error.strerror}")) from None


COMMAND = Command("bench", "measure the simulator on this machine, beside its goals", _arguments, _run)
