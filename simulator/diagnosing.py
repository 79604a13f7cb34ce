"""Why a line fell or vanished: causes ranked by how well they fit, and the question that would tell most.

The platform's own side, nothing the borrower did, always stays a candidate; never fewer than two causes are named.
"""

from __future__ import annotations

from collections.abc import Mapping

from simulator.causes import MODEL, CauseModel, RestoreModel
from simulator.evidence import Evidence, Sign, evidence_of, posterior, signs_of, weigh_conditions
from simulator.questioning import next_question
from simulator.results import Cause, Diagnosis
from simulator.signs import Condition, Seen
from simulator.vocabulary import Facts

_ENOUGH = 0.80
_QUESTIONS = 3
_FEWEST = 2
_SHOWN = 0.02
_SPEAKS = 1.25  # a sign speaks for a cause that leaves it so much more often than causes on the whole do
PLATFORM = "unknown_platform_side"


def diagnose(facts: Facts, seen: Seen, *, asked: int = 0, model: RestoreModel = MODEL) -> Diagnosis:
    """Causes from likely to unlikely, each with what speaks for and against it, and what to ask next.

    ``asked`` counts the questions put so far. Nothing more is asked once the first two causes hold 80 per cent of
    the probability, three questions have been asked, or no answer would tell anything.
    """
    chances = posterior(evidence_of(facts, seen), model)
    ranked = sorted(model.causes, key=lambda cause: -chances[cause.id])
    likely = [cause.id for cause in ranked if chances[cause.id] >= _SHOWN]
    named = {*likely, *(cause.id for cause in ranked[:_FEWEST]), PLATFORM}
    conditions, signs = weigh_conditions(facts, seen), _weighed_signs(facts, seen, model)
    causes = tuple(_told(cause, chances[cause.id], conditions, signs) for cause in ranked if cause.id in named)
    settled = asked >= _QUESTIONS or sum(cause.probability for cause in causes[:_FEWEST]) >= _ENOUGH
    return Diagnosis(causes, None if settled else next_question(facts, seen, model))


def _weighed_signs(facts: Facts, seen: Seen, model: RestoreModel) -> list[Sign]:
    """The signs seen, each cause's fit in proportion to that of the other causes as the conditions weigh them."""
    evidence = evidence_of(facts, seen)
    before = posterior(Evidence(evidence.conditions), model)
    return [Sign(sign.said_by, _against_others(sign.fits, before)) for sign in signs_of(evidence, model)]


def _against_others(fits: Mapping[str, float], before: Mapping[str, float]) -> dict[str, float]:
    usual = sum(before[name] * fit for name, fit in fits.items())
    others = {name: (usual - before[name] * fit) / (1.0 - before[name]) for name, fit in fits.items()}
    return {name: fit / others[name] for name, fit in fits.items()}


def _told(cause: CauseModel, chance: float, conditions: Mapping[str, Condition], signs: list[Sign]) -> Cause:
    speaks_for = [name for sign in signs if sign.fits[cause.id] >= _SPEAKS for name in sign.said_by]
    against = [name for sign in signs if sign.fits[cause.id] <= 1.0 / _SPEAKS for name in sign.said_by]
    condition = conditions.get(cause.condition or "")
    if condition is not None and condition.holds is not None:
        (speaks_for if condition.holds else against).extend(condition.said_by)
    return Cause(cause.id, cause.family, chance, tuple(dict.fromkeys(speaks_for)), tuple(dict.fromkeys(against)))
