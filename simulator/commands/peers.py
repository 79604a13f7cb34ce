"""python -m simulator peers: a plan, timed beside counterfactual queries of DiCE and OptBinning on the same decision.

Ours takes the months, the uncertainty and the proof into account; theirs take a trained model as it stands. They need
the extra ``bench``, and are passed over where it is not installed.
"""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from timeit import default_timer
from typing import TYPE_CHECKING, Any

from simulator.bars import draw_bars
from simulator.commands.command import Command, CommandError, known_packs, say, say_lines, whole
from simulator.deciding import Decision, decision
from simulator.planning import plan
from simulator.vocabulary import Problem

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Sequence

_WANTED = 4  # alternatives that the other planners are asked for, as their manuals do
_CHANGES = 4
_OUTCOME = "raised"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--actions", type=whole(2, 24), default=12, help="actions to choose from (default 12)")
    parser.add_argument("--profiles", type=whole(100, 100_000), default=2000, help="borrowers a model is trained on")
    parser.add_argument("--queries", type=whole(1, 100), default=3, help="borrowers who ask (default 3)")
    parser.add_argument("--seed", type=whole(0, 2**32 - 1), default=1, help="decides every random number")
    parser.add_argument("--product", default="jiebei", help="whose decision (default jiebei)")
    parser.add_argument("--plot", type=Path, help="an SVG file to write")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _run(given: Namespace) -> int:
    packs = known_packs()
    if given.product not in packs:
        raise CommandError(Problem("unknown_product", "--product", f"{given.product[:40]!r} was read"))
    made = decision(packs[given.product], given.actions, given.profiles, given.seed)
    asking = made.asking[: given.queries]
    rows = [("ours, proved", _best(partial(_ours, made), asking))]
    with warnings.catch_warnings(), redirect_stdout(StringIO()), redirect_stderr(StringIO()):  # others talk a lot
        warnings.simplefilter("ignore")
        for package, prepare in _PEERS.items():
            if importlib.util.find_spec(package) is not None:
                rows += [(name, _best(ask, asking)) for name, ask in prepare(made)]
    ours = rows[0][1]
    found = [{"planner": name, "seconds": seconds, "ratio": seconds / ours} for name, seconds in rows]
    if given.plot is not None:
        _draw(given.plot, f"One query with {len(made.actions)} actions, seconds", rows)
    if given.json:
        say({"actions": len(made.actions), "queries": len(asking), "lift": made.lift, "peers": found})
    else:
        say_lines(f"{row['planner']:<26}{row['seconds']:>12.3f} s{row['ratio']:>12.1f} times ours" for row in found)
    return 0


def _draw(path: Path, title: str, rows: list[tuple[str, float]]) -> None:
    try:
        path.write_text(draw_bars(title, rows), encoding="utf-8")
    except OSError as error:
        raise CommandError(Problem("no_file", "--plot", f"{path} cannot be written: {error.strerror}")) from None


def _best(ask: Callable[[int], object], asking: Sequence[int]) -> float:
    """Seconds of the quickest query: the one that the machine's other work disturbed least."""
    seconds = []
    for row in asking:
        begun = default_timer()
        ask(row)
        seconds.append(default_timer() - begun)
    return min(seconds)


def _ours(made: Decision, row: int) -> object:
    target, considered = made.target(row), len(made.actions)
    return plan(made.facts[row], made.pack, made.actions, target=target, considered=considered)


def _dice(made: Decision) -> list[tuple[str, Callable[[int], object]]]:
    """Four alternatives for the same borrower from DiCE, by its two methods for a trained model of any kind."""
    dice, frame = importlib.import_module("dice_ml"), _frame(made)
    model = dice.Model(model=_regression(frame, made), backend="sklearn")
    told = frame.assign(**{_OUTCOME: made.raised.astype(int)})
    data = dice.Data(dataframe=told, continuous_features=list(made.names), outcome_name=_OUTCOME)

    def ask(method: str, row: int) -> object:
        planner = dice.Dice(data, model, method=method)
        query = frame.iloc[[row]]
        return planner.generate_counterfactuals(query, total_CFs=_WANTED, desired_class="opposite", verbose=False)

    return [(f"DiCE, {method}", partial(ask, method)) for method in ("random", "genetic")]


def _optbinning(made: Decision) -> list[tuple[str, Callable[[int], object]]]:
    """Four alternatives for the same borrower from OptBinning, on a scorecard of the same facts."""
    binning, scorecard = (importlib.import_module(name) for name in ("optbinning", "optbinning.scorecard"))
    linear, frame = importlib.import_module("sklearn.linear_model"), _frame(made)
    process = binning.BinningProcess(list(made.names))
    card = binning.Scorecard(binning_process=process, estimator=linear.LogisticRegression(max_iter=1000))
    card.fit(frame, made.raised.astype(int))
    planner = scorecard.Counterfactual(scorecard=card)
    planner.fit(frame)

    def ask(row: int) -> object:
        query = frame.iloc[[row]]
        return planner.generate(query=query, y=1, outcome_type="binary", n_cf=_WANTED, max_changes=_CHANGES)

    return [("OptBinning", ask)]


def _frame(made: Decision) -> Any:  # noqa: ANN401 (a pandas frame, and pandas is not ours to depend on)
    return importlib.import_module("pandas").DataFrame(made.rows, columns=list(made.names))


def _regression(frame: object, made: Decision) -> object:
    linear, scaling, pipeline = (
        importlib.import_module(f"sklearn.{name}") for name in ("linear_model", "preprocessing", "pipeline")
    )
    steps = (scaling.StandardScaler(), linear.LogisticRegression(max_iter=1000))
    return pipeline.make_pipeline(*steps).fit(frame, made.raised.astype(int))


_PEERS: dict[str, Callable[[Decision], list[tuple[str, Callable[[int], object]]]]] = {
    "dice_ml": _dice,
    "optbinning": _optbinning,
}

COMMAND = Command("peers", "time a plan beside other planners on the same decision", _arguments, _run)
