"""editions: everything that was published, the newest first: who, when, and what it says of itself."""

from __future__ import annotations

import datetime as dt

from bot.admin.arguments import Arguments
from bot.admin.desk import READERS, AdminCommand, Desk, Sheet, Told
from bot.admin.editing import ways
from bot.store.editions import history
from bot.store.engine import reading

_MOST = 50


def _editions(desk: Desk, _given: Arguments) -> Told:
    with reading(desk.store) as connection:
        kept = history(connection, _MOST)
    rows = tuple(
        (
            one.number,
            f"{dt.datetime.fromtimestamp(one.at_ms / 1000, desk.now.tzinfo):%Y-%m-%d %H:%M:%S}",
            one.author,
            one.note,
            one.hash[:12],
        )
        for one in kept
    )
    words = desk.say("publishing.editions", count=len(rows))
    return Told(words, Sheet(("number", "when", "operator", "note", "hash"), rows), ways=ways(desk, "draft"))


COMMAND = AdminCommand(
    "editions", "everything that was published", _editions, roles=READERS, traced=False, group="publishing"
)
