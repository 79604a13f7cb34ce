"""A sitting that nobody leads any more: it ends by itself, and everybody in it hears why."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.channels.telegram.joining import Parts
from bot.consultation.keeping import forget_past, sittings_open
from bot.store.engine import reading, writing
from bot.store.tables import SITTINGS
from tests.consultation.gathering import Gathering, moments, pressed
from tests.consultation.test_walk_desk import taps
from tests.faults.house import card, settled
from tests.faults.named import lived

_DAY = 86_400.0
AGAIN = "Open it again"


def _open(town: Gathering) -> int:
    with reading(town.house.store) as connection:
        return len(sittings_open(connection, (), every=True))


async def _days(town: Gathering, parts: Parts, many: float) -> None:
    town.clock.advance(many * _DAY)
    await moments(parts, 60)


async def _leads(town: Gathering, parts: Parts) -> None:
    """Ada comes from the table to her screen of the sitting."""
    press = await pressed(parts, town.ada, town.table("a raise"), "For advisers")
    town.ada.opens(str((press.answer or {})["url"]))
    await settled(parts)


def test_a_sitting_that_nobody_leads_ends_by_itself() -> None:
    """Two weeks after whoever leads was there last; members hear why, with what becomes of their card."""
    town = Gathering(members=5)

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "a raise")
        await town.shows(parts, town.members[3], town.table("a raise"))
        await _leads(town, parts)
        seen = len(town.group.messages)
        await _days(town, parts, 13)
        assert _open(town) == 1
        await _days(town, parts, 1.5)
        assert _open(town) == 0
        assert "This consultation has ended" in town.table("a raise").text
        (summary,) = [sight for sight in town.group.messages[seen:] if sight.by_bot]
        assert summary.text.startswith("Summary: a raise")
        assert "nobody led it for 14 days" in summary.text
        shown, waited = town.members[0].home.messages[-1].text, town.members[3].home.messages[-1].text
        assert 'Nobody has led the consultation "a raise" for 14 days' in shown
        assert "stays in the summary" in shown
        assert "shown to nobody" in waited
        assert town.members[4].home.messages == []
        told = town.ada.home.messages[-1]
        assert "Nobody has led" in told.text
        await pressed(parts, town.ada, told, told.labels[0])
        await taps(parts, town.ada, AGAIN)
        await moments(parts, 60)
        assert "Under way" in town.table("a raise").text
        await _days(town, parts, 13)
        assert _open(town) == 1

    lived(town, life)


@pytest.mark.parametrize("way", ["table", "desk", "pause"])
def test_whoever_leads_keeps_it_open(way: str) -> None:
    """Anybody who leads and looks in after ten days; the two weeks begin anew."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "a raise")
        await _leads(town, parts)
        await _days(town, parts, 10)
        if way == "table":
            await _leads(town, parts)
        elif way == "desk":
            town.ada.says(town.ada.home, "/desk")
            await moments(parts)
        else:
            await taps(parts, town.ada, "Pause, end\u2026", "Pause 24 hours")
        await _days(town, parts, 10)
        assert _open(town) == 1
        await _days(town, parts, 5)
        assert _open(town) == 0

    lived(town, life)


def test_a_bot_that_was_away_gives_those_who_lead_their_time() -> None:
    """Out of the group nobody could lead; back after three weeks the sitting goes on, and ends two weeks later."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "a raise")
        town.ada.kicks(town.group)
        await moments(parts)
        await _days(town, parts, 21)
        town.ada.brings(town.group)
        await moments(parts, 60)
        await _days(town, parts, 13)
        assert "Under way" in town.table("a raise").text
        await _days(town, parts, 2)
        assert "has ended" in town.table("a raise").text

    lived(town, life)


def test_a_sitting_from_before_this_was_so_gets_its_time() -> None:
    """Kept by an older version, which noted no moment for it: two weeks from now on, then it ends like any other."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.consults(parts, "a raise")
        with writing(town.house.store) as connection:
            connection.execute(update(SITTINGS).values(wakes_at=None))
        await _days(town, parts, 20)
        assert _open(town) == 1
        with writing(town.house.store) as connection:
            forget_past(connection, town.now())
        await _days(town, parts, 13)
        assert _open(town) == 1
        await _days(town, parts, 2)
        assert _open(town) == 0

    lived(town, life)


def test_the_end_is_told_in_the_language_of_whoever_reads_it() -> None:
    """A Chinese member reads Chinese words."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.consults(parts, "a raise")
        who = town.members[0]
        town.knows(who, language="zh")
        await town.comes_in(parts, who, town.table("a raise"))
        await _days(town, parts, 15)
        assert "14 天没有人主持" in who.home.messages[-1].text
        assert card(who).labels

    lived(town, life)
