"""Places that come free because somebody deletes everything or takes their consent back: who waited is called."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from bot.consultation.keeping import sittings_of
from bot.store.engine import reading
from tests.consultation.gathering import LAID, SHOW, Gathering, letters, moments, pressed
from tests.faults.house import card
from tests.faults.named import lived


def _standings(town: Gathering) -> list[str]:
    with reading(town.house.store) as connection:
        (kept,) = sittings_of(connection, f"tg:{town.group.id}")
    return [seat.standing for seat in kept.sitting.seats]


async def _deletes(parts: Parts, who: Person) -> None:
    who.says(who.home, "/delete")
    await moments(parts)
    await pressed(parts, who, card(who), "Yes, delete all")


async def _withdraws(parts: Parts, who: Person) -> None:
    who.says(who.home, "/data")
    await moments(parts)
    await pressed(parts, who, card(who), "Withdraw consent")
    await pressed(parts, who, card(who), "Yes, withdraw")


async def _turns_out_under_age(parts: Parts, who: Person) -> None:
    who.says(who.home, "I am 16 years old")
    await moments(parts)
    await pressed(parts, who, card(who), "I am under 18")


@pytest.mark.parametrize("goes", [_deletes, _withdraws, _turns_out_under_age])
def test_whoever_is_forgotten_leaves_their_place_to_the_next(goes: Callable[[Parts, Person], Awaitable[None]]) -> None:
    """Their card is gone from the table at once, and the thirteenth is called; nobody else is told anything."""
    town = Gathering(members=14)

    async def life(parts: Parts) -> None:
        await town.consults(parts, "many")
        for who in town.members:
            town.knows(who)
            await town.comes_in(parts, who, town.table("many"))
        for who in town.members[:4]:
            await pressed(parts, who, card(who), SHOW)
        await moments(parts, LAID)
        assert len(letters(town.table("many"))) == 4
        seen = {who.id: len(who.home.messages) for who in town.members}
        await goes(parts, town.members[0])
        await moments(parts, 10)
        assert len(letters(town.table("many"))) == 3
        assert _standings(town).count("queued") == 1
        assert 'You take part in the consultation "many"' in town.members[12].home.messages[-1].text
        others = (*town.members[1:12], town.members[13])
        assert all(len(who.home.messages) == seen[who.id] for who in others)

    lived(town, life)


def test_who_comes_back_after_deleting_everything_counts_as_known() -> None:
    """Their card lay on the table before; shown again beside two others, three are not all new, and none comes."""
    town = Gathering(members=6)

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "again")
        await _deletes(parts, town.members[0])
        await moments(parts, 10)
        await town.shows(parts, town.members[0], town.table("again"))
        for who in town.members[3:5]:
            await town.shows(parts, who, town.table("again"))
        await moments(parts, 2 * LAID)
        assert len(letters(town.table("again"))) == 2
        await town.shows(parts, town.members[5], town.table("again"))
        await moments(parts, 6 * LAID)
        assert len(letters(town.table("again"))) == 6

    lived(town, life)
