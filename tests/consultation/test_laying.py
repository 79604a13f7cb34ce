"""The table is laid on the street: nothing moves between its moments, and a moment that changes nothing is not seen."""

from __future__ import annotations

from bot.channels.telegram.joining import Parts
from bot.consultation.sitting import LASTS
from tests.consultation.gathering import LAID, LEAVE, LEAVE_NOW, Gathering, letters, moments, pressed
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
    """The table shows it like any other until the end, when all go; who stays after all, stays until then."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "slip")
        for who in town.members[:2]:
            await pressed(parts, who, card(who), "Look or change")
            await pressed(parts, who, card(who), SLIP)
            assert "does not go alone" in card(who).text
        await pressed(parts, town.members[1], card(town.members[1]), "Leave it there after all")
        town.street.diary = []
        await moments(parts, 90 * _MINUTE)
        assert (_stirrings(town), len(letters(town.table("slip")))) == (0, 3)
        await town.ends(parts)
        assert letters(town.table("slip")) == []
        assert all("went from the group with all" in who.home.messages[-1].text for who in town.members[:3])

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
        assert any("does not go alone" in sight.text for sight in who.home.messages)

    lived(town, life)


def test_who_leaves_goes_unseen_with_their_card() -> None:
    """Their card stays until the end, and they may stay after all; afterwards they take part in nothing."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "leave")
        for who in town.members[:2]:
            await pressed(parts, who, card(who), "Look or change")
            await pressed(parts, who, card(who), LEAVE)
            assert "your place is free" in card(who).text
            assert LEAVE_NOW in card(who).labels
            assert LEAVE not in card(who).labels
        await pressed(parts, town.members[1], card(town.members[1]), "Leave it there after all")
        town.street.diary = []
        await moments(parts, 90 * _MINUTE)
        assert (_stirrings(town), len(letters(town.table("leave")))) == (0, 3)
        await town.ends(parts)
        assert letters(town.table("leave")) == []
        assert "and you have left" in town.members[0].home.messages[-1].text
        assert "you have left" not in town.members[1].home.messages[-1].text
        town.members[0].says(town.members[0].home, "/join")
        await settled(parts)
        newest = [sight.text for sight in town.members[0].home.messages[-2:]]
        assert any("You take part in no consultation" in words for words in newest)

    lived(town, life)


def test_two_days_after_its_opening_a_sitting_ends_by_itself() -> None:
    """Nobody is there to end it: the cards go together, a card that was shown by itself too, and all hear of it."""
    town = Gathering()

    async def before(parts: Parts) -> None:
        await town.three_show(parts, "long")
        await pressed(parts, town.members[0], card(town.members[0]), "Look or change")
        await pressed(parts, town.members[0], card(town.members[0]), LEAVE)
        town.says(town.olga, f"/case@{town.name} A")
        await moments(parts)
        assert [sight for sight in town.group.messages if sight.text.startswith("Case A")]

    async def after(parts: Parts) -> None:
        await moments(parts, 5 * _MINUTE)
        assert letters(town.table("long")) == ["A", "B", "C"]
        await moments(parts, 10 * _MINUTE)
        assert "has ended" in town.table("long").text
        assert not [sight for sight in town.group.messages if "line ¥" in sight.text]
        assert any("Summary" in sight.text for sight in town.group.messages)
        assert all("has ended" in who.home.messages[-1].text for who in town.members[:3])

    lived(town, before)
    town.clock.advance(LASTS.total_seconds() - 20 * _MINUTE)
    lived(town, after)


def test_a_group_too_small_is_told_so() -> None:
    """Two of a kind are never shown, and are told so at the end."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.consults(parts, "few")
        for who in town.members[:2]:
            await town.shows(parts, who, town.table("few"))
        await moments(parts, 31 * _MINUTE)
        await town.ends(parts)
        assert letters(town.table("few")) == []
        assert all("shown to nobody" in who.home.messages[-1].text for who in town.members[:2])

    lived(town, life)
