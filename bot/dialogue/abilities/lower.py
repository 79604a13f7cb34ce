"""Lower: how to lower or close the line, what that changes, and a small plan for it."""

from __future__ import annotations

from bot.dialogue.lowering import tell_lowering
from bot.dialogue.scene import Ability

ABILITY = Ability(name="lower", tell=tell_lowering)
