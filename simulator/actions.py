"""What a borrower can do, as the simulator sees it: which facts move, how fast, effort, needs, conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from simulator.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Effect:
    """How one fact moves for the better once an action has started.

    ``how`` is ``to`` (towards ``amount``, unless already better), ``by`` (plus ``amount``) or ``times``;
    ``low`` and ``high`` bound the amount; the kernel never decreases with time since the start: nothing for
    ``delay_months``, then at once, linearly over ``over_months``, or as 1-exp(-t/over_months).
    """

    fact: str
    how: Literal["to", "by", "times"]
    amount: float
    low: float
    high: float
    kernel: Literal["at_once", "ramp", "saturating"] = "at_once"
    delay_months: int = 0
    over_months: int = 1


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: its effects, what it costs in hours and yuan, and what it needs, excludes and occupies.

    ``effort_hours`` are spent at the start and ``effort_hours_monthly`` each month after; a ``habit`` takes one of
    the three new habits a month; ``asks_review`` marks actions that bring a review which can only raise or keep.
    """

    id: str
    kinds: frozenset[Kind]
    effects: tuple[Effect, ...]
    effort_hours: float
    effort_hours_monthly: float
    money: float
    lead_months: int
    needs: tuple[str, ...]
    conflicts: tuple[str, ...]
    habit: bool
    reversible: bool
    asks_review: bool
    grade: str
    reduces_debt: bool = False
