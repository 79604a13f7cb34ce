"""Cards in Telegram: edited in place when pressed, sent anew when typed to, and nothing else is ever written over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from tests.faults.house import Neighbourhood, card, settled
from tests.faults.virtual import live


def _lived(town: Neighbourhood, life: Callable[[Parts], Awaitable[None]]) -> None:
    async def go() -> None:
        async with town.awake() as parts:
            await life(parts)

    live(town.clock, go())


async def _pressing(who: Person, parts: Parts, *labels: str) -> None:
    """Press these buttons in turn, each on the newest message with buttons."""
    for label in labels:
        who.presses(card(who), label)
        await settled(parts)


async def _at_the_menu(who: Person, parts: Parts) -> None:
    """Start, agree, and be of age."""
    who.starts()
    await settled(parts)
    await _pressing(who, parts, "同意，开始")
    await _pressing(who, parts, card(who).rows[0][0])


def test_a_press_edits_the_card_and_words_bring_a_new_one_below() -> None:
    """Pressing leaves one message; typing adds one and takes the buttons off the one above."""
    town = Neighbourhood()
    alice = town.person("alice")

    async def life(parts: Parts) -> None:
        alice.starts()
        await settled(parts)
        first = card(alice).id
        await _pressing(alice, parts, "同意，开始")
        await _pressing(alice, parts, card(alice).rows[0][0])
        await _pressing(alice, parts, card(alice).rows[0][0], "个人")
        assert [sight.id for sight in alice.home.messages if sight.by_bot] == [first]
        said = alice.says(alice.home, "3万5")
        await settled(parts)
        assert card(alice).id > said.id
        assert not alice.home.message(first).rows

    _lived(town, life)


def test_a_result_stays_when_its_buttons_are_pressed() -> None:
    """What was found out is not written over by the next question."""
    town = Neighbourhood()
    alice = town.person("alice")

    async def life(parts: Parts) -> None:
        await _at_the_menu(alice, parts)
        await _pressing(alice, parts, card(alice).rows[1][0], "个人")
        for _ in range(12):
            if "重新回答" in str(card(alice).rows):
                break
            await _pressing(alice, parts, card(alice).rows[0][0])
        found = card(alice)
        words = found.text
        assert "可能的原因" in words
        await _pressing(alice, parts, "重新回答")
        assert alice.home.message(found.id).text == words
        assert card(alice).id > found.id

    _lived(town, life)


def test_the_menu_of_a_double_tap_goes_one_step() -> None:
    """Back, pressed twice on the same card, goes back once."""
    town = Neighbourhood()
    alice = town.person("alice")

    async def life(parts: Parts) -> None:
        await _at_the_menu(alice, parts)
        await _pressing(alice, parts, card(alice).rows[0][0], "个人")
        for _ in range(2):
            await _pressing(alice, parts, card(alice).rows[0][0])
        before = town.conversation(alice)
        here = card(alice)
        alice.presses(here, "返回")
        alice.presses(here, "返回")
        await settled(parts)
        assert town.conversation(alice).focus == list(before.answers)[-1]

    _lived(town, life)
