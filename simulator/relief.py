"""What to do when the debts are too heavy: a plan that only lowers debt and what it costs, and never a raise."""

from __future__ import annotations

import math
from collections.abc import Sequence

from simulator.actions import Action, Effect
from simulator.forbidding import ends_the_line, forbidden
from simulator.gathering import clashing, steps, together
from simulator.results import Avoided, Frontier, Plan
from simulator.scheduling import roster
from simulator.vocabulary import Facts

_URGENT = 10.0
_WEIGHTS = {
    "overdue_now": _URGENT,
    "monthly_debt_service": 1.0,
    "other_debt_balance": 1.0,
    "used_balance": 1.0,
    "sister_credit_balance": 0.5,
    "draws_per_month": 0.5,
}
_SOME = 0.1  # what any other help counts, such as a written budget


def relief_plan(
    facts: Facts, catalogue: Sequence[Action], codes: tuple[str, ...], *, months: int, effort: float | None
) -> Plan:
    """The plan of a borrower behind the gate: steps that reduce debt, arrears first, within the hours given."""
    own = [action for action in catalogue if facts.kind in action.kinds]
    usable = [action for action in own if _usable(action, facts)]
    ranked = sorted(usable, key=lambda action: (-_relief(action, facts), action.effort_hours, action.id))
    choice = roster(ranked, months)
    taken = steps(choice, together(choice, math.inf if effort is None else effort))
    chosen = [action for action in usable if action.id in {step.action for step in taken}]
    why = {action.id: code for action in own if (code := forbidden(action)) is not None}
    why |= {action.id: "gated" for action in own if action.asks_review}
    why |= dict.fromkeys(clashing(chosen, own), "conflicts")
    return Plan(
        gate=codes,
        target=None,
        feasible=False,
        best_reachable=None,
        plan=taken,
        probability=0.0,
        probability_interval=(0.0, 0.0),
        certificate=None,
        frontier=Frontier(None, None, None),
        avoid=tuple(Avoided(name, code) for name, code in why.items()),
    )


def _usable(action: Action, facts: Facts) -> bool:
    if not action.reduces_debt or action.asks_review or ends_the_line(action) or forbidden(action) is not None:
        return False
    return any(_helps(effect, facts) for effect in action.effects)


def _helps(effect: Effect, facts: Facts) -> bool:
    """Whether an effect can still better a fact: debts that are known to be nothing need no plan."""
    value = facts.number(effect.fact)
    if effect.fact not in _WEIGHTS or value is None:
        return True
    return value > (effect.amount if effect.how == "to" else 0.0)


def _relief(action: Action, facts: Facts) -> float:
    """How much of the weighted debts an action takes away, in shares of each."""
    return sum(_WEIGHTS.get(one.fact, _SOME) * _share(one) for one in action.effects if _helps(one, facts))


def _share(effect: Effect) -> float:
    return 1.0 - effect.amount if effect.how == "times" else 1.0
