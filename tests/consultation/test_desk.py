"""The adviser's desk: nothing of anybody without their own consent, nothing to the group unseen, nobody else at it."""

from __future__ import annotations

import random
import re

import pytest
from sqlalchemy import select

from bot.channels.telegram.sealing import LONGEST, seal
from bot.consultation.sitting import Deed
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Reply
from bot.store.engine import reading, writing
from bot.store.erasing import forget_conversation
from bot.store.tables_of_groups import DESKS, REMARKS
from tests.consultation.desking import ADA, EVE, GROUP, MEMBERS, NUMBER, OLGA, Room, at_the_desk, labels, told, words_of
from tests.journeys.walking import scene_now

DESK, VIEW, OWN = f"desk:{NUMBER}", f"view:{NUMBER}", f"own:{NUMBER}"
FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?")


def planted(place: int) -> set[str]:
    """The figures of a member, as they could be written."""
    amounts = [value for value in told(place).values() if isinstance(value, float) and value > 1]
    return {form for one in amounts for form in (f"{one:.0f}", f"{one:,.0f}")}


def holds(said: str, place: int) -> set[str]:
    """Which of a member's figures stand in some words."""
    return planted(place) & set(FIGURES.findall(said))


def place_of(room: Room, letter: str) -> int:
    """Which of the members owns a case."""
    return MEMBERS.index(room.owner(letter))


def opened(room: Room, letter: str = "A") -> Reply:
    """The owner of a case lets advisers see it, and Ada looks."""
    room.presses(room.owner(letter), f"{OWN}:see")
    return room.presses(ADA, f"{VIEW}:{letter}")[ADA][-1]


def alike(one: Conversation, other: Conversation) -> bool:
    """Whether nothing but the number of its turns differs."""
    return one.but(revision=0, shown=0, below=0) == other.but(revision=0, shown=0, below=0)


def test_the_whole_result_needs_its_owner() -> None:
    """Without consent nothing more than the card is seen; with it the result, read-only; taken back it is gone."""
    with at_the_desk() as room:
        place, owner = place_of(room, "A"), room.owner("A")
        before = room.presses(ADA, f"{VIEW}:A")[ADA]
        assert "has not agreed" in words_of(before)
        assert holds(words_of(before), place) == set()
        shown = opened(room)
        told_before = room.conversation(owner)
        assert holds(words_of([shown]), place)
        what_if = room.presses(ADA, f"{VIEW}:A:{labels(shown).index('What if')}")[ADA][0]
        tried = room.presses(ADA, f"{VIEW}:A:0")[ADA][0]
        assert (what_if.board, tried.board) == (shown.board, shown.board)
        assert "**Tried**" in words_of([tried])
        assert room.conversation(owner) == told_before
        gone = room.presses(owner, f"{OWN}:see:no")
        assert gone[ADA][0].board == shown.board
        after = [*gone[ADA], *room.presses(ADA, f"{VIEW}:A:0")[ADA], *room.presses(ADA, f"{VIEW}:A")[ADA]]
        assert holds(words_of(after), place) == set()


@pytest.mark.parametrize("way", ["hide", "close", "erase"])
def test_every_way_out_closes_the_view(way: str) -> None:
    """Whoever takes their card back at once, is erased, or whose sitting ends, is gone from the desk as well."""
    with at_the_desk() as room:
        place, owner = place_of(room, "A"), room.owner("A")
        board = opened(room).board
        if way == "close":
            room.presses(ADA, f"lead:{NUMBER}:close:yes")
        elif way == "erase":
            with writing(room.store) as connection:
                forget_conversation(connection, owner)
        else:
            room.presses(owner, f"seat:{NUMBER}:{way}")
        drawn = room.draws()
        assert [reply.board for reply in drawn[ADA]] == [board]
        assert holds(words_of([*drawn[ADA], *room.presses(ADA, f"{VIEW}:A:0").get(ADA, [])]), place) == set()
        assert ADA not in room.draws()


@pytest.mark.parametrize("way", ["slip", "leave"])
def test_taking_a_card_back_quietly_closes_the_view_at_once(way: str) -> None:
    """Nothing is drawn anew in the group, and still nobody sees more than the card from the press on."""
    with at_the_desk() as room:
        place, owner = place_of(room, "A"), room.owner("A")
        board = opened(room).board
        told = room.presses(owner, f"seat:{NUMBER}:{way}")
        assert [reply.board for reply in told[ADA]] == [board]
        assert GROUP not in told
        assert holds(words_of([*told[ADA], *room.presses(ADA, f"{VIEW}:A:0").get(ADA, [])]), place) == set()


def test_notes_are_for_advisers_alone() -> None:
    """A note is sealed in the store, read by another adviser, by nobody else, and goes with its case."""
    with at_the_desk() as room:
        room.presses(ADA, f"{DESK}:n:B")
        said = room.types(ADA, "be gentle with them")
        assert "be gentle" in words_of(said[ADA])
        assert set(said) == {ADA}
        room.leaders.add(EVE)
        assert "be gentle" in words_of(room.presses(EVE, f"{DESK}:c:B")[EVE])
        assert "be gentle" not in words_of(room.presses(EVE, f"{DESK}:c:A")[EVE])
        assert "be gentle" not in words_of(room.presses(OLGA, f"{DESK}:c:B")[OLGA])
        owner = room.owner("B")
        assert "be gentle" not in words_of(room.presses(owner, f"seat:{NUMBER}")[owner])
        assert "be gentle" not in words_of(room.draws().get(GROUP, []))
        with reading(room.store) as connection:
            assert "gentle" not in str(connection.execute(select(REMARKS)).all())
        room.does(owner, Deed(way="hide"))
        with reading(room.store) as connection:
            assert connection.execute(select(REMARKS)).all() == []


def test_a_draft_goes_only_when_pressed() -> None:
    """What is typed for the group is shown first, goes out marked as the adviser's, and not once they lead no more."""
    with at_the_desk() as room:
        room.presses(ADA, f"{DESK}:d:C")
        preview = room.types(ADA, "Wait for the review, and **pay** on time.")
        assert GROUP not in preview
        posted = room.presses(ADA, f"{DESK}:p:C")[GROUP]
        assert words_of(posted).count("**Adviser** (case C): Wait for the review, and pay on time.") == 1
        assert GROUP not in room.presses(ADA, f"{DESK}:p:C")
        room.presses(ADA, f"{DESK}:d")
        room.types(ADA, "Something else")
        room.leaders.clear()
        refused = room.presses(ADA, f"{DESK}:p:")
        assert GROUP not in refused
        assert "You do not lead" in words_of(refused[ADA])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("A line of 31,417 is fine", "own figure"),
        ("about 3.14\u4e07 then", "own figure"),
        ("\u4e09\u4e07\u4e00\u5343\u56db\u767e\u4e00\u5341\u4e03", "own figure"),
        ("earning 8.23k a month", "own figure"),
        ("\u5efa\u8bae\u4f60\u591a\u501f\u4e00\u70b9", "urging"),
        ("call me at 13812345678", "phone number"),
        ("x" * 1001, "too long"),
    ],
)
def test_what_may_not_reach_a_group(words: str, why: str) -> None:
    """No member's figure in any spelling, no number of anybody's papers, no bad advice: it is not even drafted."""
    with at_the_desk() as room:
        room.presses(ADA, f"{DESK}:d:A")
        assert why in words_of(room.types(ADA, words)[ADA])
        assert GROUP not in room.presses(ADA, f"{DESK}:p:A")
        room.presses(ADA, f"{DESK}:g")
        assert why in words_of(room.types(ADA, words)[ADA])
        assert room.sitting.brought.decided == ()


def test_typing_is_over_once_something_else_is_shown() -> None:
    """Words typed after another card has come are the dialogue's, and no note."""
    with at_the_desk() as room:
        room.presses(ADA, f"{DESK}:n:A")
        room.take(ADA, command="menu", text="")
        room.types(ADA, "is early repayment free")
        with reading(room.store) as connection:
            assert connection.execute(select(REMARKS)).all() == []


@pytest.mark.parametrize("who", [OLGA, *MEMBERS[:1]])
def test_nobody_else_sits_at_the_desk(who: str) -> None:
    """An onlooker and a member who press every button of the desk get a kind no each, and change nothing."""
    with at_the_desk() as room:
        for letter in "ABC":
            room.presses(room.owner(letter), f"{OWN}:see")
        before, conversations = room.sitting, [room.conversation(name) for name in MEMBERS]
        steps = [f"{DESK}:{step}:A" for step in "cndgpkthu"] + [f"{DESK}:{step}" for step in "msSvVqQrR"]
        for action in (*steps, f"{DESK}:S:fewer_draws", f"{DESK}:Q:insider", f"{DESK}:R:no_promise", f"{VIEW}:A"):
            said = room.presses(who, action)
            assert set(said) == {who}
            assert holds(words_of(said[who]), place_of(room, "A")) == set()
        assert room.sitting == before
        after = [room.conversation(name) for name in MEMBERS]
        assert all(alike(one, other) for one, other in zip(conversations, after, strict=True))
        with reading(room.store) as connection:
            assert connection.execute(select(DESKS)).all() == []


@pytest.mark.parametrize("seed", range(2))
def test_no_figure_leaves_the_desk(seed: int) -> None:
    """Whatever an adviser presses in whatever order, with every case open: the group sees no figure of anybody's."""
    chance = random.Random(seed)
    with at_the_desk() as room:
        for letter in "ABC":
            room.presses(room.owner(letter), f"{OWN}:see")
        group: list[Reply] = []
        for _ in range(14):
            what, letter = chance.choice("cndgpkthvVqQrRS"), chance.choice("ABC")
            argument = {"Q": "insider", "R": "no_promise", "S": "bring_utilisation_down"}.get(what, letter)
            look = f"{VIEW}:{letter}:{chance.randrange(9)}"
            said = room.presses(ADA, look if chance.random() < 0.2 else f"{DESK}:{what}:{argument}")
            words = chance.choice(["hello", f"{31_417 + 113 * chance.randrange(3):,}", "pay on time"])
            group += said.get(GROUP, []) + room.types(ADA, words).get(GROUP, [])
        group += room.presses(ADA, f"lead:{NUMBER}:close:yes").get(GROUP, []) + room.draws().get(GROUP, [])
        assert any("Summary" in words_of([reply]) for reply in group)
        assert [holds(words_of(group), place) for place in range(3)] == [set()] * 3


def test_every_button_of_the_desk_fits() -> None:
    """No action that the desk can put on a button is longer than the platform takes, after any number of turns."""
    library = scene_now().library
    names = [*library.actions, *library.quizzes, *library.ready]
    actions = [f"{DESK}:S:{name}" for name in names] + [f"{OWN}:talk:{10**10}", f"{VIEW}:AA:99"]
    assert all(len(seal(b"key", 10**13, 36**5 - 1, action)) <= LONGEST for action in actions)
