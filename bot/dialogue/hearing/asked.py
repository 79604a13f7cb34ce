"""Hearing: what is asked besides the words: the bounds of a sensible answer and the day that counts as today."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple


class Asked(NamedTuple):
    """Bounds in the unit of the answer (None: unknown) and today, for words like "last month"."""

    low: float | None = None
    high: float | None = None
    today: dt.date | None = None

    @property
    def below_zero(self) -> bool:
        """Whether negative answers make sense."""
        return self.low is not None and self.low < 0
