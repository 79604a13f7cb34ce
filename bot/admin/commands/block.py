"""block: hear nothing of a person any more and send them nothing, until somebody lifts it."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.admin.arguments import Arguments, Person
from bot.admin.desk import ADMIN, AdminCommand, Desk, RefusedError, Told
from bot.store.barring import bar, bar_of
from bot.store.engine import reading


class _Block(Arguments):
    person: Person


def _block(desk: Desk, given: _Block) -> Told:
    kind, _, number = given.person.partition(":")
    if kind == given.person:
        raise RefusedError(desk.say("office.block.not_here"))
    if int(number) in desk.settings.owners or given.person == desk.operator.name:
        raise RefusedError(desk.say("office.block.owner"))
    with reading(desk.store) as connection:
        if bar_of(connection, given.person) is not None:
            raise RefusedError(desk.say("office.block.already"))

    def change(connection: Connection) -> bool:
        return bar(connection, given.person, desk.operator.name, round(desk.now.timestamp() * 1000))

    return Told(desk.say("office.block.done", person=given.person), change=change)


COMMAND = AdminCommand(
    "block", "hear nothing of somebody any more", _block, ADMIN, _Block, dangerous=True, group="people"
)
