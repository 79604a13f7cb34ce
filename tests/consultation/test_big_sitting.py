"""A sitting under everything that can befall it at once, and its transcript as a group and two of its people see it."""

from __future__ import annotations

from functools import cache
from unittest.mock import patch

from bot.channels.playground.wire import Call
from bot.consultation.anonymising import Card
from simulator.vocabulary import Kind
from tests.consultation.big_pace import died_with, was_shut_out
from tests.consultation.big_reckoning import Logged, reckoned
from tests.consultation.big_sitting import BigSitting
from tests.consultation.big_stage import Awaited, Sent
from tests.consultation.big_verdict import faults_of_sitting, figures_of
from tests.consultation.record_sitting import SCRIPT, TRANSCRIPT, lived, transcript_of


@cache
def evening() -> BigSitting:
    """The sitting of the transcript, lived once."""
    return lived(SCRIPT)


def test_it_ends_as_people_meant_it() -> None:
    """After three kills, exile, a move, 429s and a demotion all stand as recomputed, in time and within the limits."""
    assert faults_of_sitting(evening()) == []
    figures = figures_of(evening())
    assert figures["kills"] == len(SCRIPT.kills)
    assert figures["refused with 429"]
    assert figures["messages in the group"] >= SCRIPT.messages


def test_the_transcript_is_what_was_seen() -> None:
    """Word for word; ``python -m tests.consultation.record_sitting`` writes it anew, to be read before it is kept."""
    assert transcript_of(evening()) == TRANSCRIPT.read_text(encoding="utf-8")


def test_only_a_kill_in_the_middle_of_a_press_excuses_silence() -> None:
    """Handed over and killed at once; not one that nobody fetched, nor one whose process lived on or died before."""
    assert died_with(100.0, [50.0, 100.5])
    assert not died_with(None, [100.5])
    assert not died_with(100.0, [99.5, 130.0])


def test_a_lost_answer_is_shown_with_what_the_bot_did() -> None:
    """An answer taken out of the record is missed, named with its moments, and followed by the calls around it."""
    whole = evening()
    one = next(one for one in whole.awaited if one.press is not None and one.chat < 0 and one.press.answer is not None)
    assert one.press is not None
    answer = one.press.answer
    with patch.object(one.press, "answer", None):
        faults = faults_of_sitting(whole)
    assert one.press.answer == answer
    assert "1 were never answered" in faults
    assert any(words.startswith(f"never answered: press {one.press.data}") and "handed at" in words for words in faults)
    assert any("answercallbackquery" in words.lower() for words in faults)


def test_the_recomputation_knows_the_rules() -> None:
    """Two wait for a third, the thirteenth for a place, and who hides or leaves is gone from the table."""
    cards = {who: Card(Kind.PERSON, who) for who in range(13)}
    came = [Logged("enter", "t", who, float(who)) for who in range(13)]
    shown = [Logged("show", "t", who, 20.0 + who) for who in (0, 1)]
    standing = reckoned([*came, *shown], "t", None, cards, [600.0])
    assert (standing[0], standing[11], standing[12]) == ("ready", "seated", "queued")
    later = [Logged("show", "t", 2, 30.0), Logged("hide", "t", 0, 31.0), Logged("leave now", "t", 1, 32.0)]
    standing = reckoned([*came, *shown, *later], "t", None, cards, [30.5])
    assert (standing[0], standing.get(1), standing[2], standing[12]) == ("hidden", None, "shown", "seated")
    back = [*later, Logged("show", "t", 0, 33.0), Logged("show", "t", 3, 34.0), Logged("show", "t", 4, 35.0)]
    assert reckoned([*came, *shown, *back], "t", None, cards, [31.5, 50.0])[3] == "shown"
    assert reckoned([*came, *shown, *back], "t", None, cards, [30.5, 50.0])[3] == "ready"
    back.append(Logged("show", "t", 5, 36.0))
    assert reckoned([*came, *shown, *back], "t", None, cards, [30.5, 50.0])[3] == "shown"
    assert reckoned([*came, *shown, *back], "t", None, cards, [30.5])[3] == "ready"
    assert reckoned([*came, *shown], "t", 40.0, cards, [])[0] == "hidden"
    slips = [*came, *shown, later[0], Logged("slip", "t", 0, 33.0)]
    assert reckoned(slips, "t", None, cards, [30.5])[0] == "shown"
    assert reckoned(slips, "t", None, cards, [30.5, 50.0])[0] == "shown"
    assert reckoned(slips, "t", 60.0, cards, [30.5, 50.0])[0] == "hidden"
    parts = [*came, *shown, later[0], Logged("leave", "t", 0, 33.0)]
    standing = reckoned(parts, "t", None, cards, [30.5, 50.0])
    assert (standing[0], standing[12]) == ("shown", "seated")
    assert reckoned(parts, "t", 60.0, cards, [30.5, 50.0]).get(0) is None
    shop = cards | {2: Card(Kind.BUSINESS, 2)}
    assert reckoned([*came, *shown, later[0]], "t", None, shop, [31.0])[0] == "ready"


def test_only_an_answer_that_was_refused_at_the_door_is_excused() -> None:
    """A word whose answer was refused because the bot was out is excused; one that nobody tried to answer is not."""
    one = Awaited(at=100.0, chat=-7, place=228)
    reply = {"chat_id": "-7", "text": "x", "reply_parameters": '{"message_id": 228}'}
    assert was_shut_out(Sent(107.0, Call("sendMessage", reply), 403), one)
    assert not was_shut_out(Sent(107.0, Call("sendMessage", reply), 429), one)
    assert not was_shut_out(Sent(99.0, Call("sendMessage", reply), 403), one)
    other = {**reply, "reply_parameters": '{"message_id": 229}'}
    assert not was_shut_out(Sent(107.0, Call("sendMessage", other), 403), one)
