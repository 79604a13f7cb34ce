"""Topics of a forum on the street: closed, opened again or deleted while a sitting is under way in them."""

from __future__ import annotations

import pytest

from bot.channels.telegram.joining import Parts
from tests.consultation.gathering import Gathering, moments, pressed
from tests.consultation.test_walk_desk import taps
from tests.faults.house import card, settled
from tests.faults.named import lived


async def leads(town: Gathering, parts: Parts, topic: int) -> None:
    """A sitting is under way in a topic, and Ada sits at its desk."""
    await town.consults(parts, "a raise", topic=topic)
    press = await pressed(parts, town.ada, town.table("a raise"), "For advisers")
    town.ada.opens(str((press.answer or {})["url"]))
    await settled(parts)


def thread(town: Gathering) -> int | None:
    """The topic in which the table lies; None for the general one."""
    return town.table("a raise").wire().get("message_thread_id")


def test_a_closed_topic_waits_and_its_adviser_knows() -> None:
    """Closed: told in private, and nothing is lost by posting; opened again, it goes on in its place."""
    town = Gathering(3, forum=True)

    async def life(parts: Parts) -> None:
        topic = town.ada.opens_topic(town.group, "one")
        await leads(town, parts, topic)
        table, said = town.table("a raise").id, len(town.group.messages)
        town.ada.closes_topic(town.group, topic)
        await moments(parts)
        assert "was closed" in town.ada.home.messages[-1].text
        await taps(parts, town.ada, "Open: a raise", "To the group\u2026", "Ready replies")
        await taps(parts, town.ada, card(town.ada).labels[0], "Post it")
        assert "nothing was" in card(town.ada).text
        assert len(town.group.messages) == said + 1
        town.ada.reopens_topic(town.group, topic)
        await moments(parts)
        assert "open again" in town.ada.home.messages[-1].text
        assert (town.table("a raise").id, thread(town)) == (table, topic)
        await taps(parts, town.ada, "Open: a raise", "To the group\u2026", "Ready replies")
        await taps(parts, town.ada, card(town.ada).labels[0], "Post it")
        assert town.group.messages[-1].wire()["message_thread_id"] == topic

    lived(town, life)


def test_an_adviser_goes_on_in_general() -> None:
    """From a closed topic a sitting moves when its adviser says so: its table lies in the general topic, once."""
    town = Gathering(3, forum=True)

    async def life(parts: Parts) -> None:
        topic = town.ada.opens_topic(town.group, "one")
        await leads(town, parts, topic)
        town.ada.closes_topic(town.group, topic)
        await moments(parts)
        await taps(parts, town.ada, "Open: a raise", "Go on in General")
        await moments(parts)
        assert thread(town) is None
        tables = [one for one in town.group.messages if one.by_bot and "Consultation: a raise" in one.text]
        assert len(tables) == 1
        await town.comes_in(parts, town.members[0], tables[0])
        assert town.members[0].home.messages

    lived(town, life)


@pytest.mark.parametrize("told", [True, False])
def test_a_deleted_topic_loses_nothing(*, told: bool) -> None:
    """The platform tells nobody: the next thing said there finds out, is said in General, and the table follows."""
    town = Gathering(3, forum=True)

    async def life(parts: Parts) -> None:
        topic = town.ada.opens_topic(town.group, "one")
        await leads(town, parts, topic)
        if told:
            town.ada.closes_topic(town.group, topic)
            await moments(parts)
        town.ada.deletes_topic(town.group, topic)
        if told:
            await taps(parts, town.ada, "Open: a raise", "Go on in General")
        else:
            await taps(parts, town.ada, "To the group\u2026", "Ready replies")
            await taps(parts, town.ada, card(town.ada).labels[0], "Post it")
        await moments(parts, 6.0)
        assert thread(town) is None
        assert told or any("was deleted" in sight.text for sight in town.ada.home.messages)
        assert told or any("Sources" in one.text for one in town.group.messages)

    lived(town, life)


def test_a_topic_that_refuses_is_remembered() -> None:
    """Where nobody told of the closing, the refusal itself does: no message is tried again and again."""
    town = Gathering(3, forum=True)

    async def life(parts: Parts) -> None:
        topic = town.ada.opens_topic(town.group, "one")
        await leads(town, parts, topic)
        town.group.chat.topics[topic].closed = True
        await taps(parts, town.ada, "To the group\u2026", "Ready replies")
        await taps(parts, town.ada, card(town.ada).labels[0], "Post it")
        await moments(parts, 3.0)
        assert "was closed" in town.ada.home.messages[-1].text
        calls = town.street.weather.calls
        await moments(parts, 20.0)
        assert town.street.weather.calls - calls < 5

    lived(town, life)
