"""What befalls the bot in a group, on the street: brought in, thrown out, given rights, and advisers demoted."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.admin.chatting import open_office
from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from bot.store.engine import writing
from bot.store.roles import give_role
from tests.consultation.gathering import Gathering, moments, pressed
from tests.consultation.test_walk_desk import again, at_desk, owner_of_a, taps, with_button
from tests.faults.house import card, settled
from tests.faults.named import lived

HELLO = "Hello, I am Limit Guide"


def ours(town: Gathering) -> list[str]:
    """What the bot has said in the group."""
    return [sight.text for sight in town.group.messages if sight.by_bot]


@pytest.mark.parametrize("privacy", [True, False])
def test_it_says_hello_once_and_what_it_cannot_do(*, privacy: bool) -> None:
    """Brought in as a member: what it does, what belongs in no group, what it lacks; after a kick, not once more."""
    town = Gathering(1, privacy=privacy)

    async def life(parts: Parts) -> None:
        await moments(parts)
        (hello,) = ours(town)
        assert HELLO in hello
        assert "/consult" in hello
        assert "remove IDs" in hello
        assert ("see what is not said to me" in hello) == privacy
        town.ada.kicks(town.group)
        await moments(parts)
        town.ada.brings(town.group)
        await moments(parts)
        assert ours(town) == [hello]

    lived(town, life)


def test_the_first_words_stay_true_when_rights_change() -> None:
    """What it said it cannot do is gone from its hello, in place, once it may; and is there again when it may not."""
    town = Gathering(1)

    async def life(parts: Parts) -> None:
        await moments(parts)
        (hello,) = ours(town)
        assert "remove IDs" in hello
        town.ada.promotes(town.group)
        await moments(parts)
        (now,) = ours(town)
        assert HELLO in now
        assert "cannot do" not in now
        town.ada.demotes(town.group)
        await moments(parts)
        assert ours(town) == [hello]

    lived(town, life)


def test_the_first_words_are_true_when_it_comes_back_with_other_rights() -> None:
    """Thrown out as an administrator and brought back as a member: its old hello says what it cannot do now."""
    town = Gathering(1)

    async def life(parts: Parts) -> None:
        await moments(parts)
        (first,) = ours(town)
        town.ada.promotes(town.group)
        await moments(parts)
        assert "cannot do" not in ours(town)[0]
        town.ada.kicks(town.group)
        await moments(parts)
        town.ada.brings(town.group)
        await moments(parts)
        assert ours(town) == [first]

    lived(town, life)


def test_rights_given_while_the_first_words_are_on_their_way_are_told_in_them() -> None:
    """Brought in and promoted while the platform lets nothing through."""
    town = Gathering(1)
    town.street.weather.write("too_many", "sendmessage", seconds=10)

    async def life(parts: Parts) -> None:
        await asyncio.sleep(1)
        assert ours(town) == []
        town.ada.promotes(town.group)
        await moments(parts, 30)
        (now,) = ours(town)
        assert HELLO in now
        assert "cannot do" not in now

    lived(town, life)


def test_first_words_that_were_deleted_are_not_said_again() -> None:
    """Whoever runs the group does not want them there: new rights bring them back no more."""
    town = Gathering(1)

    async def life(parts: Parts) -> None:
        await moments(parts)
        town.group.messages[-1].message.deleted = True
        town.ada.promotes(town.group)
        await moments(parts, 30)
        assert not any(HELLO in sight.text for sight in town.group.messages if not sight.deleted)

    lived(town, life)


def test_an_administrator_lacks_nothing() -> None:
    """Given its rights before it says a word, it does not complain."""
    town = Gathering(1)
    town.ada.kicks(town.group)
    town.ada.brings(town.group)
    town.ada.promotes(town.group)

    async def life(parts: Parts) -> None:
        await moments(parts)
        (hello,) = ours(town)
        assert HELLO in hello
        assert "cannot do" not in hello

    lived(town, life)


def test_changes_of_rights_are_told_to_advisers_alone() -> None:
    """Whoever leads hears in private what the bot may do now, and that it was taken out and is back; the group not."""
    town = Gathering(3)

    async def life(parts: Parts) -> None:
        await at_desk(town, parts)
        said = ours(town)
        town.ada.promotes(town.group, rights=("can_delete_messages",))
        await moments(parts)
        told = town.ada.home.messages[-1].text
        assert "remove numbers posted by mistake, and offers: yes" in told
        town.ada.demotes(town.group)
        await moments(parts)
        assert "offers: no" in town.ada.home.messages[-1].text
        assert ours(town) == said
        town.ada.kicks(town.group)
        await moments(parts)
        assert "was taken out" in town.ada.home.messages[-1].text
        town.ada.brings(town.group)
        await moments(parts)
        assert "I am back" in town.ada.home.messages[-1].text
        assert not any("What I may do" in sight.text for who in town.members for sight in who.home.messages)

    lived(town, life)


async def _leads(town: Gathering, parts: Parts, who: Person) -> None:
    """Somebody comes to the desk of the sitting."""
    press = await pressed(parts, who, town.table("a raise"), "For advisers")
    who.opens(str((press.answer or {})["url"]))
    await settled(parts)


def test_whoever_is_demoted_has_nothing_open_five_seconds_later() -> None:
    """The result and the desk of an adviser who leads no more are closed, though they press nothing; a talk ends."""
    town = Gathering(3)
    ben = town.person("ben", "en")
    ben.joins(town.group)
    town.ada.promotes(town.group)
    town.ada.promotes(town.group, ben)

    async def life(parts: Parts) -> None:
        await at_desk(town, parts)
        await _leads(town, parts, ben)
        owner = await owner_of_a(town, parts)
        await taps(parts, owner, "Let advisers see my whole result", "I agree")
        await taps(parts, ben, "Refresh", "Case A \u00b7 whole result", "The whole result")
        view = with_button(ben, "Close")
        assert "30,000" in view.text
        await taps(parts, ben, "Talk with the owner")
        await taps(parts, owner, "Yes, let us talk")
        await _leads(town, parts, ben)
        desk = card(ben)
        assert "You lead" in desk.text
        town.ada.demotes(town.group, ben)
        await moments(parts, 5.0)
        assert "30,000" not in (again(ben.home, view) or view).text
        assert "do not lead" in (again(ben.home, desk) or desk).text
        assert "bot answers again" in owner.home.messages[-1].text

    lived(town, life)


def test_an_adviser_of_the_office_loses_nothing_by_it() -> None:
    """Who leads by an office of ours keeps the desk, whatever the group makes of them."""
    town = Gathering(3)
    ben = town.person("ben", "en")
    ben.joins(town.group)
    town.ada.promotes(town.group)
    town.ada.promotes(town.group, ben)

    async def life(parts: Parts) -> None:
        with writing(town.house.store) as connection:
            give_role(connection, ben.id, "adviser")
        await at_desk(town, parts)
        await _leads(town, parts, ben)
        town.ada.demotes(town.group, ben)
        await moments(parts)
        assert "You lead" in card(ben).text

    lived(town, life)


@pytest.mark.parametrize("line", ["revoke {}", "grant {} editor"])
def test_who_loses_an_office_has_nothing_open_five_seconds_later(line: str, tmp_path: Path) -> None:
    """The result and the desk of whoever led by an office alone are closed once it is taken; a talk of theirs ends."""
    town = Gathering(3)
    ben, chief = town.person("ben", "en"), town.person("chief", "en")
    ben.joins(town.group)
    open_office(town.house.store, town.settings.model_copy(update={"owner_ids": str(chief.id), "data_dir": tmp_path}))

    async def life(parts: Parts) -> None:
        with writing(town.house.store) as connection:
            give_role(connection, ben.id, "adviser")
        await at_desk(town, parts)
        await _leads(town, parts, ben)
        owner = await owner_of_a(town, parts)
        await taps(parts, owner, "Let advisers see my whole result", "I agree")
        await taps(parts, ben, "Refresh", "Case A \u00b7 whole result", "The whole result")
        view = with_button(ben, "Close")
        await taps(parts, ben, "Talk with the owner")
        await taps(parts, owner, "Yes, let us talk")
        await _leads(town, parts, ben)
        desk = card(ben)
        chief.says(chief.home, f"/admin {line.format(ben.id)}")
        await settled(parts)
        await pressed(parts, chief, card(chief), "Yes, do it")
        await moments(parts, 5.0)
        assert "30,000" not in (again(ben.home, view) or view).text
        assert "do not lead" in (again(ben.home, desk) or desk).text
        assert "bot answers again" in owner.home.messages[-1].text
        assert "You lead" in card(town.ada).text

    lived(town, life)
