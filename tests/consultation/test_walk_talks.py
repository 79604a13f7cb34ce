"""Talks between advisers and members when there could be two of them, or when one of the two is gone."""

from __future__ import annotations

from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from bot.consultation.keeping import sittings_open, sittings_with
from bot.store.engine import reading, writing
from bot.store.roles import give_role
from tests.consultation.gathering import LAID, Gathering, moments, pressed
from tests.consultation.test_walk_desk import at_desk, taps, with_button
from tests.faults.house import card, settled
from tests.faults.named import lived

NOTE_AGREED = "Note agreement"
TALK, YES = "Talk with the owner", "Yes, let us talk"
HANG_UP, LEAVE_TALK = "End the talk, back to the bot", "End the talk with the adviser"


def _letter(town: Gathering, who: Person, about: str = "a raise") -> str:
    with reading(town.house.store) as connection:
        mine = sittings_with(connection, f"tg:{who.id}")
    seats = (kept.sitting.seat_of(f"tg:{who.id}") for kept in mine if kept.sitting.about == about)
    return next(seat.letter or "" for seat in seats if seat is not None)


def _owner(town: Gathering, letter: str) -> Person:
    return next(who for who in town.members[:3] if _letter(town, who) == letter)


def _talked(town: Gathering) -> list[str]:
    """The cases of all sittings that an adviser talks with at this moment."""
    with reading(town.house.store) as connection:
        cases = [seat for kept in sittings_open(connection, (), every=True) for seat in kept.sitting.cases]
    return [seat.letter or "" for seat in cases if seat.adviser is not None]


async def _to_desk(town: Gathering, parts: Parts, who: Person, about: str) -> None:
    press = await pressed(parts, who, town.table(about), "For advisers")
    who.opens(str((press.answer or {})["url"]))
    await settled(parts)


async def _goes_to(parts: Parts, who: Person, letter: str) -> None:
    """Somebody at their desk opens a case."""
    if "Back to the consultation" in card(who).labels:
        await taps(parts, who, "Back to the consultation")
    label = next(label for label in card(who).labels if label.startswith(f"Case {letter}"))
    await pressed(parts, who, card(who), label)


async def _says(parts: Parts, who: Person, words: str) -> None:
    who.says(who.home, words)
    await moments(parts)


def _heard(who: Person, words: str) -> bool:
    return any(sight.by_bot and words in sight.text for sight in who.home.messages)


def test_an_adviser_talks_with_one_owner_at_a_time() -> None:
    """While a talk is on no other owner is asked, no note swallows its words, and its end is its own."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await at_desk(town, parts)
        one, other = _owner(town, "A"), _owner(town, "B")
        await _goes_to(parts, town.ada, "A")
        await taps(parts, town.ada, TALK)
        await taps(parts, one, YES)
        await _says(parts, town.ada, "/desk")
        await pressed(parts, town.ada, card(town.ada), card(town.ada).labels[0])
        await _goes_to(parts, town.ada, "B")
        await taps(parts, town.ada, TALK)
        assert "First end the talk" in card(town.ada).text
        assert YES not in card(other).labels
        await _says(parts, one, "it is me")
        assert _heard(town.ada, "Case A: it is me")
        await taps(parts, town.ada, HANG_UP)
        assert _talked(town) == []
        assert _heard(one, "the bot answers again")

    lived(town, life)


def test_a_talk_goes_on_beside_another_sitting_that_its_adviser_leads() -> None:
    """Whoever talks in one sitting and looks into another of theirs still hears the owner, and writes no note there."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await at_desk(town, parts)
        await town.consults(parts, "another")
        owner = _owner(town, "A")
        await _goes_to(parts, town.ada, "A")
        await taps(parts, town.ada, TALK)
        await taps(parts, owner, YES)
        await _to_desk(town, parts, town.ada, "another")
        await taps(parts, town.ada, "To the group\u2026", NOTE_AGREED)
        assert "First end the talk" in card(town.ada).text
        await _says(parts, owner, "still here")
        assert _heard(town.ada, "Case A: still here")

    lived(town, life)


def test_a_member_of_two_sittings_talks_in_one_of_them_at_a_time() -> None:
    """The second adviser waits until the first talk is over; nobody's words go to somebody else."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await at_desk(town, parts)
        await town.consults(parts, "another")
        for who in town.members[:3]:
            await town.shows(parts, who, town.table("another"))
        await moments(parts, 2 * LAID)
        with writing(town.house.store) as connection:
            give_role(connection, town.olga.id, "adviser")
        member = town.members[0]
        await _goes_to(parts, town.ada, _letter(town, member))
        await taps(parts, town.ada, TALK)
        await taps(parts, member, YES)
        await _to_desk(town, parts, town.olga, "another")
        await _goes_to(parts, town.olga, _letter(town, member, "another"))
        await taps(parts, town.olga, TALK)
        await taps(parts, member, YES)
        assert "another talk" in member.home.messages[-1].text
        await _says(parts, member, "to the first")
        assert _heard(town.ada, "to the first")
        assert not _heard(town.olga, "to the first")
        await taps(parts, member, LEAVE_TALK, YES)
        await _says(parts, member, "to the second")
        assert _heard(town.olga, "to the second")
        assert not _heard(town.ada, "to the second")

    lived(town, life)


def test_a_member_who_leads_too_goes_on_talking_after_a_note() -> None:
    """Ada's own case is talked about with Olga; a note that Ada writes meanwhile does not end that."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        with writing(town.house.store) as connection:
            give_role(connection, town.olga.id, "adviser")
        await town.consults(parts, "a raise")
        for who in (town.ada, *town.members[:2]):
            await town.shows(parts, who, town.table("a raise"))
        await moments(parts, LAID)
        await _to_desk(town, parts, town.olga, "a raise")
        await _goes_to(parts, town.olga, _letter(town, town.ada))
        await taps(parts, town.olga, TALK)
        await taps(parts, town.ada, YES)
        await _to_desk(town, parts, town.ada, "a raise")
        await _goes_to(parts, town.ada, _letter(town, town.members[0]))
        await taps(parts, town.ada, "Write a note")
        await _says(parts, town.ada, "only for advisers")
        assert not _heard(town.olga, "only for advisers")
        await _says(parts, town.ada, "for Olga")
        assert _heard(town.olga, "for Olga")

    lived(town, life)


def test_a_talk_whose_adviser_deleted_everything_is_over() -> None:
    """The owner is told so at their next words, and another adviser may ask them."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await at_desk(town, parts)
        owner = _owner(town, "A")
        await _goes_to(parts, town.ada, "A")
        await taps(parts, town.ada, TALK)
        await taps(parts, owner, YES)
        await _says(parts, town.ada, "/delete")
        await pressed(parts, town.ada, card(town.ada), card(town.ada).labels[0])
        await _says(parts, owner, "are you there?")
        assert owner.home.messages[-1].text.startswith("The talk with the adviser is over")
        assert _talked(town) == []

    lived(town, life)


def test_a_talk_with_somebody_who_blocked_the_bot_is_over() -> None:
    """Whichever of the two blocks the bot: the other is told as soon as words do not get through."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await at_desk(town, parts)
        first, second = _owner(town, "A"), _owner(town, "B")
        await _goes_to(parts, town.ada, "A")
        await taps(parts, town.ada, TALK)
        await taps(parts, first, YES)
        first.blocks()
        await _says(parts, town.ada, "hello?")
        await taps(parts, town.ada, "Send it to the owner")
        await moments(parts)
        assert town.ada.home.messages[-1].text == "The talk with case A is over."
        assert _talked(town) == []
        await pressed(parts, town.ada, with_button(town.ada, "Case A"), "Case A")
        await _goes_to(parts, town.ada, "B")
        await taps(parts, town.ada, TALK)
        await taps(parts, second, YES)
        town.ada.blocks()
        await _says(parts, second, "are you there?")
        assert second.home.messages[-1].text.startswith("The talk with the adviser is over")
        assert _talked(town) == []

    lived(town, life)


def test_who_loses_one_group_keeps_a_talk_in_another() -> None:
    """Demoted in one group while talking in another: that talk goes on both ways."""
    town = Gathering(members=6)
    deputy = town.members[5]
    second = town.street.group("Second", town.olga, (deputy,))

    async def life(parts: Parts) -> None:
        town.ada.promotes(town.group, deputy)
        town.olga.promotes(second, deputy)
        town.olga.promotes(second)
        await town.three_show(parts, "a raise")
        town.knows(deputy)
        await _to_desk(town, parts, deputy, "a raise")
        deputy.says(second, f"/consult@{town.name} elsewhere")
        await moments(parts)
        owner = _owner(town, "A")
        await _goes_to(parts, deputy, "A")
        await taps(parts, deputy, TALK)
        await taps(parts, owner, YES)
        town.olga.demotes(second, deputy)
        await moments(parts)
        await _says(parts, owner, "still here")
        assert _heard(deputy, "Case A: still here")
        assert _talked(town) == ["A"]

    lived(town, life)
