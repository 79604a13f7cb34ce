"""Effects of actions: how far each fact has moved by each month after an action began."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np

from simulator.sampling import stream
from simulator.vocabulary import FACTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.actions import Action, Effect
    from simulator.sampling import BoolArray
    from simulator.shapes import FloatArray, Value

LOWER_IS_BETTER = frozenset({
    *("used_balance", "overdue_now", "overdue_events_24m", "max_days_past_due_24m", "draws_per_month"),
    *("monthly_debt_service", "other_debt_balance", "lenders_count", "hard_inquiries_3m", "high_risk_use_share"),
    *("identity_changes_3m", "anomaly_flag", "line_cuts_12m", "income_volatility", "sister_credit_balance"),
    *("spend_spike", "cash_flow_volatility", "debt_to_asset", "customer_concentration"),
    *("inventory_days", "receivable_days"),
})
"""Facts of which less is better; of all others more is."""


def moved_facts(
    action: Action, start: int, state: Mapping[str, Value], months: int, amounts: Sequence[Value]
) -> dict[str, Value]:
    """The facts an action moves, (months, draws), when it starts at a month; facts the kind has not are left out.

    Nothing moves in the month of the start: the first month that can differ is the next one. ``amounts`` are those
    of the action's effects, drawn or central.
    """
    moved: dict[str, Value] = {}
    elapsed = np.arange(1, months + 1, dtype=np.float64)[:, None] - (start + action.lead_months)
    for effect, amount in zip(action.effects, amounts, strict=True):
        if effect.fact in state:
            before = moved.get(effect.fact, state[effect.fact])
            moved[effect.fact] = _move(effect, before, amount, kernel(effect, elapsed))
    return moved


def central_amounts(action: Action) -> tuple[Value, ...]:
    """The stated amount of each effect."""
    return tuple(effect.amount for effect in action.effects)


def drawn_amounts(action: Action, draws: int, seed: int) -> tuple[Value, ...]:
    """One amount per draw for each effect that has a range: as likely below the stated amount as above it."""
    return tuple(
        effect.amount
        if effect.low == effect.high
        else _between(effect, stream(seed, 5, _number(action.id), index).random(draws))
        for index, effect in enumerate(action.effects)
    )


def kernel(effect: Effect, elapsed: FloatArray) -> FloatArray:
    """The share of an effect that is there after some months; it never falls, and is nothing up to month 0."""
    since = np.maximum(elapsed - effect.delay_months, 0.0)
    if effect.kernel == "at_once":
        return np.minimum(since, 1.0)
    if effect.kernel == "ramp":
        return np.minimum(since / max(effect.over_months, 1), 1.0)
    return -np.expm1(-since / max(effect.over_months, 1))


def asked_reviews(action: Action, start: int, chance: Value, shape: tuple[int, ...], seed: int) -> BoolArray:
    """Reviews that an action brings: one chance, in the month after it has taken effect."""
    asked = np.zeros(shape, np.bool_)
    month = start + action.lead_months
    if action.asks_review and month < shape[0]:
        asked[month] = stream(seed, 6, _number(action.id)).random(shape[1]) < chance
    return asked


def _move(effect: Effect, before: Value, amount: Value, share: FloatArray) -> Value:
    spec = FACTS[effect.fact]
    if effect.how == "to":
        better = -1.0 if effect.fact in LOWER_IS_BETTER else 1.0
        return before + better * share * np.maximum(better * (amount - before), 0.0)
    after = before + share * amount if effect.how == "by" else before * (1.0 + share * (amount - 1.0))
    return np.minimum(np.maximum(after, spec.low), spec.high)


def _between(effect: Effect, uniform: FloatArray) -> FloatArray:
    below = effect.low + 2.0 * uniform * (effect.amount - effect.low)
    above = effect.amount + (2.0 * uniform - 1.0) * (effect.high - effect.amount)
    return np.where(uniform < 0.5, below, above)


def _number(name: str) -> int:
    """A stable number for a name, so that each action has random numbers of its own."""
    return zlib.crc32(name.encode())
