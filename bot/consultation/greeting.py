"""Greeting: the first words in a group, which go on telling the truth when the bot's rights there change."""

from __future__ import annotations

from bot.consultation.hosting import Host
from bot.dialogue.footing import Footing
from bot.dialogue.messages import Reply
from bot.store.boards import board_at
from bot.store.engine import reading

_HELLO = "hello"
"""The board of the first words in a group: where it was put up once, it is drawn anew and not said again."""


def greeted(host: Host) -> bool:
    """Whether a group has heard the first words."""
    with reading(host.store) as connection:
        return board_at(connection, host.who.id, _HELLO) is not None


def greeting(host: Host) -> Reply:
    """What the bot does here, what belongs in no group, how an adviser begins, and what it may not do yet.

    Where they were said before they only change in their place, also while they are still on their way.
    """
    footing = host.arrival.footing or Footing(deletes=True, reads=True)
    words = host.text("consultation.hello", deletes=footing.deletes, reads=footing.reads)
    said = greeted(host) or host.arrival.happened == "rights"
    return Reply(blocks=(words,), board=_HELLO, amends=said, hint="none")
