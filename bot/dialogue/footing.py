"""Footing: how people and the bot stand in a group, as the platform tells, and what happens there unsaid."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from bot.dialogue.plain import Plain

Happening = Literal["added", "removed", "rights", "demoted", "away", "topic_closed", "topic_opened", "topic_gone"]
"""The bot was brought in or taken out, or may do other things than before; somebody leads no more, or cannot be
written to; a topic changed."""


LEADERS = frozenset({"creator", "administrator"})
"""Ranks of those who lead a group, as the platform calls them."""


class Standing(Plain):
    """How somebody stood in a group when the platform was asked, just before; None where it did not answer."""

    group: str
    rank: str | None = None
    at: dt.datetime


class Footing(Plain):
    """Whether the bot may remove others' messages, open topics, and read what is not said to it."""

    deletes: bool = False
    topics: bool = False
    reads: bool = False
