"""What is known about a fallen line, and how likely each cause is given it: a noisy-or over causes with their signs.

A line is lost when any cause strikes, each independently with its strength where its condition holds. Given that one
did, its chances are as the odds of striking, times how well the signs fit it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from simulator.causes import CauseModel, RestoreModel
from simulator.signs import CONDITIONS, Condition, Lost, Page, Seen, after_repayment, lost_share
from simulator.vocabulary import Facts


@dataclass(frozen=True, slots=True)
class Evidence:
    """Conditions (None: unknown) and signs (None: not seen) in the form the causes speak of."""

    conditions: Mapping[str, bool | None]
    page: Page | None = None
    lost: Lost | None = None
    after_repayment: bool | None = None
    days_since: float | None = None


class Sign(NamedTuple):
    """One sign that was seen: the names of what was told, and how likely each cause is to leave it."""

    said_by: tuple[str, ...]
    fits: Mapping[str, float]


def weigh_conditions(facts: Facts, seen: Seen) -> Mapping[str, Condition]:
    """Every condition with what says so."""
    return {name: check(facts, seen) for name, check in CONDITIONS.items()}


def evidence_of(facts: Facts, seen: Seen) -> Evidence:
    """Facts and things seen, in the form the causes speak of."""
    return Evidence(
        conditions={name: found.holds for name, found in weigh_conditions(facts, seen).items()},
        page=seen.page_says,
        lost=lost_share(seen),
        after_repayment=after_repayment(seen),
        days_since=seen.days_since,
    )


def posterior(evidence: Evidence, model: RestoreModel) -> dict[str, float]:
    """Probability of each cause, by id, given that exactly one struck."""
    weights = {cause.id: _odds(cause, evidence) for cause in model.causes}
    for sign in signs_of(evidence, model):
        weights = {name: weight * sign.fits[name] for name, weight in weights.items()}
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}


def signs_of(evidence: Evidence, model: RestoreModel) -> Iterator[Sign]:
    """The signs that were seen, with how well each fits every cause."""
    causes = model.causes
    page, lost, came, days = evidence.page, evidence.lost, evidence.after_repayment, evidence.days_since
    if page is not None:
        yield Sign(("page_says",), {cause.id: cause.page[page] for cause in causes})
    if lost is not None:
        yield Sign(("available_line", "line_before"), {cause.id: cause.lost[lost] for cause in causes})
    if came is not None:
        chances = {cause.id: cause.after_repayment for cause in causes}
        yield Sign(("repaid",), {name: chance if came else 1.0 - chance for name, chance in chances.items()})
    if days is not None:
        yield Sign(("days_since",), {cause.id: _still_there(cause, days) for cause in causes})


def _odds(cause: CauseModel, evidence: Evidence) -> float:
    holds = None if cause.condition is None else evidence.conditions[cause.condition]
    share = cause.prevalence.value if holds is None else float(holds)
    strikes = cause.strength.value * share
    return strikes / (1.0 - strikes)


def _still_there(cause: CauseModel, days: float) -> float:
    return 1.0 if cause.fade_days is None else math.exp(-days / cause.fade_days)
