"""No number of unknown origin: each comes from the person, the simulator, the clock, a hotline or a cited fact."""

from __future__ import annotations

import pytest

from bot.dialogue.conversation import Conversation, Language
from bot.dialogue.estimate import base_forecast, estimate
from bot.dialogue.estimate_sources import sources_reply
from bot.dialogue.messages import Arrival, Fan, Reply
from bot.dialogue.screens import screen
from bot.dialogue.turn import take_turn
from knowledge.own_figures import CONSTANTS, HOTLINES
from simulator.results import Range
from tests.dialogue.cast import CAST, OFFER, SEEN, TARGET, Person, Told
from tests.dialogue.ledger import allowed, tokens, without_sources
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

BESIDES: dict[str, dict[str, Told]] = {
    "assess": {},
    "plan": {"target": TARGET},
    "diagnose": dict(SEEN),
    "cost": dict(OFFER),
    "afford": dict(OFFER),
}


def _foreign(who: Conversation, replies: tuple[Reply, ...]) -> set[str]:
    scene = scene_now()
    words = "\n".join(piece for reply in replies for piece in words_of(reply))
    return tokens(without_sources(words, who, scene)) - allowed(who, scene)


def _corners(ahead: Range) -> tuple[float, float, float]:
    return (ahead.p10, ahead.p50, ahead.p90)


@pytest.mark.parametrize("goal", BESIDES)
@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_number_of_a_result_has_an_origin(goal: str, person: Person, language: Language) -> None:
    """What is told at the end of an interview says no number but those that the ledger of that result lists."""
    who = person.asking(goal, language, **BESIDES[goal])
    assert _foreign(who, screen(who, scene_now())) == set()


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_number_of_the_details_has_an_origin(person: Person, language: Language) -> None:
    """The tables of all reasons and parameters hold the simulator's numbers and nothing else."""
    who = person.asking("assess", language)
    assert _foreign(who, (sources_reply(who, base_forecast(who, scene_now()), scene_now()),)) == set()


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
def test_the_chart_draws_the_forecast(person: Person) -> None:
    """Every corner of the fan is the simulator's own, without and with the plan; who is burdened sees none."""
    who = person.asking("assess")
    found = estimate(who, scene_now())
    turn = take_turn(who, Arrival(key="k", at=NOW, action="layer:months"), scene_now())
    fans = [block for reply in turn.replies for block in reply.blocks if isinstance(block, Fan)]
    assert len(fans) == (0 if found.gated else 1)
    for fan in fans:
        assert [_corners(found.base.line[month]) for month in fan.months] == list(fan.without)
        assert [_corners(found.planned[month]) for month in fan.months if found.planned] == list(fan.with_plan)


def test_what_a_person_told_is_told_back() -> None:
    """The sentinels do arrive: the odd line that somebody named stands in the result to the last yuan."""
    who = CAST[0].asking("assess", "en")
    words = "\n".join(piece for reply in screen(who, scene_now()) for piece in words_of(reply))
    assert "¥31,417" in tokens(words)


@pytest.mark.parametrize(
    ("language", "slipped"), [("zh", "大约 77,777 元"), ("en", "about 7.77% a year"), ("en", "¥9")]
)
def test_a_number_that_slips_in_is_found(language: Language, slipped: str) -> None:
    """One made-up number among hundreds of true ones is caught."""
    who = CAST[0].asking("assess", language)
    replies = screen(who, scene_now())
    forged = Reply(blocks=(replies[0].blocks[0].model_copy(update={"markup": slipped}),))
    assert _foreign(who, (*replies, forged)) == tokens(slipped)


def test_constants_are_few_and_named() -> None:
    """Every number that the house may say without a source has its reason in words."""
    assert len(CONSTANTS) <= 6
    assert all(len(reason) > 5 for reason in (*CONSTANTS.values(), *HOTLINES.values()))
