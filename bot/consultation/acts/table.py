"""table: a group's tables are drawn as they stand now, each in its place; a sitting whose sleep is over goes on."""

from __future__ import annotations

from functools import reduce

from sqlalchemy import Connection

from bot.consultation.crews import rooms_ended
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept, asleep, drawn, undrawn
from bot.consultation.posting import together
from bot.consultation.tidying import tidied
from bot.consultation.wording import table_of
from bot.store.engine import reading


def _draw(host: Host, _event: str) -> Done:
    with reading(host.store) as connection:
        stale = undrawn(connection, host.who.id)
        slept = asleep(connection, host.who.id, host.now)
    woken = tuple((kept, kept.sitting.model_copy(update={"snoozed_until": None})) for kept in slept)
    numbers = {kept.sitting.id for kept in slept}
    still = tuple(kept for kept in stale if kept.sitting.id not in numbers)
    shown = (*(kept.sitting for kept in still), *(sitting for _, sitting in woken))
    tables = tuple(table_of(sitting, host.phrases, host.who.language, host.now) for sitting in shown)

    def act(connection: Connection) -> bool:
        for kept, sitting in woken:
            drawn(connection, Kept(sitting, kept.revision + 1), host.now)
        return all(drawn(connection, kept, host.now) for kept in still)

    drawn_anew = Done(tables, changes=woken, act=act)
    ended = (rooms_ended(host, kept.sitting) for kept in still)
    return reduce(together, (*(tidied(host, kept.sitting) for kept in still), *ended), drawn_anew)


ACT = Act(_draw, frozenset({"group"}), events=frozenset({"table"}))
