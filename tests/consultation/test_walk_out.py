"""The bot is out of a group: what advisers and members may do meanwhile, and what is mended once it is back."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from bot.consultation.keeping import sittings_open
from bot.store.engine import reading, writing
from bot.store.erasing import forget_conversation
from bot.store.roles import give_role
from tests.consultation.gathering import LEAVE, LEAVE_NOW, Gathering, letters, moments, pressed
from tests.consultation.guests import NOW, SLIP
from tests.consultation.test_walk_desk import TO_GROUP, taps, with_button
from tests.faults.house import card, settled
from tests.faults.named import lived, open_promises

PAUSE, AGAIN = "Pause 1 hour", "Open it again"


async def _at_desk(town: Gathering, parts: Parts) -> None:
    """Ada, an adviser of the office too, looks at how her sitting with three cards on its table may go on."""
    with writing(town.house.store) as connection:
        give_role(connection, town.ada.id, "adviser")
    await town.three_show(parts, "a raise")
    press = await pressed(parts, town.ada, town.table("a raise"), "For advisers")
    town.ada.opens(str((press.answer or {})["url"]))
    await settled(parts)
    await taps(parts, town.ada, "Pause, end\u2026")


async def _thrown_out(town: Gathering, parts: Parts) -> None:
    town.ada.kicks(town.group)
    await moments(parts)


async def _looks(parts: Parts, who: Person) -> None:
    """A member looks at their seat."""
    who.says(who.home, "/join")
    await moments(parts)


def test_nobody_pauses_or_wakes_a_sitting_whose_group_the_bot_is_out_of() -> None:
    """An hour's pause would end it an hour later, after "thirty days"; one that was woken would never end."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await _at_desk(town, parts)
        await _thrown_out(town, parts)
        await pressed(parts, town.ada, with_button(town.ada, PAUSE), PAUSE)
        desk = with_button(town.ada, "Refresh")
        assert "goes on by itself" not in desk.text
        assert "I am not in that group now" in desk.text
        await taps(parts, town.ada, "Open: a raise")
        await taps(parts, town.ada, "Pause, end\u2026")
        assert not {PAUSE, "Go on"} & set(card(town.ada).labels)
        await moments(parts, 2 * 3600)
        with reading(town.house.store) as connection:
            (kept,) = sittings_open(connection, (), every=True)
        assert kept.sitting.away
        await taps(parts, town.ada, "End the consultation", "Yes, end it")
        assert "no summary reaches it" in card(town.ada).text

    lived(town, life)


def test_a_press_that_comes_too_late_claims_nothing() -> None:
    """Nothing is paused after the end, and nobody is told of a case that is not on the table any more."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await _at_desk(town, parts)
        await taps(parts, town.ada, "Back to the consultation", "Case A")
        for who in town.members[:3]:
            await _looks(parts, who)
            await taps(parts, who, SLIP, NOW)
        await moments(parts)
        await taps(parts, town.ada, "Mark as answered")
        assert "not on the table any more" in card(town.ada).text
        assert "counts as answered" not in card(town.ada).text
        await taps(parts, town.ada, "Pause, end\u2026")
        town.says(town.ada, f"/close@{town.name}")
        await moments(parts)
        await pressed(parts, town.ada, town.group.messages[-1], "Yes, end it")
        await moments(parts)
        await pressed(parts, town.ada, card(town.ada), PAUSE)
        assert "goes on by itself" not in card(town.ada).text
        assert "has ended" in card(town.ada).text

    lived(town, life)


async def _ended(town: Gathering, parts: Parts) -> None:
    await taps(parts, town.ada, "End the consultation", "Yes, end it")
    await moments(parts, 30)


def test_cards_of_a_sitting_that_ended_meanwhile_leave_the_group_once_the_bot_is_back() -> None:
    """Out of the group the bot changes nothing there, and says so; the table follows when it can, and says no more."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await _at_desk(town, parts)
        await _thrown_out(town, parts)
        await taps(parts, town.ada, "Open: a raise", "Pause, end\u2026")
        await _ended(town, parts)
        for who in town.members[:3]:
            told = who.home.messages[-1].text
            assert "went from the group" not in told
            assert "can be seen until I am back" in told
        assert letters(town.table("a raise")) == ["A", "B", "C"]
        said = len(town.group.messages)
        town.ada.brings(town.group)
        await moments(parts, 60)
        assert letters(town.table("a raise")) == []
        assert "line ¥" not in town.table("a raise").text
        assert [sight.text for sight in town.group.messages[said:] if sight.by_bot] == []

    lived(town, life)


def test_nobody_hears_that_a_card_is_gone_from_a_group_that_the_bot_is_out_of() -> None:
    """Taken back at once or left with: what stands in the group stands there until the bot is back."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "a raise")
        await _thrown_out(town, parts)
        for who, ways in zip(town.members, ((SLIP, NOW), (LEAVE, LEAVE_NOW)), strict=False):
            await _looks(parts, who)
            await taps(parts, who, *ways)
            told = "\n".join(sight.text for sight in who.home.messages)
            assert "gone from the group" not in told
            assert "can be seen until I am back" in told

    lived(town, life)


def test_a_sitting_is_opened_again_only_where_the_bot_is() -> None:
    """Ended, then out of the group: it is not opened again before the bot is back, and then its table is bare."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await _at_desk(town, parts)
        await _thrown_out(town, parts)
        await taps(parts, town.ada, "Open: a raise", "Pause, end\u2026")
        await _ended(town, parts)
        await taps(parts, town.ada, AGAIN)
        assert "add me first" in card(town.ada).text
        town.ada.brings(town.group)
        await moments(parts, 30)
        assert "has ended" in town.table("a raise").text
        await taps(parts, town.ada, AGAIN, "Pause, end\u2026", PAUSE)
        await moments(parts, 2 * 3600)
        assert "No cards yet" in town.table("a raise").text

    lived(town, life)


def test_a_bot_that_comes_back_too_late_promises_nothing() -> None:
    """Out for three days, and the sitting's two are over: it ends, and nobody is told that it goes on."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await _at_desk(town, parts)
        await _thrown_out(town, parts)
        town.clock.advance(3 * 86_400)
        said = len(town.ada.home.messages)
        town.ada.brings(town.group)
        await moments(parts, 60)
        told = "\n".join(sight.text for sight in town.ada.home.messages[said:])
        assert "has ended by itself" in told
        assert "goes on" not in told
        assert letters(town.table("a raise")) == []

    lived(town, life)


def test_what_was_deleted_after_the_end_is_not_said_anew() -> None:
    """Whoever runs the group deletes the table and the summary; who leaves later brings neither again."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await _at_desk(town, parts)
        await _ended(town, parts)
        for sight in town.group.messages:
            sight.message.deleted = True
        said = len(town.group.messages)
        owner = town.members[0]
        await _looks(parts, owner)
        await taps(parts, owner, LEAVE)
        await moments(parts, 60)
        assert town.group.messages[said:] == []

    lived(town, life)


def test_nothing_is_said_to_be_in_a_group_that_the_bot_is_out_of() -> None:
    """A draft, a ready reply, a supposition and a vote are refused, with the reason; the draft can go later."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await _at_desk(town, parts)
        await taps(parts, town.ada, "Back to the consultation", TO_GROUP, "Write to group")
        town.ada.says(town.ada.home, "Read the terms first")
        await moments(parts)
        await _thrown_out(town, parts)
        await pressed(parts, town.ada, with_button(town.ada, "Post it"), "Post it")
        await taps(parts, town.ada, "Open: a raise")
        for way in (("Start a vote",), ("Ready replies",), ("What if all did\u2026",)):
            await taps(parts, town.ada, TO_GROUP, *way)
            if "Post it" not in card(town.ada).labels:
                await pressed(parts, town.ada, card(town.ada), card(town.ada).labels[0])
            if "Look first (1 chosen)" in card(town.ada).labels:
                await taps(parts, town.ada, "Look first (1 chosen)")
            await taps(parts, town.ada, "Post it")
            assert "nothing was posted" in card(town.ada).text
        assert not any("in the group now" in sight.text for sight in town.ada.home.messages)

    lived(town, life)


def test_whoever_is_forgotten_while_the_bot_is_out_is_on_no_table_afterwards() -> None:
    """The table is without their card as soon as the bot may change it."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await _at_desk(town, parts)
        await _thrown_out(town, parts)
        with writing(town.house.store) as connection:
            forget_conversation(connection, f"tg:{town.members[0].id}")
        await moments(parts, 10)
        town.ada.brings(town.group)
        await moments(parts, 60)
        assert len(letters(town.table("a raise"))) == 2

    lived(town, life)


@pytest.mark.parametrize(("seconds", "answered"), [(60.0, True), (900.0, False)])
def test_a_word_asked_just_before_is_answered_by_a_bot_that_is_soon_back(
    seconds: float, answered: bool, address: str
) -> None:
    """Taken out and brought in again to give it rights, it answers who asked; later on nobody waits for that."""
    town = Gathering(address=address)

    async def life(parts: Parts) -> None:
        town.ada.says(town.ada.home, "/start")
        await town.consults(parts, "a raise")
        for words in ("/ask@{} does repaying early hurt my line?", "@{} why was my limit cut?"):
            town.says(town.olga, words.format(town.name))
        town.ada.kicks(town.group)
        await asyncio.sleep(seconds)
        said = len(town.group.messages)
        town.ada.brings(town.group)
        await moments(parts, 30)
        new = [sight.wire() for sight in town.group.messages[said:] if sight.by_bot]
        assert {str(one["reply_to_message"]["text"])[:4] for one in new} == ({"/ask", "@lim"} if answered else set())
        assert open_promises(town) == 0

    lived(town, life)
