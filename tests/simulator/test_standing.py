"""A line that stood still: plans and ranges that count it in, and how often the truth lies within them."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.following import paths_after
from simulator.forecasting import lines_in_yuan, prepare, ranges
from simulator.movement import run
from simulator.observing import History, standing_still
from simulator.planning import FRESH_DRAWS, plan
from simulator.policy import Pack
from simulator.preparing import Chance
from simulator.shapes import FloatArray
from simulator.vocabulary import Facts
from tests.simulator.borrowers import CLERK, JIEBEI, WANGSHANG
from tests.simulator.test_planning import FLOW, PROOF

CHANCE = Chance(12, 3, "honest", 300)
STILL = History((0, 24), (20_000.0, 20_000.0))


@pytest.mark.parametrize("history", [None, History((0,), (20_000.0,))])
def test_without_a_history_paths_are_those_of_the_prior(history: History | None) -> None:
    """Nothing told, nothing learned: the very paths of a forecast."""
    plain = prepare(CLERK, JIEBEI, months=12, seed=3, preset="honest", draws=300)
    assert np.array_equal(run(paths_after(CLERK, JIEBEI, history, CHANCE)), run(plain))


def test_paths_after_standing_still_move_less() -> None:
    """After two years without a change more paths stay where they are, and each of them counts the same."""
    still, plain = (paths_after(CLERK, JIEBEI, history, CHANCE) for history in (STILL, None))
    stays = [float(np.mean(run(tapes)[-1] == tapes.start)) for tapes in (still, plain)]
    assert still.draws == plain.draws
    assert still.months == plain.months
    assert stays[0] > stays[1] + 0.1


def test_a_plan_counts_standing_still_in() -> None:
    """The chance of a plan is that of its steps on the reweighed paths, fresh ones that its search has not seen."""
    found = plan(CLERK, JIEBEI, (PROOF, FLOW), target=24_000, effort=40.0, draws=96, history=STILL)
    fresh = paths_after(CLERK, JIEBEI, STILL, Chance(12, 1_000_004, "honest", FRESH_DRAWS))
    actions = {action.id: action for action in (PROOF, FLOW)}
    lines = run(fresh, [(actions[step.action], step.start_month) for step in found.plan])
    assert found.plan
    assert found.probability == np.mean(lines_in_yuan(fresh, lines)[-1] >= 24_000)


def _lives(pack: Pack, count: int) -> tuple[FloatArray, list[tuple[float, float]]]:
    """Lines after a third year of lives that follow the model, and line and months without a change before it."""
    facts = Facts(pack.kind, {"current_line": pack.usual_line})
    tapes = prepare(facts, pack, months=36, seed=77, preset="honest", draws=count)
    yuan = lines_in_yuan(tapes, run(tapes))
    told = []
    for past in yuan[:25].T:
        moves = np.flatnonzero(np.diff(past))
        told.append((float(past[-1]), float(23 - moves[-1] if len(moves) else 24)))
    return yuan[36], told


@pytest.mark.soak
@pytest.mark.parametrize("pack", [JIEBEI, WANGSHANG])
def test_the_truth_lies_within_as_often_as_said(pack: Pack) -> None:
    """Eight times out of ten the line of lives that follow the model lies within the range, at half its old width."""
    ends, told = _lives(pack, 200)
    within, widths = [], []
    for number, (end, (line, still)) in enumerate(zip(ends, told, strict=True)):
        for months in (None, still):
            known = {"current_line": line} | ({} if months is None else {"months_since_change": months})
            facts = Facts(pack.kind, known)
            tapes = paths_after(facts, pack, standing_still(facts), Chance(12, 1000 + number, "honest", 500))
            last = ranges(lines_in_yuan(tapes, run(tapes)))[-1]
            within.append(last.p10 <= end <= last.p90)
            widths.append(np.log2(last.p90 / last.p10))
    shares, middles = np.reshape(within, (-1, 2)).mean(axis=0), np.median(np.reshape(widths, (-1, 2)), axis=0)
    assert 0.72 < shares[1] < 0.9
    assert middles[1] < 0.5 * middles[0]
