"""value: change a number of a policy pack in the draft, with the grade, date and source that it now rests on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.admin.arguments import OPEN, Arguments, Day, Open, Words
from bot.admin.desk import AdminCommand, Desk, RefusedError, Told
from bot.admin.editing import EDITORS, bench_of, drafted
from bot.publishing.paths import PACKS
from bot.publishing.revaluing import Ground, revalued
from bot.publishing.yaml_marks import NoSuchFieldError, UnfitValueError

_SHORTEST_SOURCE = 8


class _Value(Arguments):
    product: Annotated[Open, Field(examples=["jiebei"])]
    name: Annotated[Open, Field(examples=["headroom"])]
    number: Annotated[float, Field(allow_inf_nan=False, ge=-1e12, le=1e12, examples=["0.3"]), OPEN]
    grade: Literal["O", "P", "I", "S", "A"]
    date: Annotated[Day, OPEN]
    source: Annotated[Words, Field(examples=["…"])]


def _value(desk: Desk, given: _Value) -> Told:
    bench = bench_of(desk)
    path = f"{PACKS}/{given.product}.yaml"
    text = bench.text(path) if path in bench.paths(PACKS) else None
    if text is None:
        raise RefusedError(
            desk.say("publishing.no_pack", products=[one[len(PACKS) + 1 : -5] for one in bench.paths(PACKS)])
        )
    if len(given.source.strip()) < _SHORTEST_SOURCE or given.date > desk.now.date():
        raise RefusedError(desk.say("publishing.no_source"))
    try:
        ground = Ground(given.grade, " ".join(given.source.split()), given.date)
        after = revalued(text, given.name, given.number, ground)
    except NoSuchFieldError:
        raise RefusedError(desk.say("publishing.no_parameter", product=given.product)) from None
    except UnfitValueError as error:
        raise RefusedError(desk.say("publishing.unfit", reason=str(error))) from None
    return drafted(desk, bench, path, after)


COMMAND = AdminCommand(
    "value", "change a number of a pack, with its source", _value, EDITORS, _Value, group="publishing"
)
