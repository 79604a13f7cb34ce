"""How whoever leads comes to a sitting from their private chat, and what they read where the bot cannot tell."""

from __future__ import annotations

import pytest

from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from bot.store.engine import writing
from bot.store.roles import give_role
from tests.consultation.gathering import Gathering, moments, pressed
from tests.consultation.test_walk_desk import TO_GROUP, taps, with_button
from tests.faults.house import card, settled
from tests.faults.named import lived


async def _at_desk(town: Gathering, parts: Parts, who: Person) -> None:
    """Somebody comes from the table to the screen of its sitting."""
    press = await pressed(parts, who, town.table("a raise"), "For advisers")
    who.opens(str((press.answer or {})["url"]))
    await settled(parts)


async def _asks(parts: Parts, who: Person, words: str = "/desk") -> None:
    who.says(who.home, words)
    await moments(parts)


def test_the_only_sitting_opens_at_once() -> None:
    """A list of one is one tap too many, for an administrator of the group as for an adviser of the office."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "a raise")
        await _at_desk(town, parts, town.ada)
        with writing(town.house.store) as connection:
            give_role(connection, town.olga.id, "adviser")
        for who in (town.ada, town.olga):
            await _asks(parts, who)
            assert "You lead: a raise" in card(who).text
            assert TO_GROUP in card(who).labels
        await taps(parts, town.ada, "Pause, end\u2026", "All consultations")
        assert "a raise (3 cases)" in card(town.ada).labels
        await town.consults(parts, "a second one")
        await _asks(parts, town.ada)
        assert {"a raise (3 cases)", "a second one (0 cases)"} <= set(card(town.ada).labels)

    lived(town, life)


def test_the_only_sitting_does_not_open_for_whoever_leads_it_no_more() -> None:
    """Asked at this moment, the platform says that they are no administrator; nothing of its cases shows."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        deputy = town.members[3]
        town.ada.promotes(town.group, deputy)
        await town.three_show(parts, "a raise")
        await _at_desk(town, parts, deputy)
        town.ada.demotes(town.group, deputy)
        await moments(parts)
        await _asks(parts, deputy)
        assert "A person" not in card(deputy).text
        assert TO_GROUP not in card(deputy).labels

    lived(town, life)


@pytest.mark.parametrize("way", ["Open: a raise", TO_GROUP, "Pause, end\u2026", "/desk"])
def test_an_administrator_is_told_that_nobody_can_be_asked_who_leads(way: str) -> None:
    """The bot is out of the group and cannot ask: that is said, and not that they should tap "Take part" there."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "a raise")
        await _at_desk(town, parts, town.ada)
        town.ada.kicks(town.group)
        await moments(parts)
        if way == "/desk":
            await _asks(parts, town.ada)
            await pressed(parts, town.ada, card(town.ada), card(town.ada).labels[0])
        else:
            await pressed(parts, town.ada, with_button(town.ada, way), way)
        told = "\n".join(sight.text for sight in town.ada.home.messages)
        assert "cannot ask whether you lead" in told
        assert "Take part" not in told
        assert "do not lead" not in told

    lived(town, life)


def test_words_typed_below_a_draft_are_the_draft_anew() -> None:
    """Whoever sees a preview and types it better need not press first; once something else is looked at, they do."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "a raise")
        await _at_desk(town, parts, town.ada)
        await taps(parts, town.ada, TO_GROUP, "Write to group")
        for words in ("Read the terms", "Read the terms before you sign"):
            town.ada.says(town.ada.home, words)
            await moments(parts)
            assert f"Adviser: {words}" in card(town.ada).text
        await taps(parts, town.ada, "Post it")
        await moments(parts)
        assert town.group.messages[-1].text == "Adviser: Read the terms before you sign"
        town.ada.says(town.ada.home, "does repaying early hurt my line?")
        await moments(parts)
        assert "Adviser:" not in town.ada.home.messages[-1].text

    lived(town, life)


def test_a_case_is_asked_for_by_its_letter() -> None:
    """The command alone names none: it is said how to name one, and not that a case is gone."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "a raise")
        town.says(town.olga, f"/case@{town.name}")
        await moments(parts)
        assert "/case A" in town.group.messages[-1].text
        town.says(town.olga, f"/case@{town.name} Z")
        await moments(parts)
        assert "not on the table" in town.group.messages[-1].text

    lived(town, life)
