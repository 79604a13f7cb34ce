"""What reaches a door is words: what they tell of is reckoned once."""

from __future__ import annotations

from tests.reckoning_once import reckoned_once

__all__ = ["reckoned_once"]
