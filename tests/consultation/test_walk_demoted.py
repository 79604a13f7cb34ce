"""Advisers who stop leading while something lies open at their desk: typing, drafts, notes, a supposition, a vote."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.admin.chatting import open_office
from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from bot.channels.telegram.standings import asked_again
from bot.consultation.keeping import sittings_of
from bot.consultation.sitting import Sitting
from bot.store.engine import reading, writing
from bot.store.falling_due import tell_of_office
from bot.store.roles import give_role, take_role
from tests.consultation.gathering import Gathering, moments, pressed
from tests.consultation.test_walk_desk import OPEN, TO_GROUP, again, owner_of_a, taps, with_button
from tests.faults.house import card, settled
from tests.faults.named import calls, lived

NOTE_AGREED = "Note agreement"


def _sitting(town: Gathering) -> Sitting:
    with reading(town.house.store) as connection:
        (kept,) = sittings_of(connection, f"tg:{town.group.id}")
    return kept.sitting


async def _deputy_at_desk(town: Gathering, parts: Parts) -> Person:
    """An administrator who is no adviser of the office sits at the desk of a sitting with three cards."""
    deputy = town.members[3]
    town.ada.promotes(town.group, deputy)
    await town.three_show(parts, "a raise")
    town.knows(deputy)
    press = await pressed(parts, deputy, town.table("a raise"), "For advisers")
    deputy.opens(str((press.answer or {})["url"]))
    await settled(parts)
    return deputy


@pytest.mark.parametrize(
    ("ways", "words"),
    [
        ((TO_GROUP, NOTE_AGREED), "All of you owe me thanks"),
        ((TO_GROUP, "Write to group"), "The line of one of you is 30,000"),
        (("Case A", "Write a note"), "I want to read the notes"),
    ],
)
def test_what_somebody_types_who_leads_no_more_goes_nowhere(ways: tuple[str, ...], words: str) -> None:
    """The platform told the bot nothing of the demotion; it is asked before anything typed counts or is judged."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        deputy = await _deputy_at_desk(town, parts)
        await taps(parts, deputy, *ways)
        town.ada.demotes(town.group, deputy)
        await moments(parts, 60)
        deputy.says(deputy.home, words)
        await moments(parts)
        assert "do not lead" in deputy.home.messages[-1].text
        assert _sitting(town).brought.decided == ()

    lived(town, life)


def test_what_an_administrator_types_while_they_lead_counts_at_once() -> None:
    """Nobody of the office, but in charge of the group: what was agreed stands after one message."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        deputy = await _deputy_at_desk(town, parts)
        await taps(parts, deputy, TO_GROUP, NOTE_AGREED)
        deputy.says(deputy.home, "Everybody reads the terms first")
        await moments(parts)
        assert _sitting(town).brought.decided == ("Everybody reads the terms first",)

    lived(town, life)


def test_a_preview_of_somebody_who_leads_no_more_is_not_posted() -> None:
    """A supposition and a vote lie ready to be posted; after the demotion neither reaches the group."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        deputy = await _deputy_at_desk(town, parts)
        for way in (("Start a vote",), ("What if all did\u2026",)):
            town.ada.promotes(town.group, deputy)
            await moments(parts)
            deputy.says(deputy.home, "/desk")
            await moments(parts)
            await taps(parts, deputy, TO_GROUP, *way)
            if "Look first" not in str(card(deputy).labels) and "Post it" not in card(deputy).labels:
                await pressed(parts, deputy, card(deputy), card(deputy).labels[0])
                await taps(parts, deputy, "Look first (1 chosen)")
            town.ada.demotes(town.group, deputy)
            await moments(parts, 60)
            seen = len(town.group.messages)
            await taps(parts, deputy, "Post it")
            await moments(parts)
            assert len(town.group.messages) == seen
            assert "do not lead" in card(deputy).text

    lived(town, life)


def test_whoever_is_demoted_is_told_without_a_tap() -> None:
    """Where the bot hears of it, they hear of it too, whatever they look at; who never spoke with it is left alone."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        town.ada.promotes(town.group)
        deputy = await _deputy_at_desk(town, parts)
        deputy.says(deputy.home, "/help")
        await moments(parts)
        silent = town.olga
        town.ada.promotes(town.group, silent)
        await moments(parts)
        town.says(silent, f"/consult@{town.name} of somebody silent")
        await moments(parts)
        for who in (deputy, silent):
            town.ada.demotes(town.group, who)
        await moments(parts)
        assert "a raise" in deputy.home.messages[-1].text
        assert "no longer lead" in deputy.home.messages[-1].text
        assert silent.home.messages == []

    lived(town, life)


def test_an_adviser_who_loses_the_office_is_told_without_a_tap() -> None:
    """The office takes a role back; what they led in others' groups is over for them, and they are told which."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        with writing(town.house.store) as connection:
            give_role(connection, town.olga.id, "adviser")
        await town.three_show(parts, "a raise")
        press = await pressed(parts, town.olga, town.table("a raise"), "For advisers")
        town.olga.opens(str((press.answer or {})["url"]))
        await moments(parts)
        town.olga.says(town.olga.home, "/help")
        await moments(parts)
        with writing(town.house.store) as connection:
            take_role(connection, town.olga.id)
            tell_of_office(connection, town.olga.id, town.now())
        await moments(parts)
        assert "no longer lead" in town.olga.home.messages[-1].text

    lived(town, life)


@pytest.mark.parametrize("lines", [("grant {} editor",), ("grant {} auditor", "revoke {}")])
def test_an_office_that_leads_nothing_ends_nothing(lines: tuple[str, ...], tmp_path: Path) -> None:
    """An administrator of the group becomes an editor, or is an auditor no more: they lead there as before."""
    town = Gathering()
    chief = town.person("chief", "en")
    open_office(town.house.store, town.settings.model_copy(update={"owner_ids": str(chief.id), "data_dir": tmp_path}))

    async def life(parts: Parts) -> None:
        deputy = await _deputy_at_desk(town, parts)
        await taps(parts, deputy, TO_GROUP, NOTE_AGREED)
        for line in lines:
            chief.says(chief.home, f"/admin {line.format(deputy.id)}")
            await settled(parts)
            await pressed(parts, chief, card(chief), "Yes, do it")
            await moments(parts)
        assert not any("office as an adviser" in sight.text for sight in deputy.home.messages)
        deputy.says(deputy.home, "Everybody reads the terms first")
        await moments(parts)
        assert _sitting(town).brought.decided == ("Everybody reads the terms first",)

    lived(town, life)


async def _sees_a(town: Gathering, parts: Parts) -> tuple[Person, Person]:
    """The deputy looks at the whole result of case A, whose owner agreed to that, and talks with them."""
    deputy = await _deputy_at_desk(town, parts)
    owner = await owner_of_a(town, parts)
    await taps(parts, owner, OPEN, "I agree")
    await taps(parts, deputy, "Case A", "The whole result", "Talk with the owner")
    await taps(parts, owner, "Yes, let us talk")
    return deputy, owner


def test_a_result_closes_by_itself_where_the_platform_tells_nothing() -> None:
    """The bot is no administrator and hears of no demotion: it asks again and again while something lies open."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        deputy, owner = await _sees_a(town, parts)
        view = with_button(deputy, "Close")
        async with asked_again(parts.door.standings):
            await moments(parts, 60)
            assert "30,000" in view.text
            town.ada.demotes(town.group, deputy)
            await moments(parts, 20)
        assert "is closed" in (again(deputy.home, view) or view).text
        assert any("not an admin of the group any more" in sight.text for sight in deputy.home.messages)
        assert any("talk with the adviser is over" in sight.text for sight in owner.home.messages)
        told = len(deputy.home.messages)
        owner.says(owner.home, "may I ask something?")
        await moments(parts)
        assert len(deputy.home.messages) == told

    lived(town, life)


def test_nothing_closes_while_the_platform_is_silent_or_the_office_holds() -> None:
    """Silence is not a no; and whoever is an adviser of the office need not be asked about."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        deputy, _ = await _sees_a(town, parts)
        view = with_button(deputy, "Close")
        async with asked_again(parts.door.standings):
            for _ in range(3):
                town.street.weather.write("bad_gateway", "getChatMember")
                await moments(parts, 16)
            assert "30,000" in view.text
            with writing(town.house.store) as connection:
                give_role(connection, deputy.id, "adviser")
            town.ada.demotes(town.group, deputy)
            await moments(parts, 20)
            town.street.diary = []
            await moments(parts, 60)
        assert not any(call.method == "getchatmember" for call in calls(town))
        assert "30,000" in view.text

    lived(town, life)
