"""cases: candidates that several people's outcomes could become, and what an editor says of each of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import Connection

from bot.admin.arguments import Arguments, Open, Words
from bot.admin.desk import AdminCommand, Change, Desk, RefusedError, Sheet, Told, Way
from bot.admin.editing import EDITORS, bench_of, drafted
from bot.consultation.anonymising import ALIKE
from bot.consultation.wording import card_words
from bot.store.engine import reading
from bot.store.sharing import judge, verdicts
from bot.truth.casing import Candidate
from bot.truth.offering import waiting
from bot.truth.writing import UnwordedError, case_path, worded, written

_SHOWN_WORDS = 60


class _Cases(Arguments):
    act: Literal["list", "show", "accept", "refuse"] = "list"
    code: Annotated[Open, Field(examples=["1a2b3c"])] = ""
    words: Annotated[Words, Field(examples=["… | … | … | …"])] = ""


def _cases(desk: Desk, given: _Cases) -> Told:
    with reading(desk.store) as connection:
        found = waiting(connection, desk.library, desk.packs)
        judged = verdicts(connection)
    if given.act == "list":
        return _listed(desk, [one for one in found if one.code not in judged], len(judged))
    one = next((one for one in found if one.code == given.code), None)
    if one is None:
        raise RefusedError(desk.say("office.cases.gone"))
    if given.act == "show":
        return _shown(desk, one)
    if given.act == "refuse":
        return Told(desk.say("office.cases.refused"), change=_judged(desk, one, "refused"), ways=_back(desk))
    return _accepted(desk, one, given.words)


def _listed(desk: Desk, fresh: list[Candidate], judged: int) -> Told:
    rows = tuple((one.code, _card(desk, one), one.outcome, f"\u2265{ALIKE}", len(one.steps)) for one in fresh)
    ways = tuple(Way(f"{one.code} {_card(desk, one)}"[:_SHOWN_WORDS], f"cases show {one.code}") for one in fresh[:8])
    words = desk.say("office.cases.list", waiting=len(fresh), judged=judged, alike=ALIKE)
    return Told(words, Sheet(("code", "card", "outcome", "people", "steps"), rows) if rows else None, ways=ways)


def _card(desk: Desk, one: Candidate) -> str:
    return card_words(one.card, desk.library.phrases, desk.language)


def _shown(desk: Desk, one: Candidate) -> Told:
    known = (desk.library.actions.get(step) for step in one.steps)
    steps = [desk.read_out(entry.title) for entry in known if entry is not None]
    outcome = desk.worded(f"office.value.{one.outcome}", one.outcome)
    words = desk.say(
        "office.cases.show", code=one.code, card=_card(desk, one), outcome=outcome, steps=steps, alike=ALIKE
    )
    refuse = Way(desk.say("office.cases.refuse"), f"cases refuse {one.code}")
    return Told(words, ways=(refuse, *_back(desk)))


def _back(desk: Desk) -> tuple[Way, ...]:
    return (Way(desk.say("office.label.cases"), "cases"),)


def _accepted(desk: Desk, one: Candidate, words: str) -> Told:
    """The case among the drafts, and the verdict; from there it is checked and published like all else."""
    try:
        said = worded(words)
    except UnwordedError:
        raise RefusedError(desk.say("office.cases.unworded", code=one.code)) from None
    text = written(one, said, desk.library.phrases, f"{desk.now:%Y-%m-%d}")
    laid = drafted(desk, bench_of(desk), case_path(one.code), text)
    judged = _judged(desk, one, "accepted")

    def change(connection: Connection) -> bool:
        return (laid.change is None or laid.change(connection)) and judged(connection)

    rests = desk.say("office.cases.rests", alike=ALIKE)
    return Told(f"{laid.words}\n\n{rests}", change=change, ways=(*laid.ways, *_back(desk)))


def _judged(desk: Desk, one: Candidate, verdict: str) -> Change:
    def change(connection: Connection) -> bool:
        still = waiting(connection, desk.library, desk.packs)
        if one not in still:
            return False
        judge(connection, one.code, verdict, desk.operator.name, round(desk.now.timestamp() * 1000))
        return True

    return change


COMMAND = AdminCommand("cases", "candidates that outcomes could become", _cases, EDITORS, _Cases, group="knowledge")
