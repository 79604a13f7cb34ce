"""The table is laid on the street: nothing moves between its moments, and a moment that changes nothing is not seen."""

from __future__ import annotations

from bot.channels.telegram.joining import Parts
from tests.consultation.gathering import LAID, LEAVE, LEAVE_NOW, SHOW, Gathering, letters, moments, pressed
from tests.consultation.guests import NOW, SLIP, TAKE_BACK
from tests.faults.house import card, settled
from tests.faults.named import calls, lived

_MINUTE = 60.0


def _stirrings(town: Gathering) -> int:
    """How often anything was sent, changed or removed in the group."""
    return sum(call.chat == town.group.id for call in calls(town))


def test_nothing_moves_between_layings() -> None:
    """Two agree, a third later: the group sees one change, at its moment; their talks tell them when and as what."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.consults(parts, "calm")
        for who in town.members[:2]:
            await town.shows(parts, who, town.table("calm"))
        town.street.diary = []
        await moments(parts, LAID)
        await town.shows(parts, town.members[2], town.table("calm"))
        assert "laid in about 20 minutes" in card(town.members[2]).text
        await moments(parts, 15 * _MINUTE)
        assert (_stirrings(town), letters(town.table("calm"))) == (0, [])
        await moments(parts, 5 * _MINUTE)
        assert (_stirrings(town), letters(town.table("calm"))) == (1, ["A", "B", "C"])
        assert all("Your card is case" in card(who).text for who in town.members[:3])

    lived(town, life)


def test_a_card_slips_away_unseen() -> None:
    """It leaves with the next laying, together with whatever else changes; who stays after all, stays."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "slip")
        for who in town.members[:2]:
            await pressed(parts, who, card(who), "Look or change")
            await pressed(parts, who, card(who), SLIP)
            assert "leaves when the table is next laid" in card(who).text
        await pressed(parts, town.members[1], card(town.members[1]), "Leave it there after all")
        town.street.diary = []
        await moments(parts, 15 * _MINUTE)
        assert (_stirrings(town), len(letters(town.table("slip")))) == (0, 3)
        await moments(parts, 5 * _MINUTE)
        assert (_stirrings(town), len(letters(town.table("slip")))) == (1, 2)
        assert "the group sees no card of yours" in card(town.members[0]).text
        await pressed(parts, town.members[0], card(town.members[0]), "Look or change")
        assert SHOW in card(town.members[0]).labels

    lived(town, life)


def test_the_quiet_way_comes_first_and_the_quick_one_is_told_to_keep_silent() -> None:
    """A card on the table slips away; it goes at once by a second press, whose words say what that may tell."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "quick")
        who = town.members[0]
        await pressed(parts, who, card(who), "Look or change")
        assert NOW not in card(who).labels
        await pressed(parts, who, card(who), SLIP)
        await pressed(parts, who, card(who), NOW)
        await moments(parts)
        assert "say nothing there for some minutes" in card(who).text
        assert len(letters(town.table("quick"))) == 2

    lived(town, life)


def test_an_older_button_takes_a_card_back_no_faster_than_it_said() -> None:
    """What was offered while the card waited, and would change nothing in the group, is pressed once it lies there."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.consults(parts, "older")
        for who in town.members[:3]:
            await town.shows(parts, who, town.table("older"))
        who = town.members[0]
        agreed = card(who)
        assert TAKE_BACK in agreed.labels
        await moments(parts, LAID)
        await pressed(parts, who, agreed, TAKE_BACK)
        await moments(parts)
        assert len(letters(town.table("older"))) == 3
        assert any("leaves when the table is next laid" in sight.text for sight in who.home.messages)

    lived(town, life)


def test_who_leaves_goes_unseen_with_their_card() -> None:
    """Both go with the next laying, and the next in the queue comes in; until then they may stay after all."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "leave")
        for who in town.members[:2]:
            await pressed(parts, who, card(who), "Look or change")
            await pressed(parts, who, card(who), LEAVE)
            assert "and you with it" in card(who).text
            assert LEAVE_NOW in card(who).labels
            assert LEAVE not in card(who).labels
        await pressed(parts, town.members[1], card(town.members[1]), "Leave it there after all")
        town.street.diary = []
        await moments(parts, 15 * _MINUTE)
        assert (_stirrings(town), len(letters(town.table("leave")))) == (0, 3)
        await moments(parts, 5 * _MINUTE)
        assert (_stirrings(town), len(letters(town.table("leave")))) == (1, 2)
        assert "You have left, and your card is gone" in town.members[0].home.messages[-1].text
        assert "say nothing there" not in town.members[0].home.messages[-1].text
        town.members[0].says(town.members[0].home, "/join")
        await settled(parts)
        newest = [sight.text for sight in town.members[0].home.messages[-2:]]
        assert any("You take part in no consultation" in words for words in newest)

    lived(town, life)


def test_a_group_too_small_is_told_so() -> None:
    """Two of a kind are never shown, and are told so at the end."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.consults(parts, "few")
        for who in town.members[:2]:
            await town.shows(parts, who, town.table("few"))
        await moments(parts, 31 * _MINUTE)
        town.says(town.ada, f"/close@{town.name}")
        await settled(parts)
        await pressed(parts, town.ada, town.group.messages[-1], "Yes, end it")
        await moments(parts)
        assert letters(town.table("few")) == []
        assert all("shown to nobody" in who.home.messages[-1].text for who in town.members[:2])

    lived(town, life)
