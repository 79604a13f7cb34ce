"""Two offers side by side at the same cash in hand: what each takes in all, per year and at its heaviest."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.dialogue.conversation import Conversation
from bot.dialogue.offering import asked_offer, of_equal_cash
from bot.dialogue.scene import Scene
from simulator.cost import cost
from simulator.offers import CostQuestion
from simulator.results import Cost

Which = Literal["first", "second", "same"]

_A_HUNDREDTH_OF_A_POINT = 0.0001


@dataclass(frozen=True, slots=True)
class TwoOffers:
    """Both offers with their costs, the second scaled to the cash that the first puts into the hand.

    ``fewer_yuan`` takes less in interest and fees, by ``difference`` yuan; ``lower_rate`` costs less a year (None
    where a rate is missing); ``scaled`` says that the second was told for another sum.
    """

    first: CostQuestion
    second: CostQuestion
    first_cost: Cost
    second_cost: Cost
    fewer_yuan: Which
    difference: Decimal
    lower_rate: Which | None
    scaled: bool

    @property
    def longer(self) -> Which:
        """Which offer runs longer."""
        first, second = (offer.months or len(offer.payments) for offer in (self.first, self.second))
        return "same" if first == second else "first" if first > second else "second"


def two_offers(who: Conversation, scene: Scene) -> TwoOffers | tuple[str, str]:
    """Both offers of this conversation compared, or which of them (``cost``, ``second``) fails and the code of why."""
    told = [(about, asked_offer(who, scene, about)) for about in ("cost", "second")]
    for about, offer in told:
        if not isinstance(offer, CostQuestion):
            return about, offer
    first, second = (offer for _, offer in told if isinstance(offer, CostQuestion))
    return _compared(first, second)


def _compared(first: CostQuestion, told: CostQuestion) -> TwoOffers:
    second = of_equal_cash(first, told)
    one, other = cost(first), cost(second)
    rates = one.irr_effective, other.irr_effective
    return TwoOffers(
        first=first,
        second=second,
        first_cost=one,
        second_cost=other,
        fewer_yuan=_lower(float(one.total_cost), float(other.total_cost), 0.0),
        difference=abs(one.total_cost - other.total_cost),
        lower_rate=None
        if rates[0] is None or rates[1] is None
        else _lower(rates[0], rates[1], _A_HUNDREDTH_OF_A_POINT),
        scaled=second is not told,
    )


def _lower(one: float, other: float, near: float) -> Which:
    if abs(one - other) <= near:
        return "same"
    return "first" if one < other else "second"
