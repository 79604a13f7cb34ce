"""The office in a chat: a typed command or a pressed button of an operator becomes a turn beside the dialogue's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from bot.admin.bringing import EditorsHatch
from bot.admin.desk import Desk, Operator, Sheet, Told
from bot.admin.office import Deed, carried_out, hear, operator_of
from bot.dialogue.cards import CARD
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Arrival, Block, Button, Picture, Reply, Table, Text
from bot.dialogue.scene import Scene
from bot.dialogue.turn import greeted
from bot.service.bringing import let_bring
from bot.service.deciding import Beside, let_decide
from bot.settings import Settings
from bot.store.engine import reading

COMMAND = "admin"
VERB = "office:"
"""What the actions of the office's buttons begin with; the rest is a command line."""

_SURE = "!"
_MINUTES = 10
"""How long the button counts that makes sure of a dangerous act."""

_PRIVATE = re.compile(r"tg:([1-9][0-9]{0,18})")
_MOST_ROWS = 20


class _Said(NamedTuple):
    """A command line, and the minute in which it was asked whether they are sure, if it was."""

    line: str
    asked: int | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """Decides what operators say in their private chats."""

    store: Engine
    settings: Settings

    def __call__(self, who: Conversation, arrival: Arrival, scene: Scene) -> Beside | None:
        """The turn of an operator's command; None for everybody else and for all else that an operator says."""
        said, person = _said(arrival), _PRIVATE.fullmatch(who.id)
        if said is None or person is None:
            return None
        with reading(self.store) as connection:
            operator = operator_of(connection, self.settings.owners, int(person[1]))
        if operator is None:
            return None
        known = greeted(who, arrival)
        desk = self._desk(known, operator, scene)
        newest = arrival.revision is not None and arrival.revision == known.shown
        sure = newest and said.asked is not None and 0 <= _minute(scene) - said.asked <= _MINUTES
        return _turn(known, scene, desk, hear(desk, said.line, sure=sure))

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
    let_decide(store, Office(store, settings))
    let_bring(store, EditorsHatch(store, settings))


def _said(arrival: Arrival) -> _Said | None:
    """What is said to the office, if anything: only a button can say that somebody is sure."""
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


def _turn(who: Conversation, scene: Scene, desk: Desk, deed: Deed) -> Beside:
    revision = who.revision + 1
    shown = _shown(scene, desk, deed)

    def act(connection: Connection) -> bool:
        return carried_out(connection, desk, deed)

    papers = tuple(Reply(blocks=(paper,)) for paper in deed.told.papers)
    after = who.but(revision=revision, shown=revision)
    return Beside(after, (*papers, shown), show=False, act=act, wipe=deed.told.wipe)


def _shown(scene: Scene, desk: Desk, deed: Deed) -> Reply:
    told = deed.told
    prefix = f"{VERB}{_SURE}{_minute(scene)} " if deed.asks else VERB
    ways = [Button(label=way.label, action=prefix + way.line) for way in told.ways]
    back = Button(label=desk.say("office.back"), action=VERB)
    leave = Button(label=desk.say("menu.back"), action="menu:")
    rows = [tuple(ways[at : at + 2]) for at in range(0, len(ways), 2)]
    return Reply(blocks=_blocks(desk, told), buttons=(*rows, (leave,) if deed.menu else (back,)), slot=CARD)


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
    rows = spoken_rows(desk, sheet)[:_MOST_ROWS]
    more = len(sheet.rows) - _MOST_ROWS
    table = Table(header=header_words(desk, sheet.header), rows=rows)
    return [table, Text(markup=desk.say("office.more", count=more))] if more > 0 else [table]


def header_words(desk: Desk, header: Sequence[str]) -> tuple[str, ...]:
    """The names of columns in the operator's language."""
    return tuple(desk.worded(f"office.column.{name}", name) for name in header)


def spoken_rows(desk: Desk, sheet: Sheet) -> tuple[tuple[str, ...], ...]:
    """The rows as they are read: codes in words where there are any and the sheet wants it, all else as it is."""
    return tuple(tuple(_words(desk, cell, spoken=sheet.spoken) for cell in row) for row in sheet.rows)


def _words(desk: Desk, cell: str | float, *, spoken: bool) -> str:
    """A cell; what a table is called where nothing else is said of it is what its people are told that it holds."""
    if not isinstance(cell, str):
        return f"{cell:,}"
    if not spoken or not cell.isidentifier():
        return cell
    return desk.worded(f"office.value.{cell}", desk.worded(f"held.{cell}", cell))
