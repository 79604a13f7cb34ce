"""Laying: at moments that nobody's step decides, cards that wait come onto the table, several at a time."""

from __future__ import annotations

import datetime as dt

from bot.consultation.dealing import come_together, letter_of, next_laying, without
from bot.consultation.deeds import changed
from bot.consultation.sitting import Heard, Sitting, Word


def laid(sitting: Sitting, now: dt.datetime) -> Heard:
    """The table as it is laid at its moment, with the words for those whom it concerns; before it nothing changes.

    All that was agreed to in between shows at once: whoever watches sees what came since the last laying, and nothing
    of who did what when. While a sitting sleeps no card comes.
    """
    if sitting.lays_at is None or now < sitting.lays_at or sitting.closed_at is not None:
        return Heard(sitting)
    after = sitting if sitting.state(now) == "snoozed" else _dealt(sitting)
    came = tuple(Word(seat.member, "shown", seat) for seat in after.cases if sitting.case(seat.letter or "") is None)
    waits = any(seat.standing == "ready" for seat in after.seats)
    after = after.model_copy(update={"lays_at": next_laying(sitting.opened_at, now) if waits else None})
    return Heard(after, came)


def _dealt(sitting: Sitting) -> Sitting:
    """The cards that come now, with letters in an order that has nothing to do with who came when."""
    ready = {seat.member: seat.card for seat in sitting.seats if seat.standing == "ready"}
    for member in come_together(ready, sitting.left, sitting.secret):
        sitting = changed(sitting, member, standing="shown", letter=letter_of(sitting.dealt), lay=True)
        left = without(sitting.left, ready[member])
        sitting = sitting.model_copy(update={"dealt": sitting.dealt + 1, "left": left})
    return sitting
