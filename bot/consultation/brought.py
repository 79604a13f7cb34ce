"""Brought: what advisers brought to the group of a sitting, as far as it has to be known later."""

from __future__ import annotations

from bot.dialogue.plain import Plain

MOST_DECIDED = 20
"""So many agreed points fit into a summary that is still read."""


class Brought(Plain):
    """What was brought.

    ``decided`` is what was agreed, in words; ``cited`` are facts (ids) that answers rested on, ``voted`` steps (ids) of
    the newest vote, ``supposed`` the letters of the cases in the newest supposition that stands in the group.
    """

    decided: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    voted: tuple[str, ...] = ()
    supposed: tuple[str, ...] = ()
