"""away: nothing reaches somebody any more who talks with an adviser, or as one; the talk is over for the other."""

from __future__ import annotations

from functools import reduce

from bot.consultation.advising import give_back, left_by
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept, sittings_of
from bot.consultation.posting import spread, together
from bot.consultation.sitting import Heard
from bot.store.engine import reading


def _away(host: Host, _event: str) -> Done:
    with reading(host.store) as connection:
        here = sittings_of(connection, host.who.id)
    return reduce(together, (_ended(host, kept, host.arrival.speaker or "") for kept in here), Done())


def _ended(host: Host, kept: Kept, name: str) -> Done:
    """Their talks in a sitting, as a member and as an adviser, given back; only the others are told."""
    given = give_back(kept.sitting, name)
    left = left_by(given.sitting, name)
    told = (word for word in (*given.words, *left.words) if word.to != name)
    return spread(host, kept, Heard(left.sitting, tuple(told)))


ACT = Act(_away, frozenset({"group"}), events=frozenset({"away"}))
