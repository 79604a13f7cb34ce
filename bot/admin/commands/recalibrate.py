"""recalibrate: what outcomes propose to change in a pack's ranges, tried on people left out, and made a draft."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.admin.arguments import Arguments, Open
from bot.admin.desk import AdminCommand, Cell, Desk, RefusedError, Sheet, Told, Way
from bot.admin.editing import EDITORS, bench_of, drafted
from bot.dialogue.messages import Bar, Bars
from bot.store.engine import reading
from bot.truth.gathering import gathered
from bot.truth.restating import UnfitPackError, pack_path, restated
from bot.truth.telling import FEWEST
from simulator.correcting import Correction, correction_of
from simulator.policy import Pack
from simulator.recalibrating import FEWEST as NEEDED
from simulator.recalibrating import Proposal, Trial, proposed
from simulator.verifying import PROMISED, Outcome

_HEADER = ("trial", "held", "at_least", "at_most", "loss", "width")


class _Recalibrate(Arguments):
    product: Annotated[Open, Field(examples=["jiebei"])]
    way: Literal["try", "draft"] = "try"


def _recalibrate(desk: Desk, given: _Recalibrate) -> Told:
    pack = desk.packs.get(given.product)
    if pack is None:
        raise RefusedError(desk.say("office.recalibrate.unknown", products=", ".join(sorted(desk.packs))))
    found = proposed(_outcomes(desk, pack), pack)
    stands = correction_of(pack.corrections)
    words = _words(desk, found, stands)
    if found.correction is None or given.way == "try":
        line = f"recalibrate {pack.product} draft"
        ways = () if found.correction is None else (Way(desk.say("office.recalibrate.draft"), line),)
        return Told(words, _sheet(found), _chart(desk, found), ways=ways)
    return _draft(desk, found, found.correction)


def _outcomes(desk: Desk, pack: Pack) -> list[Outcome]:
    """Outcomes of this product that were foretold as its ranges are corrected today: only they speak of it."""
    code = correction_of(pack.corrections).code
    with reading(desk.store) as connection:
        seen = gathered(connection).exact
    return [one.outcome for one in seen if one.product == pack.product and one.correction == code]


def _words(desk: Desk, found: Proposal, stands: Correction) -> str:
    people = f"<{FEWEST}" if 0 < found.persons < FEWEST else str(found.persons)
    values = {} if found.correction is None else found.correction._asdict()
    return desk.say(
        f"office.recalibrate.{found.why}", people=people, needed=NEEDED, stands=stands._asdict(), values=values
    )


def _trials(found: Proposal) -> tuple[tuple[str, Trial], ...]:
    both = (("before", found.before), ("after", found.after))
    return tuple((name, trial) for name, trial in both if trial is not None)


def _sheet(found: Proposal) -> Sheet | None:
    rows = tuple(_row(name, trial) for name, trial in _trials(found))
    return Sheet(_HEADER, rows) if rows else None


def _row(name: str, trial: Trial) -> tuple[Cell, ...]:
    held, low, high = (round(100 * share, 1) for share in trial.coverage)
    return name, held, low, high, round(100 * trial.losses.all, 2), round(trial.width, 3)


def _chart(desk: Desk, found: Proposal) -> Bars | None:
    rows = tuple(
        Bar(
            label=desk.say(f"office.value.{name}"),
            value=trial.coverage.value,
            low=trial.coverage.low,
            high=trial.coverage.high,
        )
        for name, trial in _trials(found)
    )
    title, mark = desk.say("office.recalibrate.title"), desk.say("office.truth.promised")
    return Bars(title=title, rows=rows, share=True, digits=1, mark=PROMISED, mark_label=mark) if rows else None


def _draft(desk: Desk, found: Proposal, correction: Correction) -> Told:
    bench = bench_of(desk)
    path = pack_path(bench, found.product) or ""
    try:
        text = restated(bench.text(path) or "", correction, found.persons, f"{desk.now:%Y-%m-%d}")
    except UnfitPackError:
        raise RefusedError(desk.say("office.recalibrate.unfit")) from None
    return drafted(desk, bench, path, text)


COMMAND = AdminCommand(
    "recalibrate",
    "what outcomes propose to change in a pack's ranges",
    _recalibrate,
    EDITORS,
    _Recalibrate,
    group="publishing",
)
