"""What happens in an operator's day without the operator: a crowd comes by, lines come true, somebody is gone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from sqlalchemy import select

from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from bot.store.engine import reading
from bot.store.tables import METADATA
from tests.admin.days.street import DayStreet
from tests.faults.house import settled
from tests.truth.test_commands import filled, spread

_CROWD = 16
_CARDS = 3
_FIRST = ("consent:yes", "age:adult", "goal:assess")
_ASKED = {
    "zh": ("小荷包余额会影响额度吗", "小荷包余额影响额度吗", "小荷包里的余额会影响额度吗"),
    "en": (
        "does the forest energy game raise my limit",
        "will forest energy raise my limit",
        "does forest energy lift my limit",
    ),
}


async def _crowd(street: DayStreet, parts: Parts) -> list[str]:
    """Each agrees, answers some cards, and asks in their own words what no entry answers."""
    asked = _ASKED[street.language]
    for number in range(_CROWD):
        who = street.person(f"guest{number}", street.owner.user.language)
        who.starts()
        await settled(parts)
        for action in (*_FIRST, *("pick:",) * _CARDS):
            await _picks(who, parts, action)
        who.says(who.home, asked[number % len(asked)])
        await settled(parts)
        await _picks(who, parts, "none_of_them:")
    return []


async def _picks(who: Person, parts: Parts, action: str) -> None:
    """Press the newest button whose action begins so, if there is one."""
    for sight in reversed(who.home.messages):
        rows = (sight.message.markup or {}).get("inline_keyboard", [])
        told = [str(button["callback_data"]) for row in rows for button in row]
        data = next((data for data in told if data.split(".", 2)[-1].startswith(action)), None)
        if data is not None:
            who.forges(sight, data)
            await settled(parts)
            return


async def _outcomes(street: DayStreet, _parts: Parts) -> list[str]:
    """Most lines came true within their ranges, some did not."""
    filled(street.house.store, spread(60, 13), language=street.language)
    return []


async def _gone(street: DayStreet, _parts: Parts) -> list[str]:
    """Every table and every file is searched for the number of the one who asked to be erased."""
    number = str(street.people["anna"].id)
    found = []
    with reading(street.house.store) as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                found += [f"{table.name}.{name}" for name, value in row.items() if number in str(value)]
    return [f"rows that name anna: {found or 'none'}"]


Happening = Callable[[DayStreet, Parts], Awaitable[list[str]]]

HAPPENINGS: Mapping[str, Happening] = MappingProxyType({
    "sixteen people come by, answer three cards, and ask what no entry answers": _crowd,
    "sixty people have told which line they have half a year after a forecast": _outcomes,
    "every table is searched for what names anna": _gone,
})
"""What a line behind ``~`` lets happen."""
