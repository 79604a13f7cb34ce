"""A member at the screen of their seat: what is said there once they have decided, and how they come back to it."""

from __future__ import annotations

import pytest

from bot.channels.telegram.joining import Parts
from tests.consultation.gathering import LEAVE, SHOW, Gathering, moments
from tests.consultation.guests import NOW, SLIP, TAKE_BACK, TO_TABLE
from tests.consultation.test_walk_desk import taps
from tests.faults.house import card
from tests.faults.named import lived

NEVER = "Never show one"


def test_whoever_decides_to_show_nothing_is_not_asked_again() -> None:
    """The same preview with the same button would ask what was just answered; one tap brings it back."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.consults(parts, "a raise")
        who = town.members[0]
        town.knows(who)
        await town.comes_in(parts, who, town.table("a raise"))
        await taps(parts, who, NEVER)
        assert "the group sees no card of yours" in card(who).text
        assert "this line alone appears there" not in card(who).text
        assert SHOW not in card(who).labels
        assert LEAVE in card(who).labels
        await taps(parts, who, TO_TABLE)
        assert "this line alone appears there" in card(who).text
        await taps(parts, who, SHOW)
        assert "You agreed to show the group" in card(who).text
        await taps(parts, who, TAKE_BACK)
        assert SHOW not in card(who).labels
        who.says(who.home, "/join")
        await moments(parts)
        assert SHOW in card(who).labels

    lived(town, life)


def test_whoever_takes_a_card_back_at_once_is_not_asked_to_show_it_again() -> None:
    """What was just taken from the table is not offered anew beneath the words that say so."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "a raise")
        who = town.members[0]
        await taps(parts, who, "Look or change", SLIP, NOW)
        assert "gone from the group" in card(who).text
        assert SHOW not in card(who).labels
        assert TO_TABLE in card(who).labels

    lived(town, life)


def test_a_cry_for_help_is_never_put_under_a_case() -> None:
    """Asked about case A, it is answered with the numbers that help, and nobody reads whose card it may be."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "a raise")
        town.says(town.members[0], f"/ask@{town.name} A I want to die")
        await moments(parts)
        said = town.group.messages[-1].text
        assert "12356" in said
        assert "case A" not in said
        town.says(town.members[0], f"/ask@{town.name} A why was it lowered")
        await moments(parts)
        assert any(sight.text.startswith("About case A") for sight in town.group.messages)

    lived(town, life)


@pytest.mark.parametrize(("language", "most"), [("zh-hans", 270), ("en", 900)])
def test_whoever_comes_from_a_group_reads_no_more_than_a_phone_shows(language: str, most: int) -> None:
    """Who we are not, what is kept and for how long: all of it is said, in fewer words than to whoever comes alone."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.consults(parts, "a raise")
        alone, who = town.members[:2]
        for one in (alone, who):
            one.user.language = language
        alone.says(alone.home, "/start")
        await town.comes_in(parts, who, town.table("a raise"))
        await moments(parts)
        told = card(who).text
        assert len(told) <= most
        assert card(alone).text.endswith(told.split("\n\n")[-1])
        for word in {"zh-hans": ("不放款", "不是中介", "支付宝"), "en": ("not a lender", "not an agent", "Alipay")}[
            language
        ]:
            assert word in told

    lived(town, life)


def test_whoever_did_not_agree_is_led_to_the_words_and_not_to_answers() -> None:
    """They have no answers to go back to; one tap leads to where they can agree after all."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.consults(parts, "a raise")
        who = town.members[0]
        await town.comes_in(parts, who, town.table("a raise"))
        await taps(parts, who, "No, just questions")
        who.says(who.home, "/join")
        await moments(parts)
        assert "Back to my answers" not in card(who).labels
        await taps(parts, who, "Read and decide")
        await taps(parts, who, "I agree, start")
        assert "I am 18 or older" in card(who).labels

    lived(town, life)
