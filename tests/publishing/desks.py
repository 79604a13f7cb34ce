"""An editor's desk without a chat: command lines in, answers out, through the same ears and hands as everywhere."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import func, select

from bot.admin.desk import Desk, Operator, Told
from bot.admin.office import carried_out, hear
from bot.settings import Settings
from bot.store.engine import reading, writing
from bot.store.roles import give_role
from bot.store.tables import METADATA
from bot.wiring import House
from tests.journeys.walking import NOW
from tests.publishing.lending import lend

EDITOR = 4242
_CODE = re.compile(r"publish ([0-9a-f]{8})")


class EditorsDesk:
    """A house with an editor in it."""

    def __init__(self, folder: Path, address: str = "") -> None:
        self.house = lend(House(Settings(data_dir=folder), address or f"sqlite:///{folder / 'desk.db'}"))
        with writing(self.house.store) as connection:
            give_role(connection, EDITOR, "editor")

    @property
    def desk(self) -> Desk:
        """The desk in the edition that is in use at this moment."""
        edition = self.house.edition
        operator = Operator(EDITOR, "editor")
        return Desk(edition.library, edition.packs, self.house.store, NOW, operator, settings=self.house.settings)

    def gives(self, line: str, *, sure: bool = True) -> Told:
        """Give a command; what it asks for is done."""
        desk = self.desk
        deed = hear(desk, line, sure=sure)
        if not deed.menu and not deed.asks:
            with writing(self.house.store) as connection:
                assert carried_out(connection, desk, deed)
        return deed.told

    def publishes(self) -> str:
        """Check what is drafted and press the button that publishes, if there is one; the last answer."""
        told = self.gives("check")
        code = next((found[1] for way in told.ways if (found := _CODE.match(way.line))), None)
        return told.words if code is None else self.gives(f"publish {code}").words

    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        with reading(self.house.store) as connection:
            tables = METADATA.tables
            return {name: connection.scalar(select(func.count()).select_from(tables[name])) or 0 for name in tables}
