"""The seconds around a laying: what was pressed before it counts before it, also where the bot slept over it."""

from __future__ import annotations

import pytest

from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from tests.consultation.gathering import LEAVE, SHOW, Gathering, letters, moments, pressed
from tests.consultation.guests import TAKE_BACK
from tests.faults.house import card
from tests.faults.named import lived


async def _three_wait(town: Gathering, parts: Parts) -> float:
    """Three cards wait for the first laying; the moment at which it is due (seconds since 1970)."""
    begun = int(town.clock())
    await town.consults(parts, "a raise")
    for who in town.members[:3]:
        await town.shows(parts, who, town.table("a raise"))
    return begun + 600.0


async def _until(town: Gathering, parts: Parts, moment: float) -> None:
    await moments(parts, moment - town.clock())


def _was_told_of_a_case(who: Person) -> bool:
    return any("Your card is case" in sight.text for sight in who.home.messages)


def test_who_takes_back_just_before_a_laying_is_never_on_the_table() -> None:
    """A press before the moment, which a broken connection delays, is heard before the table is laid."""
    town = Gathering(members=4)

    async def life(parts: Parts) -> None:
        due = await _three_wait(town, parts)
        await town.shows(parts, town.members[3], town.table("a raise"))
        await _until(town, parts, due - 0.4)
        town.street.weather.write("bad_gateway", "getUpdates", times=2)
        town.olga.says(town.olga.home, "/help")
        await moments(parts, 0.1)
        owner = town.members[0]
        press = owner.presses(card(owner), TAKE_BACK)
        await _until(town, parts, due + 10)
        assert press.answered_at > due
        assert len(letters(town.table("a raise"))) == 3
        assert not _was_told_of_a_case(owner)

    lived(town, life)


def test_who_agrees_just_before_a_laying_is_on_the_table() -> None:
    """The third card is agreed to one second before the moment, and all three come."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        begun = int(town.clock())
        await town.consults(parts, "a raise")
        for who in town.members[:2]:
            await town.shows(parts, who, town.table("a raise"))
        last = town.members[2]
        town.knows(last)
        await town.comes_in(parts, last, town.table("a raise"))
        await _until(town, parts, begun + 599.0)
        await pressed(parts, last, card(last), SHOW)
        assert letters(town.table("a raise")) == []
        await _until(town, parts, begun + 605.0)
        assert letters(town.table("a raise")) == ["A", "B", "C"]

    lived(town, life)


@pytest.mark.parametrize("label", [TAKE_BACK, LEAVE])
def test_a_bot_that_slept_over_a_laying_hears_everybody_first(label: str) -> None:
    """Dead before the moment, awake after it: who took their card back meanwhile was never on the table."""
    town = Gathering(members=4)
    due = []

    async def before(parts: Parts) -> None:
        due.append(await _three_wait(town, parts))
        await town.shows(parts, town.members[3], town.table("a raise"))
        await _until(town, parts, due[0] - 30)

    async def after(parts: Parts) -> None:
        await moments(parts, 5)
        assert letters(town.table("a raise")) == []
        await moments(parts, 60)
        assert letters(town.table("a raise")) == ["A", "B", "C"]
        assert not _was_told_of_a_case(town.members[0])

    lived(town, before)
    town.members[0].presses(card(town.members[0]), label)
    town.clock.advance(90)
    lived(town, after)
