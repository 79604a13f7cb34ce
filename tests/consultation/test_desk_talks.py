"""Talks from the desk: both agree first, words go where they are meant to, and either ends it for both."""

from __future__ import annotations

from bot.store.engine import writing
from bot.store.erasing import forget_conversation
from tests.consultation.desking import ADA, GROUP, NUMBER, at_the_desk, words_of

DESK, OWN = f"desk:{NUMBER}", f"own:{NUMBER}"


def test_a_talk_needs_both() -> None:
    """Nobody hears anybody before the member agrees; then words go both ways, marked; either ends it for both."""
    with at_the_desk() as room:
        owner, number = room.owner("A"), ADA.removeprefix("tg:")
        asked = room.presses(ADA, f"{DESK}:t:A")
        assert "would like to talk" in words_of(asked[owner])
        assert set(room.types(ADA, "hello")) == {ADA}
        assert ADA in room.presses(owner, f"{OWN}:talk:{number}")
        assert "**Case A**: my hours were cut" in words_of(room.types(owner, "my hours were cut")[ADA])
        assert owner not in room.types(ADA, "Do not worry")
        sent = room.presses(ADA, f"{DESK}:u:A")[owner]
        assert "**Adviser**: Do not worry" in words_of(sent)
        assert number not in words_of(sent)
        assert "urging" in words_of(room.types(ADA, "\u5efa\u8bae\u4f60\u591a\u501f\u4e00\u70b9")[ADA])
        ended = room.presses(owner, f"{OWN}:hang")
        assert "is over" in words_of(ended[ADA])
        assert ADA not in room.types(owner, "is early repayment free")
        assert owner not in room.types(ADA, "one more thing")


def test_whoever_is_refused_waits_no_more() -> None:
    """After "Rather not" the adviser's words go where they went before, not to somebody who will not come."""
    with at_the_desk() as room:
        owner, number = room.owner("A"), ADA.removeprefix("tg:")
        room.presses(ADA, f"{DESK}:t:A")
        assert "rather not" in words_of(room.presses(owner, f"{OWN}:no:{number}")[ADA])
        assert "went to nobody" not in words_of(room.types(ADA, "is early repayment free")[ADA])
        assert ADA not in room.presses(owner, f"{OWN}:no:{number}")


def test_who_has_left_is_not_asked_and_nobody_learns_of_it() -> None:
    """The adviser hears the same words as of anybody else, and whoever left hears nothing."""
    with at_the_desk() as room:
        told = {}
        for letter in "AB":
            owner = room.owner(letter)
            if letter == "A":
                room.presses(owner, f"seat:{NUMBER}:leave")
            asked = room.presses(ADA, f"{DESK}:t:{letter}")
            told[letter] = words_of(asked[ADA]).replace(f"case {letter}", "case").replace(f":{letter}", "")
            assert (owner in asked) == (letter == "B")
            room.presses(ADA, f"{DESK}:h:{letter}")
        assert told["A"] == told["B"]


def test_guards_come_before_a_talk() -> None:
    """Words of despair are met by the bot itself, and go to nobody; so does all that follows until they go on."""
    with at_the_desk() as room:
        owner, number = room.owner("A"), ADA.removeprefix("tg:")
        room.presses(ADA, f"{DESK}:t:A")
        room.presses(owner, f"{OWN}:talk:{number}")
        said = room.types(owner, "\u6211\u4e0d\u60f3\u6d3b\u4e86")
        assert "12356" in words_of(said[owner])
        assert ADA not in said
        assert ADA not in room.types(owner, "nothing")


def test_an_adviser_who_waits_no_more_is_not_joined() -> None:
    """An invitation counts only while its adviser waits; a refusal is told, and whoever leads no more sends nothing."""
    with at_the_desk() as room:
        owner, number = room.owner("A"), ADA.removeprefix("tg:")
        room.presses(ADA, f"{DESK}:t:A")
        room.presses(ADA, f"{DESK}:h:A")
        assert "does not wait" in words_of(room.presses(owner, f"{OWN}:talk:{number}")[owner])
        room.presses(ADA, f"{DESK}:t:A")
        assert "rather not" in words_of(room.presses(owner, f"{OWN}:no:{number}")[ADA])
        room.presses(ADA, f"{DESK}:t:A")
        room.presses(owner, f"{OWN}:talk:{number}")
        room.leaders.clear()
        room.types(ADA, "Do not worry")
        assert owner not in room.presses(ADA, f"{DESK}:u:A")


def test_whoever_leaves_ends_the_talk() -> None:
    """A member who takes their card back speaks with nobody any more, and the adviser is told."""
    with at_the_desk() as room:
        owner, number = room.owner("A"), ADA.removeprefix("tg:")
        room.presses(ADA, f"{DESK}:t:A")
        room.presses(owner, f"{OWN}:talk:{number}")
        assert "is over" in words_of(room.presses(owner, f"seat:{NUMBER}:hide")[ADA])
        assert ADA not in room.types(owner, "is early repayment free")
        assert owner not in room.types(ADA, "still there")


def test_words_for_a_member_never_reach_the_group() -> None:
    """What waits to be sent to a member is not what an older button posts to the group."""
    with at_the_desk() as room:
        owner, number = room.owner("A"), ADA.removeprefix("tg:")
        room.presses(ADA, f"{DESK}:d:A")
        room.types(ADA, "for everybody")
        room.presses(ADA, f"{DESK}:t:A")
        room.presses(owner, f"{OWN}:talk:{number}")
        room.types(ADA, "for you alone")
        assert GROUP not in room.presses(ADA, f"{DESK}:p:A")
        assert "for you alone" in words_of(room.presses(ADA, f"{DESK}:u:A")[owner])
        with writing(room.store) as connection:
            forget_conversation(connection, ADA)
        assert ADA not in room.types(owner, "are you there")
