"""Following: what becomes of a reminder that has fallen due, and of what its person answers to it."""

from __future__ import annotations

import datetime as dt

from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.followed import Checkin
from bot.dialogue.following_card import CHECKIN, checkin_card
from bot.dialogue.following_days import evening, next_allowed, next_due, zone_of
from bot.dialogue.foretelling import with_forecast
from bot.dialogue.interview import next_question
from bot.dialogue.messages import Reply
from bot.dialogue.scene import Scene, Turn

GOAL = "follow"
LINE = "current_line"

MOST_UNHEARD = 3
"""Reminders in a row without any answer, after which there are no more."""

_IN_HAND = dt.timedelta(hours=1)
"""Whoever answered a card of an interview so lately is not interrupted."""

_ANSWERED = dt.timedelta(days=5)
"""A line told so lately after a reminder was its answer, even if the reminder itself came late or never."""


def due_turn(who: Conversation, what: str, scene: Scene) -> Turn:
    """The turn for something that fell due: a reminder goes out, is put off, or ends; a stale one changes nothing."""
    checkin = who.following.checkin
    if checkin is None or who.due_at is None:
        return Turn(who, show=False)
    if what == "gone" or checkin.unheard >= MOST_UNHEARD:
        return Turn(_reminded(who, None), show=False).noting("checkin", "ended")
    zone = zone_of(checkin, scene)
    if what == "lapsed":
        return _put_off(who, checkin, next_allowed(scene.now, checkin.hour, zone, checkin.asked or scene.now))
    return Turn(who, show=False) if scene.now < checkin.due else _fallen_due(who, what, checkin, scene)


def _fallen_due(who: Conversation, what: str, checkin: Checkin, scene: Scene) -> Turn:
    if who.paused_by is not None or _answered(who, checkin, scene):
        return _put_off(who, checkin, next_due(scene.now, checkin.day, checkin.hour, zone_of(checkin, scene)))
    later = scene.now if what == "here" else _later(who, checkin, scene)
    return _put_off(who, checkin, later) if later > scene.now else _asked(who, checkin, scene)


def _answered(who: Conversation, checkin: Checkin, scene: Scene) -> bool:
    """Whether the line was told since the last reminder, of which this one is only the late remainder."""
    told = who.answers.get(LINE)
    if checkin.asked is None or told is None or scene.now - checkin.asked > _ANSWERED:
        return False
    return told.at > checkin.asked


def _later(who: Conversation, checkin: Checkin, scene: Scene) -> dt.datetime:
    """When this reminder may go out at the earliest: not at night, twice a day, or amid an interview."""
    zone = zone_of(checkin, scene)
    start = scene.now
    latest = max((answer.at for answer in who.answers.values()), default=None)
    busy = who.goal not in {None, GOAL} and next_question(who, scene.library) is not None
    if busy and latest is not None and dt.timedelta() <= scene.now - latest < _IN_HAND:
        start = scene.now + _IN_HAND
    return next_allowed(start, checkin.hour, zone, checkin.asked)


def _put_off(who: Conversation, checkin: Checkin, due: dt.datetime) -> Turn:
    return Turn(_reminded(who, checkin.but(due=due)), show=False).noting("checkin", "later")


def _asked(who: Conversation, checkin: Checkin, scene: Scene) -> Turn:
    zone = zone_of(checkin, scene)
    due = next_due(scene.now, checkin.day, checkin.hour, zone, scene.now)
    asked = checkin.but(due=due, asked=scene.now, unheard=checkin.unheard + 1)
    before = who.following.before if who.goal == GOAL else who.goal
    following = who.following.but(checkin=asked, before=before)
    after = with_forecast(_asking(who).but(following=following), scene)
    card = checkin_card(after, scene).model_copy(update={"slot": CHECKIN, "lapses": evening(scene.now, zone)})
    return Turn(after, (card,), show=False).noting("checkin", "asked")


def _asking(who: Conversation) -> Conversation:
    """The person with the question of the line open; a result or an interview waits as it stands."""
    return who.but(goal=GOAL, focus=LINE, doubt=None, failures=0, reviewing=False)


def answered_same(who: Conversation, _argument: str, scene: Scene) -> Turn:
    """The line is what it was: told anew as of now."""
    before = who.answers.get(LINE)
    if before is None or before.value is None:
        return Turn(_asking(who))
    same = Answer(value=before.value, low=before.low, high=before.high, at=scene.now, source="kept")
    return Turn(_asking(who).answered(LINE, same)).noting("checkin", "same")


def passed_over(who: Conversation, _argument: str, scene: Scene) -> Turn:
    """Not this month; what was told before stays."""
    rested = _returned(who).but(following=who.following.heard)
    return Turn(rested, preface=scene.say(who, "checkin.passed_over")).noting("checkin", "skipped")


def returned(who: Conversation, _argument: str, _scene: Scene) -> Turn:
    """Back to what the reminder interrupted."""
    return Turn(_returned(who))


def _returned(who: Conversation) -> Conversation:
    if who.goal != GOAL:
        return who
    return who.but(goal=who.following.before, focus=None, doubt=None, failures=0)


def stopped(who: Conversation, _argument: str, scene: Scene) -> Turn:
    """No more reminders from now on, and whatever of them is on its way is taken back."""
    rested, words = _reminded(_returned(who), None), scene.text(who, "remind.stopped")
    if who.paused_by is not None or who.consent_at is None or not who.adult:
        turn = Turn(rested, (Reply(blocks=(words,)),), show=False, unsay=CHECKIN)
    else:
        turn = Turn(rested, preface=words.markup, unsay=CHECKIN)
    return turn.noting("checkin", "stopped")


def _reminded(who: Conversation, checkin: Checkin | None) -> Conversation:
    return who.but(following=who.following.but(checkin=checkin))
