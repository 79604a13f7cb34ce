"""Who got a broadcast is known for a month after it; then only what became of the messages is, exactly as before."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, insert, select

from bot.admin.announcing import report_of
from bot.admin.desk import Desk
from bot.service.moments import milliseconds
from bot.store.broadcasts import CANCELLED, DONE, RUNNING, broadcast_of
from bot.store.engine import reading, writing
from bot.store.retaining import foreseen, let_go
from bot.store.tables_news import BROADCASTS, RECIPIENTS
from bot.store.unnaming import DAYS_OF_RECIPIENTS
from tests.journeys.walking import NOW, scene_now

DAY = dt.timedelta(days=1)
STATES = ("sent", "sent", "gone", "declined", "unknown", "waiting")
MANY = 12


def _broadcast(store: Engine, state: str, ended: dt.datetime | None) -> int:
    """A broadcast that began two months ago, with people at every end."""
    began = milliseconds(NOW - 60 * DAY)
    told = {"zh": "帮助页更新了。", "en": "News.", "segment": "all", "author": "terminal", "people": MANY * len(STATES)}
    times = {"made_at": began, "began_at": began, "ended_at": None if ended is None else milliseconds(ended)}
    with writing(store) as connection:
        made = connection.execute(insert(BROADCASTS).values(**told, **times, state=state, below=0))
        (number,) = made.inserted_primary_key or (0,)
        rows = [
            {
                "broadcast": number,
                "conversation": f"tg:{at}",
                "state": STATES[at % len(STATES)],
                "due_at": began,
                "changed_at": began,
                "message": at,
            }
            for at in range(MANY * len(STATES))
        ]
        connection.execute(insert(RECIPIENTS), rows)
    return int(number)


def _named(store: Engine, number: int) -> list[str]:
    with reading(store) as connection:
        names = connection.scalars(select(RECIPIENTS.c.conversation).where(RECIPIENTS.c.broadcast == number))
        return [name for name in names if name.startswith("tg:")]


def _report(store: Engine, number: int) -> object:
    with reading(store) as connection:
        broadcast = broadcast_of(connection, number)
    assert broadcast is not None
    return report_of(Desk(scene_now().library, {}, store, NOW), broadcast)


@pytest.mark.parametrize(
    ("state", "ended", "goes"),
    [
        (DONE, NOW - (DAYS_OF_RECIPIENTS + 1) * DAY, True),
        (DONE, NOW - (DAYS_OF_RECIPIENTS - 1) * DAY, False),
        (CANCELLED, None, True),
        (RUNNING, None, False),
    ],
)
def test_people_go_and_the_report_stays(store: Engine, state: str, ended: dt.datetime | None, *, goes: bool) -> None:
    """One whose end is long ago names nobody any more, one that is under way or lately done still does."""
    number = _broadcast(store, state, ended)
    before = _report(store, number)
    with reading(store) as connection:
        assert foreseen(connection, NOW, ()).old_recipients == (MANY * len(STATES) if goes else 0)
    with writing(store) as connection:
        assert let_go(connection, NOW, ()).old_recipients == (MANY * len(STATES) if goes else 0)
    assert len(_named(store, number)) == (0 if goes else MANY * len(STATES))
    assert _report(store, number) == before
    with writing(store) as connection:
        assert let_go(connection, NOW, ()).old_recipients == 0
    if goes:
        with reading(store) as connection:
            rows = connection.execute(select(RECIPIENTS).where(RECIPIENTS.c.broadcast == number)).mappings().all()
        assert {(row["promise"], row["revision"], row["message"], row["changed_at"]) for row in rows} == {
            (None, None, None, 0)
        }
