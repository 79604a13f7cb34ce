"""coming: the bot was taken out of a group, and its sittings sleep; it is back, and they go on."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection

from bot.consultation.crews import disbanded
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import sittings_of
from bot.consultation.posting import together
from bot.store.boards import draw_anew
from bot.store.engine import reading

_AWAY = dt.timedelta(days=30)
"""How long a sitting sleeps while the bot is not there."""


def _come_or_gone(host: Host, event: str) -> Done:
    until = host.now + _AWAY if event == "removed" else None
    with reading(host.store) as connection:
        here = sittings_of(connection, host.who.id)
    changes = tuple((kept, kept.sitting.model_copy(update={"snoozed_until": until})) for kept in here)

    def act(connection: Connection) -> bool:
        if event == "added":
            draw_anew(connection, host.who.id)
        return True

    come = Done(changes=changes, act=act)
    return together(come, disbanded(host)) if event == "removed" else come


ACT = Act(_come_or_gone, frozenset({"group"}), events=frozenset({"added", "removed"}))
