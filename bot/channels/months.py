"""Which of a fan's months are told where it is written out: a few are read, thirteen are not."""

from __future__ import annotations

from bot.dialogue.messages import Fan

MONTHS = (0, 3, 6, 9, 12)


def told_months(fan: Fan) -> list[int]:
    """The places of the months that are told; all of them where none is among the usual ones."""
    return [place for place, month in enumerate(fan.months) if month in MONTHS] or list(range(len(fan.months)))
