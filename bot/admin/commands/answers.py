"""answers: which answers were given, which questions found none, and whether people found the result right."""

from __future__ import annotations

from sqlalchemy import distinct, func, select

from bot.admin.arguments import Arguments
from bot.admin.commands.funnel import shown
from bot.admin.desk import READERS, AdminCommand, Desk, Sheet, Told
from bot.store.engine import reading
from bot.store.tables import JOURNAL

_KINDS = ("right", "unanswered", "unsure", "answered")


def _answers(desk: Desk, _given: Arguments) -> Told:
    people = func.count(distinct(JOURNAL.c.conversation))
    query = select(JOURNAL.c.kind, JOURNAL.c.detail, people).where(JOURNAL.c.kind.in_(_KINDS))
    with reading(desk.store) as connection:
        found = connection.execute(query.group_by(JOURNAL.c.kind, JOURNAL.c.detail)).all()
    order = sorted(found, key=lambda row: (_KINDS.index(row[0]), -row[2], row[1]))
    return Told(sheet=Sheet(("what", "which", "people"), tuple((row[0], row[1], shown(row[2])) for row in order)))


COMMAND = AdminCommand(
    "answers", "answers given, questions without one, and results found right", _answers, roles=READERS, traced=False
)
