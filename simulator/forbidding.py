"""What is never planned: nothing that fakes, borrows to repay or invest, puts off a repayment, or adds debt service."""

from __future__ import annotations

from simulator.actions import Action, Effect
from simulator.effects import LOWER_IS_BETTER

_MOST_TIMES = 3.0
"""Nobody's honest payments, income or sales grow threefold by a plan; more than that is made up."""
_FLOWS = frozenset({"payment_flow", "monthly_income", "monthly_turnover"})
_LEFT_ALONE = "prepaid_share"  # repaying early or late is never advised for the sake of a line


def forbidden(action: Action) -> str | None:
    """Why an action can be in no plan at all, or None.

    Codes: ``made_up_flow``, ``timing_of_repayment``, ``worsens`` (some fact of the borrower gets worse: more debt,
    debt service, lenders, draws or arrears, less reserve or proof).
    """
    for effect in action.effects:
        if effect.fact == _LEFT_ALONE:
            return "timing_of_repayment"
        if effect.fact in _FLOWS and effect.how == "times" and effect.high > _MOST_TIMES:
            return "made_up_flow"
        if _worsens(effect):
            return "worsens"
    return None


def ends_the_line(action: Action) -> bool:
    """Whether an action closes or lowers the line for good: a good choice for some, and never part of a raise."""
    return action.reduces_debt and not action.reversible


def _worsens(effect: Effect) -> bool:
    """Whether any amount within the effect's range moves its fact the wrong way; ``to`` never does by its rule."""
    if effect.how == "to":
        return False
    still = 0.0 if effect.how == "by" else 1.0
    if effect.fact in LOWER_IS_BETTER:
        return effect.high > still
    return effect.low < still
