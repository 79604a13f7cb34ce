"""Calendars: each step of a plan on a day of its own, the same when made again, and discreet where it must be."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from icalendar import Calendar

from bot.dialogue.conversation import Language
from bot.dialogue.estimate import estimate
from bot.dialogue.papers import calendar_of
from bot.dialogue.papers_calendar import calendar_content
from bot.documents.making import make_paper
from simulator.unit_periods import add_months
from tests.dialogue.cast import CAST, LANGUAGES, Person
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

PLANNED = [person for person in CAST if person.name in {"clerk", "factory", "five_lenders", "late"}]


def _made(person: Person, language: Language = "zh") -> bytes:
    paper = calendar_of(person.asking("assess", language), scene_now())
    assert paper is not None
    return make_paper(paper, scene_now().library.phrases).data


@pytest.mark.parametrize("person", PLANNED, ids=lambda person: person.name)
def test_every_step_has_an_event_on_a_day_of_its_own(person: Person) -> None:
    """One event a step in its month, none before tomorrow and no two on one day, and one look back."""
    steps = estimate(person.asking("assess"), scene_now()).plan.plan
    days = sorted(event.start.date() for event in Calendar.from_ical(_made(person)).events)
    assert len(days) == len(set(days)) == len(steps) + 1
    assert days[0] > NOW.date()
    for step in steps:
        month = add_months(NOW.date(), step.start_month)
        assert any(month < day <= month + dt.timedelta(days=1 + 3 * len(steps)) for day in days)


@pytest.mark.parametrize("person", PLANNED, ids=lambda person: person.name)
def test_events_are_private_gentle_and_float(person: Person) -> None:
    """Every event is private, blocks no time, reminds once when it begins, and names no zone."""
    for event in Calendar.from_ical(_made(person)).events:
        assert (event["CLASS"], event["TRANSP"]) == ("PRIVATE", "TRANSPARENT")
        assert event.start.tzinfo is None
        assert event.end - event.start == dt.timedelta(minutes=30)
        (alarm,) = event.walk("VALARM")
        assert alarm["TRIGGER"].dt == dt.timedelta(0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", PLANNED, ids=lambda person: person.name)
def test_titles_tell_no_figures_and_no_debts(person: Person, language: Language) -> None:
    """Others may see titles: no digit stands in any, and where debts come first they tell nothing of it at all."""
    events = Calendar.from_ical(_made(person, language)).events
    titles = {str(event["SUMMARY"]) for event in events}
    assert [title for title in titles if re.search(r"\d", title)] == []
    if estimate(person.asking("assess"), scene_now()).gated:
        say = scene_now().library.phrases.say
        assert titles == {say(language, f"document.calendar.{key}") for key in ("discreet_title", "look_title")}


def test_taken_in_again_nothing_doubles() -> None:
    """Made later the events keep their names and go on, so that a calendar moves them; another person's differ."""
    clerk, scene = PLANNED[0].asking("assess"), scene_now()
    found = estimate(clerk, scene)
    later = type(scene)(scene.library, scene.packs, NOW + dt.timedelta(days=3))
    first, again = (calendar_content(clerk, found, one)["events"] for one in (scene, later))
    other = calendar_content(clerk.but(id="someone"), found, scene)["events"]
    names = [[event["uid"] for event in events] for events in (first, again, other)]
    assert names[0] == names[1]
    assert not set(names[0]) & set(names[2])
    assert all(clerk.id not in name for name in names[0])


def test_lines_are_folded_and_bytes_are_equal() -> None:
    """No line is longer than 75 octets, as the standard asks, and equal plans give equal bytes."""
    made = _made(PLANNED[0])
    assert max(len(line) for line in made.split(b"\r\n")) <= 75
    assert made == _made(PLANNED[0])


def test_without_a_plan_there_is_no_calendar() -> None:
    """Who has no plan, or no result yet, gets none."""
    scene = scene_now()
    clerk = PLANNED[0]
    assert calendar_of(clerk.asking("diagnose"), scene) is None
    assert calendar_of(clerk.asking("assess").but(accepted=False, hurried=False), scene) is None
