"""python -m tests.admin.million [EVENTS] [postgresql]: how long the funnel and the answers take over so many rows."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, insert

from bot.admin.desk import Desk
from bot.admin.office import COMMANDS, given_to
from bot.dialogue.standing import STEPS
from bot.store.engine import open_store, writing
from bot.store.tables import JOURNAL
from tests.journeys.walking import NOW, scene_now
from tests.store.postgresql import rented

_BATCH = 50_000
_PEOPLE = 20_000


def filled(store: Engine, events: int) -> None:
    """A journal of so many rows: people at questions in two languages, what they did there, and answers they got."""
    rows = _rows(events)
    with writing(store) as connection:
        while batch := [row for _, row in zip(range(_BATCH), rows, strict=False)]:
            connection.execute(insert(JOURNAL), batch)


def _rows(events: int) -> Iterator[dict[str, object]]:
    luck, library = Random(7), scene_now().library
    questions, entries = tuple(library.questions), tuple(library.articles)
    for number in range(events):
        place = f"{luck.choice(questions)} {'en' if luck.random() < 0.2 else 'zh'} abc123"
        kinds = [("turn", place), (luck.choice(STEPS), place), ("answered", luck.choice(entries))]
        kind, detail = luck.choices(kinds, (5, 4, 1))[0]
        at = NOW - dt.timedelta(seconds=events - number)
        who = f"tg:{luck.randrange(_PEOPLE)}"
        yield {"conversation": who, "kind": kind, "detail": detail, "revision": number, "at": at, "key": None}


def main(events: int, database: str) -> int:
    """Fill a database, ask each command three times, print the first and the quickest, by the wall and this process.

    Both are seconds; of a server's work only the wall clock knows.
    """
    with ExitStack() as stack:
        store = open_store(_address(stack, database))
        filled(store, events)
        if database == "postgresql":
            with store.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE journal")
        desk = Desk(scene_now().library, {}, store, NOW)
        for name in ("funnel", "answers"):
            taken = [_timed(desk, name) for _ in range(3)]
            wall, own = min(taken)[0], min(one[1] for one in taken)
            first = f"at first {taken[0][0]:.2f} s wall, {taken[0][1]:.2f} s of processor"
            sys.stdout.write(f"{name}: {events:,} rows, {wall:.2f} s wall, {own:.2f} s of processor; {first}\n")
        store.dispose()
    return 0


def _address(stack: ExitStack, database: str) -> str:
    if database == "postgresql":
        return stack.enter_context(rented()).fresh()
    return f"sqlite:///{Path(stack.enter_context(TemporaryDirectory())) / 'million.db'}"


def _timed(desk: Desk, name: str) -> tuple[float, float]:
    wall, own = time.perf_counter(), time.process_time()
    given_to(desk, COMMANDS[name], [], sure=False)
    return time.perf_counter() - wall, time.process_time() - own


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    sys.exit(main(*(numbers or [1_000_000]), "postgresql" if "postgresql" in sys.argv else "sqlite"))
