"""Follow: ticks on the plan, a reminder each month for who asks for one, and predictions beside what came true."""

from __future__ import annotations

import datetime as dt

from bot.dialogue.conversation import Conversation
from bot.dialogue.followed import FIRST_HOUR, LAST_HOUR, Checkin
from bot.dialogue.following import GOAL, answered_same, passed_over, returned, stopped
from bot.dialogue.following_card import agreed_words, clock_card, hour_card, remind_card
from bot.dialogue.following_days import FIRST_AFTER, next_due, zone_of
from bot.dialogue.following_words import tell_outcome
from bot.dialogue.foretelling import assessed, with_forecast, with_plan
from bot.dialogue.interview import answered_path
from bot.dialogue.messages import Reply
from bot.dialogue.scene import Ability, Scene, Turn
from bot.dialogue.ticking import MARKS, counting, done_card, moved_answers, step_card, steps_card, ticked

_LONGEST_MONTH = 31
_FARTHEST = dt.timedelta(hours=26)
"""How far two clocks on this earth may differ: a reminder stays on its day when its clock is changed."""


def _remind(who: Conversation, argument: str, scene: Scene) -> Turn:
    what, _, rest = argument.partition(":")
    if what == "day" and _number(rest, 1, _LONGEST_MONTH):
        return _shown(who, hour_card(who, int(rest), scene))
    if what == "clocks" and scene.zones:
        return _shown(who, clock_card(who, scene))
    if what == "zone" and rest in scene.zones:
        return _moved_clock(who, rest, scene)
    day, _, hour = rest.partition(":")
    if what == "at" and _number(day, 1, _LONGEST_MONTH) and _number(hour, FIRST_HOUR, LAST_HOUR):
        return _agreed(who, int(day), int(hour), scene)
    return _shown(who, remind_card(who, scene))


def _number(text: str, least: int, most: int) -> bool:
    return text.isdecimal() and len(text) <= len(str(most)) and least <= int(text) <= most


def _shown(who: Conversation, reply: Reply) -> Turn:
    return Turn(who, (reply,), show=False)


def _agreed(who: Conversation, day: int, hour: int, scene: Scene) -> Turn:
    """A reminder each month; what is foretold today is kept, so that it can be laid beside what comes true."""
    before = who.following.checkin
    zone, asked = zone_of(before, scene), before.asked if before is not None else None
    due = next_due(scene.now + FIRST_AFTER, day, hour, zone, asked)
    checkin = Checkin(day=day, hour=hour, zone="" if before is None else before.zone, due=due, asked=asked)
    kept = with_forecast(who.but(following=who.following.but(checkin=checkin)), scene)
    words = scene.say(who, "remind.set", agreed=agreed_words(who, checkin, scene))
    return _shown(kept, remind_card(kept, scene, words)).noting("checkin", "agreed")


def _moved_clock(who: Conversation, zone: str, scene: Scene) -> Turn:
    before = who.following.checkin
    if before is None:
        return _shown(who, remind_card(who, scene))
    there = before.but(zone=zone)
    after = max(scene.now, before.due - _FARTHEST)
    due = next_due(after, there.day, there.hour, zone_of(there, scene), there.asked)
    moved = who.but(following=who.following.but(checkin=there.but(due=due)))
    return _shown(moved, remind_card(moved, scene))


def _ticks(who: Conversation, argument: str, scene: Scene) -> Turn:
    """The plan's steps; it is made when there is none yet, or anew when that is asked for."""
    if not answered_path(assessed(who), scene.library):
        start = scene.button(who, "menu.assess", "goal:assess")
        reply = Reply(
            blocks=(scene.text(who, "ticks.none"),), buttons=((start,), (scene.button(who, "menu.back", "menu:"),))
        )
        return _shown(who, reply)
    kept = who if who.following.steps and argument != "new" else with_plan(who, scene)
    return _shown(kept, steps_card(kept, scene)).noting("ticks", argument)


def _tick(who: Conversation, argument: str, scene: Scene) -> Turn:
    action, _, mark = argument.partition(":")
    step = next((one for one in who.following.steps if one.action == action), None)
    entry = scene.library.actions.get(action)
    if step is None or entry is None:
        return Turn(who, preface=scene.say(who, "card.gone"))
    chosen = next((one for one in MARKS if one == mark), None)
    if chosen is None:
        return _shown(who, step_card(who, step, scene))
    after = ticked(who, action, chosen, scene)
    if chosen == "done" and moved_answers(after, entry, scene):
        return _shown(after, done_card(after, entry, scene)).noting("ticks", chosen)
    return _shown(after, steps_card(after, scene, scene.say(who, f"ticks.noted_{chosen}"))).noting("ticks", chosen)


def _moved(who: Conversation, argument: str, scene: Scene) -> Turn:
    """Take the usual effect of a step as the answer now, because the person said so."""
    action, _, nth = argument.partition(":")
    entry = scene.library.actions.get(action)
    changes = () if entry is None else moved_answers(who, entry, scene)
    if entry is None or not _number(nth, 0, len(changes) - 1) or changes[int(nth)].now is None:
        return Turn(who, preface=scene.say(who, "card.gone"))
    question, now = changes[int(nth)]
    after = who if now is None else counting(who, question, scene).answered(question.id, now)
    return _shown(after, done_card(after, entry, scene)).noting("answer", question.id)


def _retell(who: Conversation, argument: str, scene: Scene) -> Turn:
    """Change one answer and see the result again."""
    question = scene.library.questions.get(argument)
    if question is None:
        return Turn(who, preface=scene.say(who, "card.gone"))
    asked = assessed(counting(who, question, scene))
    return Turn(asked.but(focus=argument, doubt=None, failures=0, hurried=True, reviewing=False)).noting(
        "edit", argument
    )


ABILITY = Ability(
    name=GOAL,
    commands={"progress": _ticks},
    verbs={
        "remind": _remind,
        "unremind": stopped,
        "same": answered_same,
        "pass": passed_over,
        "return": returned,
        "ticks": _ticks,
        "tick": _tick,
        "moved": _moved,
        "retell": _retell,
    },
    tell=tell_outcome,
)
