"""A forecast: facts and a pack in; ranges by month, reasons and the sources of their width out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.burden import gate
from simulator.central import central_case
from simulator.conformal import EVERYONE_LABEL, PRIOR_LABEL
from simulator.correcting import corrected, still_available
from simulator.explaining import binding, reasons
from simulator.money import line_yuan
from simulator.movement import run
from simulator.preparing import Chance, cut_tapes, draw_luck
from simulator.results import Forecast, Range
from simulator.sampling import told_values
from simulator.trace import share_of_assumptions, trace
from simulator.widths import variance_shares

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.actions import Action
    from simulator.money import IntArray
    from simulator.policy import Pack
    from simulator.shapes import FloatArray
    from simulator.tapes import Tapes
    from simulator.vocabulary import Facts


@dataclass(frozen=True, slots=True)
class Figures:
    """What the paths of a forecast say: ranges by month, the chance that nothing changes, sources of the width."""

    line: tuple[Range, ...]
    available: tuple[Range, ...]
    no_change_probability: float
    variance_shares: Mapping[str, float]


def prepare(facts: Facts, pack: Pack, *, months: int, seed: int, preset: str, draws: int) -> Tapes:
    """Common random tapes of one borrower: parameters, unknown facts and shocks drawn once, the same for all plans.

    Args:
        facts: what is known; everything else is drawn from the pack's prior.
        pack: the product.
        months: horizon, at least 1.
        seed: decides every random number; equal seeds give equal tapes.
        preset: one of the pack's presets.
        draws: number of paths.
    """
    return cut_tapes(told_values(facts, pack), pack, draw_luck(pack, Chance(months, seed, preset, draws)))


def forecast(  # noqa: PLR0913 (the published signature of the whole floor)
    facts: Facts,
    pack: Pack,
    *,
    actions: Sequence[tuple[Action, int]] = (),
    months: int = 12,
    seed: int = 1,
    preset: str = "honest",
    draws: int = 2000,
) -> Forecast:
    """Ranges of the line (yuan) now and by month, their reasons, and where their width comes from.

    Args:
        facts: what is known; everything else is drawn from the pack's prior.
        pack: the product.
        actions: what the borrower will do, each with the month of its start (0 is now).
        months: horizon, at least 1.
        seed: decides every random number.
        preset: one of the pack's presets.
        draws: number of paths.
    """
    tapes = prepare(facts, pack, months=months, seed=seed, preset=preset, draws=draws)
    lines = run(tapes, actions)
    yuan = lines_in_yuan(tapes, lines)
    line = ranges(yuan)
    after = corrected(line, pack)
    figures = Figures(
        line=after,
        available=still_available(ranges(available(tapes, yuan)), line, after),
        no_change_probability=float(np.mean(np.all(lines == lines[0], axis=0))),
        variance_shares=variance_shares(tapes, lines, actions),
    )
    return with_reasons(facts, tapes, figures, actions)


def with_reasons(facts: Facts, tapes: Tapes, figures: Figures, actions: Sequence[tuple[Action, int]]) -> Forecast:
    """Figures from the paths of some facts, with the reasons and the trace of their central case."""
    pack, preset, months = tapes.pack, tapes.preset, tapes.months
    central = central_case(facts, pack, preset=preset, months=months, actions=actions)
    held_by, why = binding(central), reasons(central)
    return Forecast(
        product=pack.product,
        preset=preset,
        seed=tapes.seed,
        months=tuple(range(months + 1)),
        line=figures.line,
        available=figures.available,
        no_change_probability=figures.no_change_probability,
        binding=held_by,
        reasons=why,
        variance_shares=figures.variance_shares,
        share_grade_a=share_of_assumptions(central, held_by, pack.presets[preset]),
        gate=gate(facts),
        trace=trace(central, why, held_by, pack.presets[preset]),
        central_target=2.0**central.target,
        label=EVERYONE_LABEL if pack.corrections else PRIOR_LABEL,
    )


def lines_in_yuan(tapes: Tapes, lines: IntArray) -> FloatArray:
    """Lines in yuan on the product's grid; a line that has not moved is shown as it was told."""
    return np.where(lines == tapes.start, tapes.start_yuan, line_yuan(lines, tapes.pack.grid))


def available(tapes: Tapes, yuan: FloatArray) -> FloatArray:
    """What could still be drawn (yuan): the line less the balance, nothing while frozen; the balance stays as it is."""
    left: FloatArray = np.maximum(yuan - tapes.balance, 0.0)
    left[1:][tapes.frozen] = 0.0
    return left


def ranges(yuan: FloatArray) -> tuple[Range, ...]:
    """One range a month: the order statistics at a tenth, a half and nine tenths of the draws."""
    ordered = np.sort(yuan, axis=1)
    places = [int(share * (ordered.shape[1] - 1)) for share in (0.1, 0.5, 0.9)]
    return tuple(Range(*(float(value) for value in row)) for row in ordered[:, places])
