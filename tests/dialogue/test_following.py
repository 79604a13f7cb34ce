"""Following: reminders only for who asked, at the right time, with a way out always."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.followed import Following
from bot.dialogue.following_card import CHECKIN
from bot.dialogue.following_days import CLOCKS
from tests.dialogue.cast import LANGUAGES
from tests.dialogue.followed_life import ZONES, Life, asks_for_the_line, said_in_turn, scene_at
from tests.journeys.walking import NOW

pytestmark = pytest.mark.usefixtures("reckoned_once")


def test_nobody_is_reminded_who_did_not_ask() -> None:
    """Nothing falls due for anybody until they choose a day and an hour, and then it does at that time."""
    life = Life()
    for action in ("remind:", "remind:day:15", "ticks:", "goal:assess"):
        life.does(action=action)
        assert life.who.due_at is None
    life.agrees(15, 20)
    assert life.who.due_at == dt.datetime(2026, 12, 15, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "action", ["remind:at:0:9", "remind:at:32:9", "remind:at:5:7", "remind:at:5:22", "remind:zone:Mars"]
)
def test_no_button_brings_a_reminder_at_night_or_on_no_day(action: str) -> None:
    """What no card offers is shown the card again and changes nothing."""
    life = Life()
    assert life.does(action=action).replies
    assert life.who.due_at is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reminder_holds_its_way_out(language: str) -> None:
    """A button stops all of them, the words say so, it lapses that evening, and no figure stands in its text."""
    turn = Life(language=language).agrees().falls_due()
    (reply,) = turn.replies
    assert any(button.action == "unremind:" for row in reply.buttons for button in row)
    stop = scene_at().library.phrases.say(language, "remind.stop")  # type: ignore[arg-type]
    words = said_in_turn(turn)
    assert stop.casefold() in words.casefold()
    assert "31,417" not in getattr(reply.blocks[0], "markup", "")
    assert reply.lapses == dt.datetime(2026, 12, 15, 13, 59, tzinfo=dt.UTC)


@pytest.mark.parametrize("said", [{"action": "unremind:"}, {"text": "停止提醒"}, {"text": "Stop reminders."}])
@pytest.mark.parametrize("state", ["asked", "paused", "interview", "minor", "no consent"])
def test_the_way_out_is_open_in_every_state(said: dict[str, str], state: str) -> None:
    """By button or by word, everything stops at once, what is on its way is taken back, and a kind word says so."""
    life = Life().agrees()
    life.falls_due()
    changes: dict[str, dict[str, object]] = {
        "asked": {},
        "paused": {"paused_by": "self_harm"},
        "interview": {"goal": "afford", "focus": None},
        "minor": {"adult": False},
        "no consent": {"consent_at": None, "refused_at": NOW},
    }
    if state == "minor" and "text" in said:
        said = {"action": "unremind:"}
    life.who = life.who.but(**changes[state])
    turn = life.does(**said)
    assert turn.unsay == CHECKIN
    assert life.who.following.checkin is None
    assert life.who.due_at is None
    assert turn.replies


@pytest.mark.parametrize(
    "change", [{"consent_at": None}, {"adult": None}, {"adult": False}, {"following": Following()}], ids=str
)
def test_what_falls_due_for_nobody_says_nothing(change: dict[str, object]) -> None:
    """Without consent, age or a reminder that still stands, a late letter changes nothing and sends nothing."""
    life = Life().agrees()
    due = life.who.due_at
    assert due is not None
    life.who = life.who.but(**change)
    life.now = due
    turn = life.does(due="checkin")
    assert not turn.replies
    assert turn.conversation.following == life.who.following


def test_whoever_a_guard_has_paused_is_left_in_peace() -> None:
    """A pause lets the reminder of the month pass; the next one comes after it is over."""
    life = Life().agrees()
    life.who = life.who.but(paused_by="self_harm")
    assert not life.falls_due().replies
    assert life.who.due_at == dt.datetime(2027, 1, 15, 12, tzinfo=dt.UTC)
    life.who = life.who.but(paused_by=None)
    assert asks_for_the_line(life.falls_due())


def test_what_was_missed_is_asked_once_and_not_at_night() -> None:
    """After three months of silence of ours there is one question, in the morning, and the next a month on."""
    life = Life().agrees(15, 20)
    assert not life.falls_due(dt.timedelta(days=90, hours=5)).replies
    assert life.who.due_at == dt.datetime(2027, 3, 16, 0, tzinfo=dt.UTC)
    assert asks_for_the_line(life.falls_due())
    assert life.who.due_at == dt.datetime(2027, 4, 15, 12, tzinfo=dt.UTC)


def test_an_interview_in_hand_is_not_interrupted() -> None:
    """Who has just answered a card is asked an hour later; who left it long ago is asked, and finds the way back."""
    life = Life(goal="assess").agrees()
    life.does(action="goal:afford")
    assert life.who.due_at is not None
    life.now = life.who.due_at - dt.timedelta(minutes=5)
    life.does(text="3000")
    card = life.does(action="menu:")
    life.does(action="goal:afford")
    assert card.replies
    assert not life.falls_due().replies
    assert asks_for_the_line(life.falls_due())
    back = life.does(action="pass:")
    assert life.who.goal == "afford"
    assert back.replies


def test_a_reminder_that_could_not_be_delivered_comes_the_next_day() -> None:
    """One that lapsed comes tomorrow at its hour, and not at all if the line was told meanwhile."""
    life = Life().agrees(15, 20)
    life.falls_due()
    life.now += dt.timedelta(hours=2)
    assert not life.does(due="lapsed").replies
    assert life.who.due_at == dt.datetime(2026, 12, 16, 12, tzinfo=dt.UTC)
    told = Life().agrees(15, 20)
    told.who, told.now = life.who, life.now + dt.timedelta(hours=1)
    told.does(text="32000")
    assert not told.falls_due().replies
    assert told.who.due_at == dt.datetime(2027, 1, 15, 12, tzinfo=dt.UTC)
    assert asks_for_the_line(life.falls_due())


def test_reminders_end_when_nobody_is_there() -> None:
    """Blocked once, or three times without an answer: no more of them; the third says that it is the last."""
    life = Life().agrees()
    life.falls_due()
    life.does(due="gone")
    assert life.who.due_at is None
    silent = Life(language="en").agrees()
    turns = [silent.falls_due() for _ in range(4)]
    assert [asks_for_the_line(turn) for turn in turns] == [True, True, True, False]
    assert "in peace" in said_in_turn(turns[2])
    assert silent.who.due_at is None


def test_an_answer_keeps_reminders_going() -> None:
    """Whoever answers, or says not this time, is asked again however often they were silent before."""
    life = Life().agrees()
    for answer in ("same:", "pass:"):
        life.falls_due()
        life.falls_due()
        life.does(action=answer)
        assert life.who.following.checkin is not None
        assert life.who.following.checkin.unheard == 0


def test_a_clock_that_is_chosen_moves_the_reminder() -> None:
    """The same hour by another clock, and the card names that clock."""
    life = Life(language="en").agrees(15, 20)
    offered = life.does(action="remind:clocks").replies[0]
    assert len([b for row in offered.buttons for b in row if b.action.startswith("remind:zone:")]) == len(CLOCKS)
    turn = life.does(action="remind:zone:Europe/London")
    assert life.who.due_at == dt.datetime(2026, 12, 15, 20, tzinfo=dt.UTC)
    assert "London time" in said_in_turn(turn)


@settings(max_examples=60, deadline=None)
@given(
    day=st.integers(1, 31),
    hour=st.integers(8, 21),
    clock=st.sampled_from(CLOCKS),
    waits=st.lists(st.timedeltas(dt.timedelta(), dt.timedelta(days=3)), min_size=1, max_size=8),
)
def test_no_one_is_asked_at_night_or_twice_a_day(day: int, hour: int, clock: str, waits: list[dt.timedelta]) -> None:
    """However late each letter comes, questions fall on different days by day, and after each another is planned."""
    life = Life("unknown_line")
    life.who = life.who.but(goal=None)
    life.agrees(day, hour)
    life.does(action=f"remind:zone:{clock}")
    days: list[dt.date] = []
    for wait in waits:
        turn = life.falls_due(wait)
        local = life.now.astimezone(ZONES[clock])
        if asks_for_the_line(turn):
            assert 8 <= local.hour < 22
            days.append(local.date())
            life.does(action="pass:")
        assert life.who.due_at is not None
        assert life.who.due_at > life.now
    assert len(set(days)) == len(days)


def test_a_clock_without_a_reminder_is_no_reminder() -> None:
    """An old button of a clock brings the days to choose from, and nothing falls due."""
    life = Life()
    assert life.does(action="remind:zone:Asia/Tokyo").replies
    assert life.who.due_at is None
