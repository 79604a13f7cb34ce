"""difference: how two states differ, line by line: editions by their numbers, 0 for what ships, or the drafts."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.admin.arguments import Arguments
from bot.admin.desk import READERS, AdminCommand, Desk, Told
from bot.admin.editing import bench_of, change_of, ways
from bot.publishing.comparing import as_text, differences

_MOST_LINES = 60
_MOST_IN_THE_TERMINAL = 2_000


class _Difference(Arguments):
    before: Annotated[int | None, Field(ge=0, lt=2**31, examples=["1"])] = None
    after: Annotated[int | None, Field(ge=0, lt=2**31, examples=["2"])] = None


def _difference(desk: Desk, given: _Difference) -> Told:
    bench = bench_of(desk)
    before = bench.over(drafted=False) if given.before is None else change_of(desk, given.before)
    after = bench.over() if given.after is None else change_of(desk, given.after)
    most = _MOST_LINES if desk.operator.number is not None else _MOST_IN_THE_TERMINAL
    lines = [line.replace("```", "'''") for line in as_text(differences(before, after), most)]
    words = desk.say("publishing.difference", lines=lines)
    return Told(words, ways=ways(desk, "draft", "editions"))


COMMAND = AdminCommand(
    "difference",
    "how drafts or editions differ",
    _difference,
    roles=READERS,
    arguments=_Difference,
    traced=False,
    group="publishing",
)
