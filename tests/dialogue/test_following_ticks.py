"""Ticks: what was done or is nothing for somebody is kept, and moves an answer only when they say so."""

from __future__ import annotations

import pytest

from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import base_forecast
from bot.dialogue.followed import Following, KeptStep
from tests.dialogue.followed_life import Life, said_in_turn, scene_at
from tests.journeys.walking import NOW

pytestmark = pytest.mark.usefixtures("reckoned_once")


def test_ticks_are_kept_with_their_date_and_outlive_a_new_plan() -> None:
    """Done and not for me stay when the plan is made anew, which then leaves them out."""
    life = Life()
    life.does(command="progress")
    first, *others = [step.action for step in life.who.following.steps]
    life.does(action=f"tick:{first}:done")
    for other in others:
        life.does(action=f"tick:{other}:unfit")
    life.does(action="ticks:new")
    marks = {step.action: (step.mark, step.at) for step in life.who.following.steps}
    assert marks[first] == ("done", NOW)
    assert all(marks[other] == ("unfit", NOW) for other in others)
    actions = [step.action for step in life.who.following.steps]
    assert len(set(actions)) == len(actions)
    life.does(action=f"tick:{first}:open")
    assert next(step for step in life.who.following.steps if step.action == first).at is None


def test_a_tick_changes_no_answer_until_the_person_says_so() -> None:
    """A step done offers what it may have changed; only the tap on it counts, and then in the next forecast."""
    life = Life()
    life.does(command="progress")
    step = "upload_income_proof"
    assert step in {kept.action for kept in life.who.following.steps}
    before = dict(life.who.answers)
    turn = life.does(action=f"tick:{step}:done")
    assert life.who.answers == before
    offered = [button.action for row in turn.replies[0].buttons for button in row]
    assert f"moved:{step}:0" in offered
    assert "retell:verified_income_share" in offered
    was = base_forecast(life.who, scene_at())
    life.does(action=f"moved:{step}:0")
    assert life.who.answers["verified_income_share"].value == 0.9
    assert base_forecast(life.who, scene_at()).line[6].p90 >= was.line[6].p90
    life.does(action="retell:verified_income_share")
    assert life.who.focus == "verified_income_share"


@pytest.mark.parametrize(
    "action", ["tick:nonsense:done", "moved:nonsense:0", "moved:upload_income_proof:99", "retell:nonsense"]
)
def test_buttons_of_another_plan_do_nothing(action: str) -> None:
    """A tick for a step that is not in the plan leaves everything as it was."""
    life = Life()
    before = life.who
    assert life.does(action=action).replies
    assert life.who.following == before.following
    assert life.who.answers == before.answers


@pytest.mark.parametrize(
    ("step", "question", "told", "offered"),
    [
        ("clear_overdue", "overdue_now", True, False),
        ("clear_overdue", "overdue_now", False, None),
        ("upload_income_proof", "verified_income_share", 0.95, None),
        ("pay_on_time_autopay", "on_time_months", 3.0, None),
        ("renew_identity", "identity_valid", None, True),
    ],
)
def test_a_step_offers_only_what_it_makes_better_at_once(
    step: str, question: str, told: bool | float | None, offered: bool | None
) -> None:
    """Nothing is offered that is as good already, or that takes months; the person may always say it themselves."""
    life = Life()
    answers = {**life.who.answers}
    if told is not None:
        answers[question] = answers["current_line"].model_copy(update={"value": told})
    life.who = life.who.but(answers=answers, following=Following(steps=(KeptStep(action=step, month=0),)))
    card = life.does(action=f"tick:{step}:done").replies[0]
    actions = [button.action for row in card.buttons for button in row]
    assert f"retell:{question}" in actions
    assert (f"moved:{step}:0" in actions) is (offered is not None)
    life.does(action=f"moved:{step}:0")
    assert life.who.answers.get(question) == answers.get(question) if offered is None else True
    if offered is not None:
        assert life.who.answers[question].value is offered


def test_a_step_in_full_says_what_it_will_not_do() -> None:
    """One tap on a step opens it with its limits and the ticks that it has not; a step without facts is just noted."""
    life = Life(language="en")
    steps = tuple(KeptStep(action=name, month=0) for name in ("upload_income_proof", "ask_manual_review"))
    life.who = life.who.but(following=Following(steps=steps))
    turn = life.does(action="tick:upload_income_proof")
    assert "What it will not do" in said_in_turn(turn)
    assert [button.label for button in turn.replies[0].buttons[0]] == ["Done", "Not for me"]
    assert "one step done" in said_in_turn(life.does(action="tick:ask_manual_review:done"))
    assert "A plan of" not in said_in_turn(life.does(action="goal:assess"))


def test_no_plan_yet_is_said_plainly() -> None:
    """Who has told nothing finds the way to an estimate under /progress."""
    life = Life()
    life.who = Conversation(id="new", language="en", consent_at=NOW, adult=True)
    turn = life.does(command="progress")
    assert "no plan yet" in said_in_turn(turn)
    assert any(button.action == "goal:assess" for row in turn.replies[0].buttons for button in row)
