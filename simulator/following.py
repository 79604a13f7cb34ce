"""A forecast that follows a user: the lines reported so far reweigh the paths that lead on from the last of them."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from simulator.correcting import corrected, still_available
from simulator.forecasting import Figures, available, lines_in_yuan, with_reasons
from simulator.learning import learned, weighted_quantiles
from simulator.movement import run
from simulator.preparing import Chance, cut_tapes, draw_luck
from simulator.results import Forecast, Range, Reports
from simulator.sampling import told_values
from simulator.widths import variance_shares

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.actions import Action
    from simulator.learning import Learned
    from simulator.observing import History
    from simulator.policy import Pack
    from simulator.shapes import FloatArray
    from simulator.tapes import Tapes
    from simulator.vocabulary import Facts

USUAL = Chance(months=12, seed=1, preset="honest", draws=2000)
"""What a forecast takes where nothing else is said."""


def forecast_with_history(
    facts: Facts,
    pack: Pack,
    history: History,
    *,
    actions: Sequence[tuple[Action, int]] = (),
    chance: Chance = USUAL,
) -> Forecast:
    """Ranges of the line (yuan) from the last report on, with what the reports have taught; month 0 is that report.

    Args:
        facts: what was known at the first report; the reports say what the line was, then and since.
        pack: the product.
        history: reported lines, from ``simulator.observing.read_history``.
        actions: what the borrower will do, each with the month of its start after the last report.
        chance: horizon after the last report, seed, preset and number of paths.
    """
    found = learn_from(facts, pack, history, chance)
    lines = run(found.tapes, actions)
    yuan = lines_in_yuan(found.tapes, lines)
    each, even = found.weights.each, found.resampled()
    line = weighted_ranges(yuan, each)
    after = corrected(line, pack)
    figures = Figures(
        line=after,
        available=still_available(weighted_ranges(available(found.tapes, yuan), each), line, after),
        no_change_probability=min(1.0, float(each @ np.all(lines == lines[0], axis=0))),
        variance_shares=variance_shares(even, run(even, actions), actions),
    )
    told = with_reasons(_with_line(facts, history.lines[-1]), even, figures, actions)
    return replace(told, reports=Reports(len(history.lines), found.weights.effective, found.weights.widened))


def learn_from(facts: Facts, pack: Pack, history: History, chance: Chance) -> Learned:
    """The paths of a borrower from the last report on, and how much each counts after the reports."""
    luck = draw_luck(pack, replace(chance, months=history.window + chance.months))
    told = told_values(_with_line(facts, history.lines[0]), pack)
    return learned(cut_tapes(told, pack, luck), history, chance.months)


def paths_after(facts: Facts, pack: Pack, history: History | None, chance: Chance) -> Tapes:
    """Paths from now on that all count the same, after what a history has taught; without one, those of the prior."""
    if history is None or history.window == 0:
        return cut_tapes(told_values(facts, pack), pack, draw_luck(pack, chance))
    return learn_from(facts, pack, history, chance).resampled()


def weighted_ranges(yuan: FloatArray, weights: FloatArray) -> tuple[Range, ...]:
    """One range a month: the yuan below which a tenth, a half and nine tenths of the weight lie."""
    return tuple(Range(*row) for row in weighted_quantiles(yuan, weights, (0.1, 0.5, 0.9)).tolist())


def _with_line(facts: Facts, line: float) -> Facts:
    return replace(facts, values=MappingProxyType({**facts.values, "current_line": line}))
