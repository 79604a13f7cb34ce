"""export: everything that is kept of somebody, as the files that they would get themselves."""

from __future__ import annotations

from bot.admin.arguments import Arguments, Person
from bot.admin.desk import ADMIN, AdminCommand, Desk, RefusedError, Told
from bot.dialogue.exporting import export_papers
from bot.dialogue.scene import Scene
from bot.store.conversations import known_conversation, load_conversation
from bot.store.engine import reading
from bot.store.holding import held_of


class _Export(Arguments):
    person: Person


def _export(desk: Desk, given: _Export) -> Told:
    with reading(desk.store) as connection:
        if not known_conversation(connection, given.person):
            raise RefusedError(desk.say("office.nobody"))
        who, held = load_conversation(connection, given.person), held_of(connection, given.person)
    papers = export_papers(who, Scene(desk.library, desk.packs, desk.now, held=held))
    return Told(desk.say("office.exported", person=given.person), papers=papers)


COMMAND = AdminCommand(
    "export",
    "everything kept of somebody who asked for it, as files",
    _export,
    ADMIN,
    _Export,
    dangerous=True,
    group="people",
)
