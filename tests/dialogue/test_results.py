"""Results in layers: a case beside the person's own numbers, one line, one screen, and all the details."""

from __future__ import annotations

import pytest

from bot.dialogue.estimate import estimate
from bot.dialogue.estimate_words import line_words
from bot.dialogue.messages import Arrival, Reply, Table, Text
from bot.dialogue.screens import screen
from bot.dialogue.turn import take_turn
from knowledge.cases import compare
from knowledge.figures import about, percent
from tests.dialogue.cast import CAST, Person
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")


def _words(replies: tuple[Reply, ...]) -> str:
    return "\n".join(block.markup for reply in replies for block in reply.blocks if isinstance(block, Text))


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
@pytest.mark.parametrize(("language", "marked"), [("zh", "只是示意"), ("en", "An illustration only")])
def test_a_case_is_set_beside_the_persons_own_numbers(person: Person, language: str, marked: str) -> None:
    """Where a case is told, every compared fact stands there by its label, and it is marked as an illustration."""
    who = person.asking("assess", language)
    scene = scene_now()
    found = estimate(who, scene)
    words = _words(take_turn(who, Arrival(key="k", at=NOW, action="layer:case"), scene).replies)
    if found.match is None:
        assert marked not in words
        return
    assert found.match.case.title.said_in(language) in _words(screen(who, scene))
    beside = compare(found.match, found.facts)
    labels = {q.fact: q.label.said_in(language) for q in scene.library.questions.values()}
    told = words[words.index(found.match.case.lesson.said_in(language)) :]
    assert [pair.fact for pair in (*beside.agree, *beside.differ) if labels[pair.fact] not in told] == []
    assert marked in told


def test_most_of_the_cast_meets_a_case() -> None:
    """Who told a few things about themselves is shown somebody like them; who told one thing is not."""
    met = {person.name for person in CAST if estimate(person.asking("assess"), scene_now()).match is not None}
    assert len(met) >= len(CAST) - 2
    assert "silent" not in met


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_estimate_opens_with_one_bold_line(person: Person, language: str) -> None:
    """The first line under the heading says middle, range and stillness; who is burdened gets no such line."""
    who, scene = person.asking("assess", language), scene_now()
    found = estimate(who, scene)
    lines = [line for line in _words(screen(who, scene)).splitlines() if line]
    told = f"**{line_words(who, found.base, scene)}**"
    if found.gated:
        assert told not in lines
        return
    assert lines[1] == told
    say = scene.library.phrases.say
    for month in (6, 12):
        assert say(language, "value.number", **_amount(about(found.base.line[month].p50))) in told
    assert percent(found.base.no_change_probability, 0) in told


def _amount(yuan: float) -> dict[str, object]:
    return {"value": yuan, "low": None, "high": None, "unit": "yuan", "hear": "money"}


@pytest.mark.parametrize(("language", "told"), [("zh", "不用为它做什么"), ("en", "nothing needs doing")])
def test_a_target_that_is_reached_needs_no_plan(language: str, told: str) -> None:
    """Who asks for less than they have is told so; who asks for more is told how likely it is."""
    engineer = next(person for person in CAST if person.name == "engineer")
    scene = scene_now()
    assert told in _words(screen(engineer.asking("plan", language, target=88_608.0), scene))
    assert told not in _words(screen(engineer.asking("plan", language, target=88_610.0), scene))
    unknown = next(person for person in CAST if person.name == "unknown_line")
    assert told not in _words(screen(unknown.asking("plan", language, target=1_000.0), scene))


def test_every_estimate_leads_on_to_all_details() -> None:
    """Behind the one line and the one screen, two taps open every reason and rule that moved a number."""
    who, scene = CAST[0].asking("assess"), scene_now()
    actions = [button.action for reply in screen(who, scene) for row in reply.buttons for button in row]
    assert "layer:rest" in actions
    rest = take_turn(who, Arrival(key="k", at=NOW, action="layer:rest"), scene).replies
    assert "details:" in [button.action for reply in rest for row in reply.buttons for button in row]
    turn = take_turn(who, Arrival(key="k", at=NOW, action="details:"), scene)
    tables = [block for reply in turn.replies for block in reply.blocks if isinstance(block, Table)]
    base = estimate(who, scene).base
    assert [len(table.rows) for table in tables] == [len(base.reasons), len(base.trace)]


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
def test_no_table_is_empty(person: Person) -> None:
    """Where there is nothing to list, words say so."""
    for goal in ("assess", "plan", "diagnose", "cost", "afford"):
        shown = screen(person.asking(goal, "zh"), scene_now())
        tables = [block for reply in shown for block in reply.blocks if isinstance(block, Table)]
        assert [table.title or table.header for table in tables if not table.rows] == []


def test_without_reasons_words_say_why() -> None:
    """Who told only the line hears that more answers bring reasons."""
    scene = scene_now()
    silent = next(person for person in CAST if person.name == "silent").asking("assess", "en")
    layer = take_turn(silent, Arrival(key="k", at=NOW, action="layer:reasons"), scene)
    assert "sets you clearly apart" in _words(layer.replies)
    assert "sets you clearly apart" in _words(screen(silent, scene))
