"""Showing again: whether somebody lately showed a card to a group, whose members could compare both times."""

from __future__ import annotations

import datetime as dt

from bot.consultation.hosting import Host
from bot.consultation.sitting import Sitting
from bot.dialogue.conversation import Conversation

LATELY = dt.timedelta(days=90)
"""So long somebody's card is taken to be much the same, and others to remember who was there."""

_MOST = 12
"""Sittings that are remembered; whoever agreed in more within three months has been told often enough."""


def shown_before(host: Host, sitting: Sitting) -> dt.date | None:
    """When whoever acts last agreed to show a card in another sitting, of any group; None if not lately.

    Not counted is a card of which is known that it never came onto the table.
    """
    others = [(number, at) for number, at in host.who.agreed if number != sitting.id and host.now - at <= LATELY]
    return next((at.date() for number, at in reversed(others) if _lay(host, number)), None)


def _lay(host: Host, number: str) -> bool:
    kept = host.sitting(number)
    seat = None if kept is None else kept.sitting.seat_of(host.who.id)
    return seat is None or seat.lay


def agreeing(who: Conversation, number: str, now: dt.datetime) -> Conversation:
    """Somebody who has just agreed to show a card in a sitting (by its id)."""
    before = tuple((one, at) for one, at in who.agreed if one != number and now - at <= LATELY)
    return who.but(agreed=(*before, (number, now))[-_MOST:])


def never_shown(who: Conversation, number: str) -> Conversation:
    """Somebody who took their card back in a sitting before anybody saw it."""
    return who.but(agreed=tuple(one for one in who.agreed if one[0] != number))
