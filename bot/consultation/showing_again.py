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
    """When whoever acts last showed a card in another sitting, of this group or of any other; None if not lately.

    A sitting that is still kept says whether the card ever came onto its table.
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
