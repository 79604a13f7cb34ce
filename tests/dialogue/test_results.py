"""Results in layers: a case beside the person's own numbers, one line, one screen, and all the details."""

from __future__ import annotations

import pytest

from bot.dialogue.estimate import estimate
from bot.dialogue.messages import Reply, Text
from bot.dialogue.screens import screen
from knowledge.cases import compare
from tests.dialogue.cast import CAST, Person
from tests.journeys.walking import scene_now


def _words(replies: tuple[Reply, ...]) -> str:
    return "\n".join(block.markup for reply in replies for block in reply.blocks if isinstance(block, Text))


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
@pytest.mark.parametrize(("language", "marked"), [("zh", "只是示意"), ("en", "An illustration only")])
def test_a_case_is_set_beside_the_persons_own_numbers(person: Person, language: str, marked: str) -> None:
    """Where a case is told, every compared fact stands there by its label, and it is marked as an illustration."""
    who = person.asking("assess", language)
    scene = scene_now()
    found = estimate(who, scene)
    words = _words(screen(who, scene))
    if found.match is None:
        assert marked not in words
        return
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
