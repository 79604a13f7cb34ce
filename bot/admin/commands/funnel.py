"""funnel: how often each question was answered, skipped, gone back to or not understood; small cells are hidden."""

from __future__ import annotations

from sqlalchemy import distinct, func, select

from bot.admin.arguments import Arguments
from bot.admin.desk import READERS, AdminCommand, Desk, Sheet, Told
from bot.store.tables import JOURNAL

FEWEST = 10
"""Cells with fewer people are hidden, so that nobody can be told apart."""

_STEPS = ("answer", "skip", "back", "help", "missed", "edit")


def _funnel(desk: Desk, _given: Arguments) -> Told:
    people = func.count(distinct(JOURNAL.c.conversation))
    query = (
        select(JOURNAL.c.detail, JOURNAL.c.kind, people)
        .where(JOURNAL.c.kind.in_(_STEPS))
        .group_by(JOURNAL.c.detail, JOURNAL.c.kind)
    )
    with desk.store.begin() as connection:
        counted = {(row[0], row[1]): row[2] for row in connection.execute(query)}
    questions = sorted({question for question, _step in counted})
    rows = tuple((question, *(_shown(counted.get((question, step), 0)) for step in _STEPS)) for question in questions)
    return Told(sheet=Sheet(("question", *_STEPS), rows))


def _shown(people: int) -> str | int:
    return people if people == 0 or people >= FEWEST else f"<{FEWEST}"


COMMAND = AdminCommand("funnel", "how people fared with each question", _funnel, roles=READERS, traced=False)
