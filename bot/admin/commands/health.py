"""health: editions in use, what waits in the store, how quickly letters had their turns, what is on the shelves."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.admin.arguments import Arguments
from bot.admin.desk import EVERYBODY, AdminCommand, Cell, Desk, Sheet, Told
from bot.store.counting import count_delays, count_tries, count_waiting
from bot.store.editions import newest_number
from bot.store.engine import reading
from bot.store.tables import CONVERSATIONS, JOURNAL
from bot.store.working import InUse, editions_in_use

_SHELVES = ("facts", "questions", "actions", "articles", "cases", "causes", "intents", "guards", "quizzes", "ready")


def _health(desk: Desk, _given: Arguments) -> Told:
    now_ms = round(desk.now.timestamp() * 1000)
    with reading(desk.store) as connection:
        stored = {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (CONVERSATIONS, JOURNAL)
        }
        waiting, tries = count_waiting(connection, now_ms), count_tries(connection)
        delays = count_delays(connection, now_ms)
        newest, working = newest_number(connection), editions_in_use(connection)
    queues: dict[str, Cell] = {
        "letters_waiting": waiting.letters,
        "oldest_letter_ms": waiting.oldest_ms,
        "promises_waiting": waiting.promises,
        "promises_tried_again": tries.promises,
        "most_tries": tries.most,
        "turns_in_the_last_hour": delays.turns,
        "half_of_them_within_ms": delays.half_ms,
        "nearly_all_within_ms": delays.most_ms,
    }
    shelves: dict[str, Cell] = {name: len(getattr(desk.library, name)) for name in _SHELVES}
    editions = _editions(desk, newest, working)
    rows = {**editions, **queues, **stored, **shelves, "packs": len(desk.packs)}
    return Told(sheet=Sheet(("what", "count"), tuple(rows.items())))


def _editions(desk: Desk, newest: int, working: tuple[InUse, ...]) -> dict[str, Cell]:
    """The newest edition, the one that answers here, and that of every worker, with how long ago it said so."""
    told: dict[str, Cell] = {"edition_newest": newest, "edition_here": desk.edition}
    for one in working:
        seconds = max(0, round((desk.now - one.at).total_seconds()))
        told[desk.say("office.health.worker", worker=one.worker, seconds=seconds)] = one.number
    return told


COMMAND = AdminCommand(
    "health",
    "editions, queues, delays, and what stands on the shelves",
    _health,
    roles=EVERYBODY,
    traced=False,
    group="sight",
)
