"""person: what is kept of somebody, as dates and numbers of rows; none of their answers is shown."""

from __future__ import annotations

from bot.admin.arguments import Arguments, Person
from bot.admin.desk import ADMIN, AdminCommand, Cell, Desk, RefusedError, Sheet, Told
from bot.dialogue.conversation import Conversation
from bot.store.barring import bar_of
from bot.store.conversations import known_conversation, load_conversation
from bot.store.engine import reading
from bot.store.holding import held_of


class _Person(Arguments):
    person: Person


def _person(desk: Desk, given: _Person) -> Told:
    with reading(desk.store) as connection:
        barred = bar_of(connection, given.person)
        if not known_conversation(connection, given.person) and barred is None:
            raise RefusedError(desk.say("office.nobody"))
        who, held = load_conversation(connection, given.person), held_of(connection, given.person)
    rows: dict[str, Cell] = {
        "person": given.person,
        "consent": _consent(who),
        "since": _day(who),
        "language": who.language,
        "turns": who.revision,
        "sealed": "yes" if held.sealed else "no",
        **({} if barred is None else {"blocked_since": f"{barred.since:%Y-%m-%d} {barred.author}"}),
        **{table: len(found) for table, found in held.rows.items()},
    }
    return Told(sheet=Sheet(("what", "count"), tuple(rows.items())))


def _consent(who: Conversation) -> str:
    if who.consent_at is not None:
        return "given"
    return "refused" if who.refused_at is not None else "not_asked"


def _day(who: Conversation) -> str:
    when = who.consent_at or who.refused_at
    return f"{when:%Y-%m-%d}" if when is not None else ""


COMMAND = AdminCommand(
    "person", "what is kept of somebody, without their answers", _person, ADMIN, _Person, group="people"
)
