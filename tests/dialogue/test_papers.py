"""Papers: every result goes on paper by one press, from the very data that its screens show, and nothing else does."""

from __future__ import annotations

import pytest

from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import estimate
from bot.dialogue.messages import Arrival, Paper, Reply
from bot.dialogue.screens import screen
from bot.dialogue.turn import take_turn
from knowledge.figures import about
from tests.dialogue.cast import CAST, LANGUAGES, OFFER, SEEN, Person
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

CLERK, BURDENED = CAST[0], CAST[5]
FORMS = {"pdf": "report", "calendar": "calendar", "sheet": "sheet"}
EXTRA = {"assess": {}, "diagnose": SEEN, "cost": OFFER}


def _pressed(who: Conversation, action: str) -> tuple[Reply, ...]:
    return take_turn(who, Arrival(key="1", at=NOW, action=action), scene_now()).replies


def _papers(replies: tuple[Reply, ...]) -> list[Paper]:
    return [block for reply in replies for block in reply.blocks if isinstance(block, Paper)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("goal", "verbs"), [("assess", ("pdf", "calendar", "sheet")), ("diagnose", ("pdf",)), ("cost", ("pdf", "sheet"))]
)
def test_a_press_gives_the_paper_and_changes_nothing(goal: str, verbs: tuple[str, ...], language: str) -> None:
    """Each paper of a result comes by its verb, in the person's language, with a caption and a plain name."""
    who = CLERK.asking(goal, language, **EXTRA[goal])
    for verb in verbs:
        turn = take_turn(who, Arrival(key="1", at=NOW, action=f"{verb}:"), scene_now())
        (paper,) = _papers(turn.replies)
        assert (paper.form, paper.language) == (FORMS[verb], language)
        assert paper.name.startswith(f"limit-guide-{paper.form}-2026-11-21.")
        assert paper.caption
        assert turn.conversation.answers == who.answers
        assert [(note.kind, note.detail) for note in turn.notes] == [("paper", paper.form)]


@pytest.mark.parametrize("verb", FORMS)
def test_equal_answers_give_equal_papers(verb: str) -> None:
    """Asked for twice, or by somebody who answered the same, a paper holds the same."""
    first, second = (_papers(_pressed(CLERK.asking("assess"), f"{verb}:"))[0] for _ in range(2))
    assert first == second


@pytest.mark.parametrize("verb", FORMS)
def test_without_a_result_there_is_no_paper(verb: str) -> None:
    """In the middle of an interview, before the check, at the menu: it is said, and what stands is shown."""
    scene = scene_now()
    asking = CLERK.asking("assess").but(answers={}, hurried=False, accepted=False)
    for who in (asking, CLERK.asking("assess").but(hurried=False, accepted=False), asking.but(goal=None)):
        replies = _pressed(who, f"{verb}:")
        assert _papers(replies) == []
        assert [reply.buttons for reply in replies] == [reply.buttons for reply in screen(who, scene)]
    kept = {"pdf": ("report",)}.get(verb, ())
    assert tuple(paper.form for paper in _papers(_pressed(CLERK.asking("diagnose", **SEEN), f"{verb}:"))) == kept


@pytest.mark.parametrize("person", [CLERK, BURDENED], ids=lambda person: person.name)
def test_nobody_under_age_or_without_consent_gets_a_paper(person: Person) -> None:
    """Papers are for adults who agreed."""
    for change in ({"adult": False}, {"consent_at": None}):
        assert [_papers(_pressed(person.asking("assess").but(**change), f"{verb}:")) for verb in FORMS] == [[]] * 3


def test_the_sheet_has_the_range_of_the_result() -> None:
    """Months, reasons and steps of the sheet are those of the estimate, rounded as everywhere."""
    who = CLERK.asking("assess")
    found = estimate(who, scene_now())
    (paper,) = _papers(_pressed(who, "sheet:"))
    ahead = paper.content["ahead"]
    assert isinstance(ahead, list)
    assert [month["without"][1] for month in ahead] == [about(one.p50) for one in found.base.line]
    assert [month["with_plan"][2] for month in ahead] == [about(one.p90) for one in found.planned]
    assert sorted(abs(why["yuan"]) for why in paper.content["reasons"]) == sorted(
        abs(about(reason.yuan)) for reason in found.base.reasons
    )
    assert len(paper.content["plan"]) == len(found.plan.plan)


def test_the_burdened_get_a_budget_and_no_range() -> None:
    """Where the debts come first the sheet is a budget with the debts that were told, and holds no range."""
    (paper,) = _papers(_pressed(BURDENED.asking("assess"), "sheet:"))
    assert set(paper.content) == {"made", "budget", "plan", "sources"}
    assert paper.content["budget"]["income"] == 8923.0
    assert [debt["monthly"] for debt in paper.content["budget"]["debts"]] == [None, 6329.0]


def test_two_offers_go_into_one_sheet() -> None:
    """A comparison gives both offers, the second at the same cash in hand; an offer that cannot be read gives none."""
    second = {name.replace("cost_", "second_"): told for name, told in OFFER.items() if name.startswith("cost_")}
    who = CLERK.asking("compare", **{**OFFER, **second, "second_rate": "0.012/month", "second_fee_share": 0.0})
    (paper,) = _papers(_pressed(who, "sheet:"))
    first, other = paper.content["offers"]
    assert first["received"] == pytest.approx(other["received"], abs=0.01)
    assert _papers(_pressed(who, "pdf:")) == []
    assert _papers(_pressed(CLERK.asking("cost", **{**OFFER, "cost_months": 0.0}), "sheet:")) == []
