"""Opening a goal: its interview starts afresh with every answer that is known already."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation
from bot.dialogue.scene import Turn


def open_goal(who: Conversation, goal: str) -> Turn:
    """Start the interview of a goal; what is known already is not asked again."""
    fresh = who.but(
        goal=goal, focus=None, filling=(), doubt=None, failures=0, hurried=False, accepted=False, reviewing=False
    )
    return Turn(fresh).noting("goal", goal)
