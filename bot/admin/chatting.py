"""The office in a chat: a typed command or a pressed button of an operator becomes a turn beside the dialogue's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from bot.admin.asking import asked, not_asked, under_a_question
from bot.admin.bringing import EditorsHatch
from bot.admin.desk import Desk, Operator, Sheet, Told
from bot.admin.office import Deed, carried_out, hear, label, operator_of, takes_long, titled
from bot.dialogue.cards import CARD
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Arrival, Block, Button, Picture, Reply, Table, Text
from bot.dialogue.scene import Scene
from bot.dialogue.turn import greeted
from bot.service.bringing import let_bring
from bot.service.deciding import Beside, let_decide
from bot.settings import Settings
from bot.store.engine import reading
from bot.store.falling_due import put_to_work

COMMAND = "admin"
VERB = "office:"
"""What the actions of the office's buttons begin with; the rest is a command line."""

_SURE = "!"
_MINUTES = 10
"""How long the button counts that makes sure of a dangerous act."""

_PRIVATE = re.compile(r"tg:([1-9][0-9]{0,18})")
_MOST_WAYS = 6
"""Buttons of an answer beside those that lead back."""


class _Said(NamedTuple):
    """A command line, the minute in which it was asked whether they are sure, if it was, and whether it was begun."""

    line: str
    asked: int | None = None
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """Decides what operators say in their private chats."""

    store: Engine
    settings: Settings

    def __call__(self, who: Conversation, arrival: Arrival, scene: Scene) -> Beside | None:
        """The turn of an operator's command; None for everybody else and for all else that an operator says."""
        person = _PRIVATE.fullmatch(who.id)
        if person is None or arrival.public or arrival.secondhand or arrival.due not in {None, "work"}:
            return None
        said = _said(arrival)
        if said is None:
            return under_a_question(who, arrival, scene)
        with reading(self.store) as connection:
            operator = operator_of(connection, self.settings.owners, int(person[1]))
        if operator is None:
            return None
        known = greeted(who, arrival)
        return self._answered(known, arrival, scene, self._desk(known, operator, scene), said)

    def _answered(self, who: Conversation, arrival: Arrival, scene: Scene, desk: Desk, said: _Said) -> Beside:
        newest = arrival.revision is not None and arrival.revision == who.shown
        sure = newest and said.asked is not None and 0 <= _minute(scene) - said.asked <= _MINUTES
        long = None if said.begun else takes_long(desk, said.line, sure=sure)
        if long is not None:
            return _begun(who, scene, desk.say("office.runs", what=label(desk, long.name)), said.line)
        return _turn(who, scene, desk, hear(desk, said.line, sure=sure or said.begun), begun=said.begun)

    def _desk(self, who: Conversation, operator: Operator, scene: Scene) -> Desk:
        return Desk(
            scene.library,
            scene.packs,
            self.store,
            scene.now,
            operator,
            who.language,
            settings=self.settings,
            edition=scene.edition,
        )


def open_office(store: Engine, settings: Settings) -> None:
    """Let operators be heard in the chats of a store, and editors bring files; the owners are those of the settings."""
    let_decide(store, Office(store, settings), everywhere=True)
    let_bring(store, EditorsHatch(store, settings))


def _said(arrival: Arrival) -> _Said | None:
    """What is said to the office, if anything: only a button can say that somebody is sure."""
    if arrival.due == "work":
        return _Said(arrival.text or "", begun=True)
    if arrival.command == COMMAND:
        return _Said(arrival.text or "")
    if arrival.action is None or not arrival.action.startswith(VERB):
        return None
    line = arrival.action.removeprefix(VERB)
    if not line.startswith(_SURE):
        return _Said(line)
    minute, _, rest = line.removeprefix(_SURE).partition(" ")
    return _Said(rest, int(minute) if minute.isascii() and minute.isdecimal() else None)


def _minute(scene: Scene) -> int:
    return int(scene.now.timestamp() // 60)


def _begun(who: Conversation, scene: Scene, words: str, line: str) -> Beside:
    """What takes seconds is said to run, and done in a turn of its own that ends on the same card."""
    revision = who.revision + 1

    def act(connection: Connection) -> bool:
        put_to_work(connection, who.id, line, f"{revision}", scene.now)
        return True

    after = not_asked(who).but(revision=revision, shown=revision)
    runs = Reply(blocks=(Text(markup=words),), slot=CARD)
    return Beside(after, (runs,), show=False, act=act, wakes=(who.id,))


def _turn(who: Conversation, scene: Scene, desk: Desk, deed: Deed, *, begun: bool) -> Beside:
    revision = who.revision + 1
    shown = _shown(scene, desk, deed)

    def act(connection: Connection) -> bool:
        return carried_out(connection, desk, deed)

    papers = tuple(Reply(blocks=(paper,)) for paper in deed.told.papers)
    replies = (shown, *papers) if begun else (*papers, shown)
    after = (asked(who, revision) if deed.asks else not_asked(who)).but(revision=revision, shown=revision)
    return Beside(after, replies, show=False, act=act, wipe=deed.told.wipe)


def _shown(scene: Scene, desk: Desk, deed: Deed) -> Reply:
    told = deed.told
    prefix = f"{VERB}{_SURE}{_minute(scene)} " if deed.asks else VERB
    most = len(told.ways) if deed.menu else _MOST_WAYS
    ways = [Button(label=way.label, action=prefix + way.line) for way in told.ways[:most]]
    rows = [tuple(ways[at : at + 2]) for at in range(0, len(ways), 2)]
    return Reply(blocks=_blocks(desk, told), buttons=(*rows, _ways_back(desk, deed)), slot=CARD)


def _ways_back(desk: Desk, deed: Deed) -> tuple[Button, ...]:
    """From the office to the person's own menu, from an answer to its group, and to the office from both."""
    if deed.menu:
        return (Button(label=desk.say("menu.back"), action="menu:"),)
    group = (Button(label=titled(desk, deed.group), action=VERB + deed.group),) if deed.group else ()
    return (*group, Button(label=desk.say("office.back"), action=VERB))


def _blocks(desk: Desk, told: Told) -> tuple[Block, ...]:
    blocks: list[Block] = [Text(markup=told.words)] if told.words else []
    if told.chart is not None and told.chart.rows:
        blocks.append(Picture(of=told.chart, language=desk.language))
    if told.sheet is not None:
        blocks += _table(desk, told.sheet)
    return tuple(blocks or [Text(markup=desk.say("office.nothing"))])


def _table(desk: Desk, sheet: Sheet) -> list[Block]:
    """The first rows of a sheet, and how many more there are."""
    if not sheet.rows:
        return [Text(markup=desk.say("office.nothing"))]
    rows = spoken_rows(desk, sheet)[: sheet.first]
    more = len(sheet.rows) - sheet.first
    table: list[Block] = [Table(header=header_words(desk, sheet.header), rows=rows)] if rows else []
    return [*table, Text(markup=desk.say("office.more", count=more))] if more > 0 and rows else table


def header_words(desk: Desk, header: Sequence[str]) -> tuple[str, ...]:
    """The names of columns in the operator's language."""
    return tuple(desk.worded(f"office.column.{name}", name) for name in header)


def spoken_rows(desk: Desk, sheet: Sheet, *, coded: bool = True) -> tuple[tuple[str, ...], ...]:
    """The rows as they are read: codes in words where there are any and the sheet wants it, all else as it is.

    What has a title is ``coded`` behind it, unless columns are too narrow for that.
    """
    return tuple(tuple(_words(desk, cell, sheet, coded=coded) for cell in row) for row in sheet.rows)


def _words(desk: Desk, cell: str | float, sheet: Sheet, *, coded: bool) -> str:
    """A cell; what a table is called where nothing else is said of it is what its people are told that it holds."""
    if not isinstance(cell, str):
        return f"{cell:,}"
    if cell in sheet.titles:
        return f"{sheet.titles[cell]} \u00b7 {cell}" if coded else sheet.titles[cell]
    if not sheet.spoken or not cell.isidentifier():
        return cell
    return desk.worded(f"office.value.{cell}", desk.worded(f"held.{cell}", cell))
