"""The cards of reminders: the monthly question itself, and the choice of day, hour and clock."""

from __future__ import annotations

from bot.dialogue.cards import CARD, said, value_words
from bot.dialogue.conversation import Conversation
from bot.dialogue.followed import FIRST_HOUR, LAST_HOUR, Checkin
from bot.dialogue.following_days import zone_of
from bot.dialogue.messages import Button, Reply
from bot.dialogue.scene import Scene

CHECKIN = "checkin"
"""The slot of a reminder that is on its way, by which it can be taken back."""

DAYS = (1, 5, 10, 15, 20, 25, 31)
HOURS = (9, 12, 15, 18, 20, 21)
_LAST_BUT_ONE = 2
_NOON = 12


def checkin_card(who: Conversation, scene: Scene, preface: str = "") -> Reply:
    """The question of the month: the line as it is now, in one tap where nothing has moved, with the way out."""
    question, checkin = scene.library.questions["current_line"], who.following.checkin
    last = checkin is not None and checkin.unheard > _LAST_BUT_ONE
    block = scene.text(who, "checkin.ask", preface=preface, last=last, reminded=checkin is not None)
    before = who.answers.get(question.id)
    same: tuple[Button, ...] = ()
    if before is not None and before.value is not None:
        told = value_words(who, question, before, scene)
        same = (scene.button(who, "checkin.same", "same:", value=told),)
    bands = [
        Button(label=said(who, scene, choice.label), action=f"pick:{question.id}:{nth}")
        for nth, choice in enumerate(question.choices)
    ]
    rows = [same, *(tuple(bands[nth : nth + 2]) for nth in range(0, len(bands), 2))]
    ways = (scene.button(who, "checkin.pass", "pass:"), scene.button(who, "remind.stop", "unremind:"))
    return Reply(blocks=(block,), buttons=tuple(row for row in (*rows, ways) if row), slot=CARD, hint="letter")


def remind_card(who: Conversation, scene: Scene, preface: str = "") -> Reply:
    """Whether and when somebody is reminded, and the days to choose from."""
    checkin = who.following.checkin
    words = None if checkin is None else agreed_words(who, checkin, scene)
    hours = {"morning": FIRST_HOUR, "night": LAST_HOUR + 1 - _NOON}
    block = scene.text(who, "remind.offer", preface=preface, agreed=words, **hours)
    days = [scene.button(who, "remind.day", f"remind:day:{day}", day=day) for day in DAYS]
    rows = [tuple(days[nth : nth + 2]) for nth in range(0, len(days), 2)]
    if checkin is not None:
        rows.append((scene.button(who, "remind.clock", "remind:clocks"), scene.button(who, "remind.stop", "unremind:")))
    return Reply(blocks=(block,), buttons=(*rows, (scene.button(who, "menu.back", "menu:"),)), slot=CARD)


def hour_card(who: Conversation, day: int, scene: Scene) -> Reply:
    """The hours to choose from for a day."""
    hours = [Button(label=f"{hour}:00", action=f"remind:at:{day}:{hour}") for hour in HOURS]
    rows = tuple(tuple(hours[nth : nth + 3]) for nth in range(0, len(hours), 3))
    clock = clock_words(who, "" if who.following.checkin is None else who.following.checkin.zone, scene)
    block = scene.text(who, "remind.which_hour", day=day, clock=clock)
    return Reply(blocks=(block,), buttons=(*rows, (scene.button(who, "card.back", "remind:"),)), slot=CARD)


def clock_card(who: Conversation, scene: Scene) -> Reply:
    """The clocks to choose from, each with the time it shows now."""
    clocks = [
        Button(
            label=f"{clock_words(who, name, scene)} {scene.now.astimezone(zone):%H:%M}", action=f"remind:zone:{name}"
        )
        for name, zone in scene.zones.items()
    ]
    rows = tuple(tuple(clocks[nth : nth + 2]) for nth in range(0, len(clocks), 2))
    block = scene.text(who, "remind.which_clock")
    return Reply(blocks=(block,), buttons=(*rows, (scene.button(who, "card.back", "remind:"),)), slot=CARD)


def agreed_words(who: Conversation, checkin: Checkin, scene: Scene) -> str:
    """What was agreed: the day, the hour, whose clock, and the next date."""
    due = checkin.due.astimezone(zone_of(checkin, scene))
    clock = clock_words(who, checkin.zone, scene)
    return scene.say(
        who, "remind.agreed", day=checkin.day, hour=f"{checkin.hour}:00", clock=clock, due=f"{due:%Y-%m-%d %H:%M}"
    )


def clock_words(who: Conversation, zone: str, scene: Scene) -> str:
    """The name of a clock; the house's own where none was chosen."""
    name = zone or str(scene.now.tzinfo)
    key = f"clock.{name}"
    return scene.say(who, key) if key in scene.library.phrases.keys("zh") else scene.say(who, "clock.own")
