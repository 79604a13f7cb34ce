"""The desk on a small screen: a row for each case, pages where there are many, and never more than eight buttons."""

from __future__ import annotations

from collections.abc import Iterator

from bot.consultation.keeping import begin, load, save
from bot.consultation.sitting import Seat, Sitting
from bot.dialogue.messages import Reply
from bot.store.engine import writing
from bot.store.roles import give_role
from tests.consultation.desking import ADA, CARD, GROUP, MEMBERS, NUMBER, Room, at_the_desk, labels, words_of

LEAD, DESK = f"lead:{NUMBER}", f"desk:{NUMBER}"
MOST = 8


def with_cases(room: Room, many: int) -> None:
    """So many cards lie on the table."""
    with writing(room.store) as connection:
        kept = load(connection, NUMBER)
        assert kept is not None
        more = [
            Seat(member=f"tg:8800{place:02}", standing="shown", card=CARD, letter=chr(ord("A") + place))
            for place in range(len(MEMBERS), many)
        ]
        seats = (*kept.sitting.seats, *more)
        assert save(connection, kept, kept.sitting.model_copy(update={"seats": seats, "dealt": many}))


def screens(room: Room, first: str) -> Iterator[Reply]:
    """Every screen that can be reached by pressing from a first one; what would change something is not pressed."""
    waiting, seen = [first], {first}
    while waiting:
        for reply in room.presses(ADA, waiting.pop()).get(ADA, []):
            yield reply
            ways = [button.action for row in reply.buttons for button in row]
            looks = [way for way in ways if way.startswith((LEAD, DESK, "desk:")) and _looks(way)]
            waiting += [way for way in looks if way not in seen]
            seen.update(looks)


def _looks(way: str) -> bool:
    what = [*way.split(":"), "", ""][2]
    return what in {"", "look", "page", "more", "close", "c", "m", "s", "r", "q"} and not way.endswith(":yes")


def test_a_row_for_each_case_and_eight_buttons_at_most() -> None:
    """With three cases and with twelve, every screen of the desk has a row for each case and at most eight buttons."""
    for many in (3, 12):
        with at_the_desk() as room:
            with_cases(room, many)
            room.presses(room.owner("A"), f"own:{NUMBER}:see")
            told = list(screens(room, LEAD))
            assert max(len(labels(reply)) for reply in told) <= MOST
            rows = [row for reply in told for row in reply.buttons if row[0].action.startswith(f"{DESK}:c:")]
            cases = {row[0].action for row in rows if row[0].label.startswith("Case ")}
            assert cases == {f"{DESK}:c:{chr(ord('A') + place)}" for place in range(many)}
            assert all(len(row) == 1 for row in rows if row[0].label.startswith("Case "))


def test_a_row_says_what_a_case_is_waiting_for() -> None:
    """Answered, open to advisers, in a talk: it stands on the row itself."""
    with at_the_desk() as room:
        room.presses(room.owner("A"), f"own:{NUMBER}:see")
        shown = room.presses(ADA, f"{LEAD}:resolve:B")[ADA][-1]
        rows = [label for label in labels(shown) if label.startswith("Case ")]
        assert rows == ["Case A · whole result", "Case B · answered", "Case C"]


def test_pages_turn_and_stay_within_the_cases() -> None:
    """Each page lists its own cases in words too; a page that is gone shows the last."""
    with at_the_desk() as room:
        with_cases(room, 12)
        last = room.presses(ADA, f"{LEAD}:page:9")[ADA][0]
        assert "9\u201312 of 12" in words_of([last])
        assert [label for label in labels(last) if label.startswith("Case ")] == [f"Case {one}" for one in "IJKL"]


def test_an_ended_sitting_shows_no_case() -> None:
    """All cards go with the end, from the adviser's own screen too."""
    with at_the_desk() as room:
        with_cases(room, 12)
        ended = room.presses(ADA, f"{LEAD}:close:yes")[ADA][-1]
        assert not [label for label in labels(ended) if label.startswith("Case ")]
        assert "\u00b7" not in words_of([ended])


def test_many_sittings_have_pages_too() -> None:
    """An adviser of the office sees all sittings, a few at a time."""
    with at_the_desk() as room:
        with writing(room.store) as connection:
            give_role(connection, int(ADA.removeprefix("tg:")), "adviser")
            for number in map(str, range(14)):
                one = Sitting(id=f"n{number}", group=GROUP, about=f"s{number}", opened_at=room.now, secret=number)
                begin(connection, one)
        seen, place = set(), 0
        while place < 5:
            shown = room.presses(ADA, f"desk::{place}" if place else "desk:")[ADA][0]
            assert len(labels(shown)) <= MOST
            seen |= {label.partition(" ")[0] for label in labels(shown)}
            place += 1
        assert {f"s{number}" for number in range(14)} <= seen
