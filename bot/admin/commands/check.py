"""check: everything that would be wrong with the drafts if they were published, and the button that publishes."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.admin.arguments import Arguments
from bot.admin.desk import AdminCommand, Desk, Told, Way
from bot.admin.editing import EDITORS, bench_of, checked, problems_told, taken_told, ways
from bot.store.editions import keep_lesson


def _check(desk: Desk, _given: Arguments) -> Told:
    bench = bench_of(desk)
    if not bench.over() and not bench.changes:
        return Told(desk.say("publishing.no_draft"), ways=ways(desk, "entries"))
    found = checked(desk, bench)
    if found.grave:
        return Told(problems_told(desk, found.grave), ways=ways(desk, "draft", "check"), sound=False)
    learned = found.learned

    def change(connection: Connection) -> bool:
        if learned is not None:
            keep_lesson(connection, found.lesson, learned)
        return True

    publish = Way(desk.say("publishing.publish_these", count=len(bench.changes)), f"publish {bench.code}")
    words = desk.say("publishing.sound", count=len(bench.changes), hints=len(found.hints), code=bench.code)
    hints = problems_told(desk, found.hints, "publishing.hints") if found.hints else ""
    told = (words, taken_told(desk, found.taken) if found.taken else "", hints)
    return Told("\n\n".join(filter(None, told)), ways=(*ways(desk, "preview", "dryrun"), publish), change=change)


COMMAND = AdminCommand(
    "check",
    "everything that is wrong with the drafts",
    _check,
    roles=EDITORS,
    traced=False,
    group="publishing",
    slow=True,
)
