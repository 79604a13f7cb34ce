"""audit: what operators did, newest first, or whether the trail is whole."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from bot.admin.arguments import Arguments
from bot.admin.desk import AUDITORS, AdminCommand, Desk, Sheet, Told
from bot.store.audit import Deed, newest, verify
from bot.store.engine import reading

_SHOWN = 100


class _Audit(Arguments):
    what: Literal["show", "verify"] = "show"
    noted: Annotated[str, Field(pattern=r"^[0-9a-f]{0,64}$", examples=["0123abcd…"])] = ""


def _audit(desk: Desk, given: _Audit) -> Told:
    if given.what == "verify":
        return _verified(desk, given.noted)
    with reading(desk.store) as connection:
        deeds = newest(connection, _SHOWN)
    rows = tuple((deed.number, _when(desk, deed), deed.actor, deed.act, deed.detail) for deed in deeds)
    return Told(sheet=Sheet(("number", "when", "operator", "act", "detail"), rows, spoken=False))


def _verified(desk: Desk, noted: str) -> Told:
    with reading(desk.store) as connection:
        verdict = verify(connection, noted)
    key = "office.trail_whole" if verdict.broken is None else "office.trail_broken"
    words = desk.say(key, rows=verdict.rows, broken=verdict.broken)
    state = "whole" if verdict.broken is None else "broken"
    sheet = Sheet(("what", "count"), (("trail", state), ("rows", verdict.rows), ("head", verdict.head)))
    return Told(words, sheet, sound=verdict.broken is None)


def _when(desk: Desk, deed: Deed) -> str:
    return f"{dt.datetime.fromtimestamp(deed.at_ms / 1000, desk.now.tzinfo):%Y-%m-%d %H:%M:%S}"


COMMAND = AdminCommand(
    "audit",
    "what operators did, or whether the trail is whole",
    _audit,
    roles=AUDITORS,
    arguments=_Audit,
    traced=False,
    group="team",
)
