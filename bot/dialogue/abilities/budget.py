"""Budget: what a month leaves for debts, whom to pay first, and what can honestly be offered to the others."""

from __future__ import annotations

from bot.dialogue.budgeting import tell_budget
from bot.dialogue.scene import Ability

ABILITY = Ability(name="budget", tell=tell_budget)
