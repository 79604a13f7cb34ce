"""Moments as the store counts them: whole milliseconds since 1970."""

from __future__ import annotations

import datetime as dt


def milliseconds(at: dt.datetime) -> int:
    """An aware moment in milliseconds since 1970."""
    return round(at.timestamp() * 1000)
