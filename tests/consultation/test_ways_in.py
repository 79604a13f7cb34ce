"""Ways from a group into the private talk, when things have changed between the press and the opening."""

from __future__ import annotations

from bot.channels.telegram.joining import Parts
from bot.consultation.keeping import invite
from bot.store.engine import writing
from tests.consultation.desking import ADA, EVE, MEMBERS, NUMBER, OLGA, Room, at_the_desk, words_of
from tests.consultation.gathering import Gathering, moments, pressed
from tests.faults.named import lived

_CODE = "abcdefghij012345"


def _enters(room: Room, who: str, code: str) -> str:
    with writing(room.store) as connection:
        invite(connection, code, NUMBER, who, room.now)
    return words_of(room.take(who, command="start", text=code)[who])


def test_whoever_lost_their_office_is_not_let_in_by_an_older_way() -> None:
    """The press was an adviser's, the opening is not any more: nothing of the sitting shows, and no desk keeps it."""
    town = Gathering()
    deputy = town.members[3]
    town.ada.promotes(town.group, deputy)

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "a raise")
        town.knows(deputy)
        press = await pressed(parts, deputy, town.table("a raise"), "For advisers")
        town.ada.demotes(town.group, deputy)
        await moments(parts, 60)
        deputy.opens(str((press.answer or {})["url"]))
        await moments(parts)
        assert any("do not lead" in sight.text for sight in deputy.home.messages)
        assert not any("You lead" in sight.text for sight in deputy.home.messages)
        deputy.says(deputy.home, "/desk")
        await moments(parts)
        assert "a raise" not in str(deputy.home.messages[-1].labels)

    lived(town, life)


def test_an_advisers_way_in_opens_for_advisers_alone() -> None:
    """Whoever leads at this moment comes to the sitting; the same code of somebody else leads nowhere."""
    with at_the_desk() as room:
        assert "You lead" in _enters(room, ADA, f"d{_CODE}")
        room.leaders.discard(ADA)
        assert "do not lead" in _enters(room, ADA, f"d{_CODE}")


def test_a_way_into_a_sitting_that_has_ended_asks_nothing() -> None:
    """Who comes too late is told so and answers for nothing; who has a seat there still finds it."""
    with at_the_desk() as room:
        room.presses(ADA, f"lead:{NUMBER}:close:yes")
        assert "has ended" in _enters(room, EVE, _CODE)
        assert (room.conversation(EVE).joining, room.conversation(EVE).goal) == (None, None)
        assert room.sitting.seat_of(EVE) is None
        owner = MEMBERS[0]
        assert "Leave this consultation" in _enters(room, owner, _CODE)
        assert room.conversation(owner).joining is None


def test_a_forwarded_way_in_is_nobodys() -> None:
    """A message with somebody's code, passed on by them: it opens nothing, and stays theirs."""
    with at_the_desk() as room:
        with writing(room.store) as connection:
            invite(connection, _CODE, NUMBER, OLGA, room.now)
        room.take(EVE, command="start", text=_CODE, secondhand=True)
        room.take(OLGA, command="start", text=_CODE, secondhand=True)
        assert (room.sitting.seat_of(EVE), room.sitting.seat_of(OLGA)) == (None, None)
        room.take(OLGA, command="start", text=_CODE)
        assert room.sitting.seat_of(OLGA) is not None


def test_a_way_to_the_desk_that_was_used_leads_nowhere() -> None:
    """The second opening of the same code is told so, and shows nothing of the sitting."""
    with at_the_desk() as room:
        _enters(room, ADA, f"d{_CODE}")
        assert "was used" in words_of(room.take(ADA, command="start", text=f"d{_CODE}")[ADA])
