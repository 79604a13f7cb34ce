"""Ending a sitting: asked twice, with what it does; and taken back within a day, as far as that may be."""

from __future__ import annotations

import datetime as dt

from bot.consultation.keeping import begin
from bot.consultation.sitting import Sitting
from bot.dialogue.footing import Standing
from bot.dialogue.messages import Reply
from bot.store.boards import board_at, put_up
from bot.store.engine import reading, writing
from bot.store.sharing import offered_cards
from tests.consultation.desking import ADA, GROUP, MEMBERS, NUMBER, OLGA, Room, at_the_desk, labels, words_of

LEAD = f"lead:{NUMBER}"
END = f"{LEAD}:close:yes"


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
    """It goes on with the cards on its table; the summary goes, examples are no more offered, everybody is told."""
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
        assert [seat.letter for seat in room.sitting.cases] == ["A", "B", "C"]
        assert not any(seat.open for seat in room.sitting.seats)
        assert [one.removes for one in again[GROUP]] == [(88,)]
        assert all("goes on" in words_of(again[name]) for name in MEMBERS)
        with reading(room.store) as connection:
            assert board_at(connection, GROUP, f"summary:{NUMBER}") is None
            assert offered_cards(connection) == {}
        assert "Under way" in words_of(room.draws()[GROUP])


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
        assert "leaves when the table is next laid" in words_of(room.presses(owner, f"seat:{NUMBER}:leave")[owner])
        assert "Others may have read it" in words_of(room.presses(owner, f"seat:{NUMBER}:gone")[owner])
        room.presses(other, f"seat:{NUMBER}:hide")
        assert "No card of yours" in words_of(room.presses(other, f"seat:{NUMBER}:leave")[other])
