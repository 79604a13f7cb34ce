"""A sitting that is paused, or whose group has thrown the bot out: what is said of the cards that wait, and its end."""

from __future__ import annotations

import re

from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from bot.consultation.keeping import sittings_open
from bot.store.engine import reading
from tests.consultation.gathering import LAID, Gathering, leaves, letters, moments, pressed
from tests.consultation.guests import NOW, SLIP
from tests.consultation.test_walk_desk import taps
from tests.faults.house import card, settled
from tests.faults.named import lived

_DAY = 86_400.0


async def _pauses(town: Gathering, parts: Parts, label: str) -> None:
    press = await pressed(parts, town.ada, town.table("a raise"), "For advisers")
    town.ada.opens(str((press.answer or {})["url"]))
    await settled(parts)
    await taps(parts, town.ada, "Pause, end\u2026", label)


async def _looks(parts: Parts, who: Person) -> None:
    """A member looks at their seat."""
    who.says(who.home, "/join")
    await moments(parts)


def test_whoever_agrees_during_a_pause_is_told_when_cards_come() -> None:
    """The words name the pause and the first laying after it, and that is when the cards come; not before."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        begun = int(town.clock())
        await town.consults(parts, "a raise")
        for who in town.members[:2]:
            await town.shows(parts, who, town.table("a raise"))
        await _pauses(town, parts, "Pause 1 hour")
        assert "Paused; it goes on in about 60 minutes" in card(town.ada).text
        last = town.members[2]
        await town.shows(parts, last, town.table("a raise"))
        assert "paused and goes on in about 60 minutes" in card(last).text
        found = re.search(r"in about (\d+) minutes at the earliest", card(last).text)
        assert found is not None
        due = begun + 90 * 60
        assert abs(town.clock() + 60 * int(found[1]) - due) <= 60
        await moments(parts, due - 30 - town.clock())
        assert letters(town.table("a raise")) == []
        await moments(parts, 40)
        assert letters(town.table("a raise")) == ["A", "B", "C"]

    lived(town, life)


def test_a_pause_that_ends_before_the_laying_changes_no_words() -> None:
    """Paused in the evening for an hour, laid every six hours: cards come when they would have come."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.consults(parts, "a raise")
        await moments(parts, 5 * 3600)
        await _pauses(town, parts, "Pause 1 hour")
        who = town.members[0]
        await town.shows(parts, who, town.table("a raise"))
        assert "paused" not in card(who).text
        assert "is laid in about 330 minutes" in card(who).text

    lived(town, life)


def test_while_the_bot_is_thrown_out_nothing_is_promised() -> None:
    """Whoever looks hears that the bot is not there; taken back, what stood in the group is said to stand there yet."""
    town = Gathering(members=6)

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "a raise")
        waiting = town.members[3]
        await town.shows(parts, waiting, town.table("a raise"))
        town.ada.kicks(town.group)
        await moments(parts)
        await _looks(parts, waiting)
        assert "taken out of that group" in card(waiting).text
        owner = town.members[0]
        await _looks(parts, owner)
        await taps(parts, owner, SLIP, NOW)
        await moments(parts)
        assert any("can be seen until I am back" in sight.text for sight in owner.home.messages)
        town.ada.brings(town.group)
        await moments(parts, 30)
        assert len(letters(town.table("a raise"))) == 2

    lived(town, life)


def test_a_group_that_never_takes_the_bot_back_ends_its_sitting() -> None:
    """Thrown out for thirty days, or the group deleted: nothing is laid, all are told, and nothing stays open."""
    town = Gathering(members=6)

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "a raise")
        for who in town.members[3:]:
            await town.shows(parts, who, town.table("a raise"))
        town.ada.says(town.ada.home, "/start")
        town.ada.kicks(town.group)
        await moments(parts)
        town.clock.advance(29 * _DAY)
        await moments(parts, 60)
        assert not any("has ended" in sight.text for sight in town.members[0].home.messages)
        town.clock.advance(2 * _DAY)
        await moments(parts, 60)
        with reading(town.house.store) as connection:
            assert sittings_open(connection, (), every=True) == ()
        shown, waited = town.members[0].home.messages[-1].text, town.members[4].home.messages[-1].text
        assert "so it has ended" in shown
        assert "may still be seen" in shown
        assert "shown to nobody" in waited
        assert "so it has ended" not in "".join(s.text for s in town.olga.home.messages)
        assert any("It has ended, and everybody" in sight.text for sight in town.ada.home.messages)
        await leaves(parts, town.members[0])

    lived(town, life)


def test_a_bot_that_comes_back_in_time_goes_on() -> None:
    """Cards that waited while it was away come with the first laying after its return."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.consults(parts, "a raise")
        for who in town.members[:3]:
            await town.shows(parts, who, town.table("a raise"))
        town.ada.kicks(town.group)
        await moments(parts, LAID)
        town.ada.brings(town.group)
        await moments(parts, 60)
        assert letters(town.table("a raise")) == []
        await moments(parts, 2 * LAID)
        assert letters(town.table("a raise")) == ["A", "B", "C"]

    lived(town, life)
