"""The waterfall of reasons as plain figures: a bar for each, from where the one before it ended."""

from __future__ import annotations

from itertools import accumulate

from bot.dialogue.messages import Waterfall
from bot.documents.amounts import Axis, close, short
from bot.documents.figures import Figure, Tongue, title_of
from knowledge.figures import about


def waterfall_figure(waterfall: Waterfall, tongue: Tongue) -> Figure:
    """What the template of a waterfall draws."""
    (first, start), (last, end) = waterfall.start, waterfall.end
    reached = [*accumulate((yuan for _, yuan in waterfall.steps), initial=start)]
    axis = Axis(min(0.0, end, *reached), max(1.0, end, *reached), ())
    steps = [
        _row(label, (before, after), axis, _signed(yuan, tongue), "raise" if yuan >= 0 else "lower")
        for (label, yuan), before, after in zip(waterfall.steps, reached, reached[1:], strict=False)
    ]
    ends = [
        _row(label, (0.0, amount), axis, short(close(amount), tongue), "end")
        for label, amount in ((first, start), (last, end))
    ]
    return {
        "kind": "waterfall",
        "language": tongue.language,
        "title": title_of(waterfall.title),
        "zero": axis.share(0.0),
        "rows": [ends[0], *steps, ends[1]],
        "key": [
            {"role": role, "words": tongue.say(f"chart.{role}s")}
            for role in ("raise", "lower")
            if any(step["role"] == role for step in steps)
        ],
        "note": tongue.say("chart.note"),
    }


def _row(label: str, span: tuple[float, float], axis: Axis, amount: str, role: str) -> Figure:
    return {"role": role, "name": label, "amount": amount, "from": axis.share(span[0]), "to": axis.share(span[1])}


def _signed(yuan: float, tongue: Tongue) -> str:
    return f"{'+' if yuan >= 0 else ''}{short(about(yuan), tongue)}"
