"""The offer that was answered card by card, in the simulator's terms."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import value_of
from bot.dialogue.scene import Scene
from simulator.offers import CostQuestion
from simulator.reading_cost import read_cost_question


def asked_offer(who: Conversation, scene: Scene, about: str = "cost") -> CostQuestion | str:
    """The offer in the simulator's terms, or the field that keeps it from being worked out."""
    fee = value_of(who, "cost_fee_share")
    document = {
        "amount": value_of(who, f"{about}_amount"),
        "start": scene.now.date().isoformat(),
        "method": value_of(who, "cost_method") or "equal_instalment",
        "months": _whole(value_of(who, f"{about}_months")),
        "rate": _rate(value_of(who, "cost_rate")),
        "fees": [{"when": "start", "share": fee}] if isinstance(fee, int | float) and fee > 0 else [],
        "lender": value_of(who, "cost_lender") or "unknown",
    }
    read = read_cost_question({name: value for name, value in document.items() if value is not None})
    return read if isinstance(read, CostQuestion) else read[0].field


def _whole(value: object) -> int | None:
    return max(1, round(value)) if isinstance(value, int | float) else None


def _rate(value: object) -> dict[str, object] | None:
    if isinstance(value, str):
        number, _, per = value.partition("/")
        return {"value": float(number), "per": per}
    return {"value": value, "per": "year"} if isinstance(value, int | float) else None
