"""Ending a sitting: asked twice, with what it does; and taken back within a day, as far as that may be."""

from __future__ import annotations

import datetime as dt

from bot.consultation.desks import change_desk
from bot.consultation.keeping import begin
from bot.consultation.sitting import LASTS, Sitting
from bot.dialogue.footing import Standing
from bot.dialogue.messages import Reply
from bot.store.boards import board_at, put_up
from bot.store.engine import reading, writing
from bot.store.sharing import offered_cards
from tests.consultation.desking import ADA, GROUP, MEMBERS, NUMBER, OLGA, Room, at_the_desk, labels, words_of

LEAD = f"lead:{NUMBER}"
END = f"{LEAD}:close:yes"
NO_EXAMPLE = "Do not make it an example"


def in_group(room: Room, who: str, **arrival: object) -> dict[str, list[Reply]]:
    """Somebody does something in the group."""
    rank = "administrator" if who in room.leaders else "member"
    standing = Standing(group=GROUP, rank=rank, at=room.now)
    return room.take(GROUP, public=True, speaker=who, standing=standing, **arrival)


def test_the_first_press_ends_nothing_and_says_what_the_second_does() -> None:
    """One tap shows what ending does and how long it can be taken back; going on is a button; the second tap ends."""
    with at_the_desk() as room:
        asked = room.presses(ADA, f"{LEAD}:close")
        assert room.sitting.closed_at is None
        assert set(asked) == {ADA}
        assert "24 hours" in words_of(asked[ADA])
        assert labels(asked[ADA][0]) == ["Yes, end it", "No, go on"]
        assert "You lead" in words_of(room.presses(ADA, LEAD)[ADA])
        ended = room.presses(ADA, END)
        assert "by itself" not in words_of(ended[GROUP])
        assert room.sitting.closed_at == room.now
        assert set(ended) == {ADA, GROUP, *MEMBERS}


def test_the_command_in_the_group_asks_first() -> None:
    """/close shows a question; an onlooker's press is refused, a leader's ends, and the question goes either way."""
    with at_the_desk() as room:
        asked = in_group(room, ADA, command="close", text="")[GROUP][0]
        assert room.sitting.closed_at is None
        assert "24 hours" in words_of([asked])
        (end,), (stay,) = asked.buttons
        in_group(room, OLGA, action=end.action, press="p", place=70)
        assert room.sitting.closed_at is None
        kept = in_group(room, ADA, action=stay.action, press="p", place=70)[GROUP]
        assert (room.sitting.closed_at, [one.removes for one in kept]) == (None, [(70,)])
        ended = in_group(room, ADA, action=end.action, press="p", place=71)[GROUP]
        assert room.sitting.closed_at == room.now
        assert (71,) in [one.removes for one in ended]


def test_an_end_can_be_taken_back_for_a_day() -> None:
    """It goes on with an empty table; its summary and examples go, and everybody may show their card again."""
    with at_the_desk() as room:
        room.presses(room.owner("A"), f"own:{NUMBER}:see")
        room.presses(ADA, f"desk:{NUMBER}:V")
        room.presses(room.owner("B"), f"own:{NUMBER}:teach")
        ended = room.presses(ADA, END)
        assert "Open it again" in labels(ended[ADA][-1])
        with writing(room.store) as connection:
            put_up(connection, GROUP, f"summary:{NUMBER}", 88)
        assert room.sitting.closed_at is not None
        room.presses(OLGA, f"{LEAD}:again")
        assert room.sitting.closed_at is not None
        again = room.presses(ADA, f"{LEAD}:again")
        assert room.sitting.closed_at is None
        assert {(seat.standing, seat.open, seat.example) for seat in room.sitting.seats} == {("hidden", False, False)}
        assert [one.removes for one in again[GROUP]] == [(88,)]
        assert all("goes on" in words_of(again[name]) for name in MEMBERS)
        with reading(room.store) as connection:
            assert board_at(connection, GROUP, f"summary:{NUMBER}") is None
            assert offered_cards(connection) == {}
        assert "No cards yet" in words_of(room.draws()[GROUP])
        for name in MEMBERS:
            assert "Show it to the group" in labels(room.presses(name, f"seat:{NUMBER}")[name][-1])
            room.presses(name, f"seat:{NUMBER}:show")
        room.now = room.sitting.lays_at or room.now
        room.now += dt.timedelta(seconds=3)
        room.draws()
        assert [seat.letter for seat in room.sitting.cases] == ["D", "E", "F"]


def test_an_example_can_be_taken_back_after_the_end() -> None:
    """That the case may teach others was agreed to while its card lay there; its owner takes that back at any time."""
    with at_the_desk() as room:
        owner = room.owner("B")
        room.presses(ADA, f"desk:{NUMBER}:V")
        room.presses(owner, f"own:{NUMBER}:teach")
        room.presses(ADA, END)
        screen = room.presses(owner, f"seat:{NUMBER}")[owner][-1]
        assert NO_EXAMPLE in labels(screen)
        assert "has ended; the group sees no card of yours" in words_of([screen])
        room.presses(owner, f"own:{NUMBER}:teach:no")
        assert not any(seat.example for seat in room.sitting.seats)
        assert NO_EXAMPLE not in labels(room.presses(owner, f"seat:{NUMBER}")[owner][-1])


def test_a_sitting_ends_by_itself_after_two_days() -> None:
    """Its group gets the summary, everybody in it and whoever led it is told, and it can be opened again."""
    with at_the_desk() as room:
        ends = room.sitting.ends_at
        with writing(room.store) as connection:
            change_desk(connection, ADA, lambda desk: desk.leading(NUMBER))
        assert ends == room.sitting.opened_at + LASTS
        assert "ends by itself in about 4" in words_of(room.presses(ADA, LEAD)[ADA])
        room.now = ends - dt.timedelta(minutes=1)
        room.draws()
        assert room.sitting.closed_at is None
        room.now = ends
        told = room.draws()
        assert room.sitting.closed_at == ends
        assert "It ended by itself after 2 days" in words_of(told[GROUP])
        assert "no card is left here" in words_of(told[GROUP])
        assert "was open for 2 days and has ended by itself" in words_of(told[ADA])
        assert all("with all the others" in words_of(told[name]) for name in MEMBERS)
        room.presses(ADA, f"{LEAD}:again")
        assert room.sitting.ends_at == ends + LASTS


def test_after_a_day_or_where_there_is_no_room_it_stays_ended() -> None:
    """Too late, or beside three others, nothing is opened again, and it is said why."""
    with at_the_desk() as room:
        room.presses(ADA, END)
        with writing(room.store) as connection:
            for number in ("x1", "x2", "x3"):
                begin(connection, Sitting(id=number, group=GROUP, opened_at=room.now, secret=number))
        assert "3 consultations here already" in words_of(room.presses(ADA, f"{LEAD}:again")[ADA])
        with writing(room.store) as connection:
            connection.exec_driver_sql("DELETE FROM sittings WHERE id LIKE 'x%'")
        room.now += dt.timedelta(hours=25)
        assert "Open it again" not in labels(room.presses(ADA, LEAD)[ADA][0])
        assert "day" in words_of(room.presses(ADA, f"{LEAD}:again")[ADA])
        assert room.sitting.closed_at is not None


def test_whoever_leaves_is_told_what_was_on_the_table() -> None:
    """A card that lay there may have been read; to whoever had none there that is not said."""
    with at_the_desk() as room:
        owner, other = room.owner("A"), room.owner("B")
        assert "with all the others when" in words_of(room.presses(owner, f"seat:{NUMBER}:leave")[owner])
        assert "Others may have read it" in words_of(room.presses(owner, f"seat:{NUMBER}:gone")[owner])
        room.presses(other, f"seat:{NUMBER}:hide")
        assert "No card of yours" in words_of(room.presses(other, f"seat:{NUMBER}:leave")[other])
