"""The line that a plan aims at: choices above one's own line, and an amount typed at the plan."""

from __future__ import annotations

import pytest

from bot.dialogue.messages import Arrival
from bot.dialogue.scene import Turn
from bot.dialogue.screens import screen
from bot.dialogue.turn import take_turn
from tests.dialogue.cast import CAST
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

CLERK = CAST[0]
PICK = "pick:target:"


def _take(who: object, **arrival: str) -> Turn:
    return take_turn(who, Arrival(key="k", at=NOW, **arrival), scene_now())


def _offered(turn: Turn) -> list[str]:
    actions = [button.action for reply in turn.replies for row in reply.buttons for button in row]
    return [action.removeprefix(PICK) for action in actions if action.startswith(PICK)]


@pytest.mark.parametrize("line", [500.0, 31_417.0, 200_000.0, 3_000_000.0])
def test_targets_to_choose_from_lie_above_the_present_line(line: float) -> None:
    """Every amount offered is more than the line that was told, and pressing it sets just that amount."""
    who = CLERK.asking("plan", current_line=line)
    asked = _take(who, action="edit:target")
    amounts = [float(one.removeprefix("yuan-")) for one in _offered(asked)]
    assert len(amounts) > 1
    assert min(amounts) > line
    picked = _take(asked.conversation, action=f"{PICK}yuan-{amounts[0]:.0f}").conversation
    assert picked.answers["target"].value == amounts[0]


def test_without_a_line_the_usual_targets_are_offered() -> None:
    """Who never told a line chooses from the question's own amounts."""
    who = CLERK.asking("plan").but(answers={})
    assert _offered(_take(who, action="edit:target")) == ["0", "1", "2", "3"]


@pytest.mark.parametrize("argument", ["yuan-", "yuan-x", "yuan-99999999", "yuan--5", "y"])
def test_amounts_of_a_strangers_making_are_not_taken(argument: str) -> None:
    """What no card offers sets nothing."""
    who = CLERK.asking("plan")
    assert "target" not in _take(who, action=f"{PICK}{argument}").conversation.answers


@pytest.mark.parametrize(("words", "target"), [("30万", 300_000.0), ("50k", 50_000.0), ("120000", 120_000.0)])
def test_an_amount_typed_at_a_plan_is_its_target(words: str, target: float) -> None:
    """Whoever went to the plan early, or wishes another target, types the amount and sees the plan towards it."""
    for who in (CLERK.asking("plan"), CLERK.asking("plan", target=90_000.0)):
        turn = _take(who, text=words)
        assert turn.conversation.answers["target"].value == target
        assert turn.conversation.goal == "plan"


def test_a_plan_without_a_target_asks_for_it() -> None:
    """It says that no line was named and how to name one; an assessment does not, and takes no amount for a target."""
    for goal, asks in (("plan", True), ("assess", False)):
        who = CLERK.asking(goal)
        words = "\n".join(piece for reply in screen(who, scene_now()) for piece in words_of(reply))
        assert (scene_now().say(who, "estimate.no_target") in words) is asks
    assert "target" not in _take(CLERK.asking("assess"), text="30万").conversation.answers


@pytest.mark.parametrize("words", ["目标", "换个目标", "another target"])
def test_a_word_opens_the_target(words: str) -> None:
    """At a plan it asks for the target again; elsewhere it opens the plan."""
    assert _take(CLERK.asking("plan"), text=words).conversation.focus == "target"
    assert _take(CLERK.asking("cost"), text=words).conversation.goal == "plan"


@pytest.mark.parametrize(
    ("words", "goal"),
    [
        ("预算", "budget"),
        ("make a budget", "budget"),
        ("调低或关掉额度", "lower"),
        ("比较", "compare"),
        ("compare", "compare"),
    ],
)
def test_a_word_opens_each_goal(words: str, goal: str) -> None:
    """Budget, a lower line and a comparison open by their names, as everything else does."""
    assert _take(CLERK.asking("assess"), text=words).conversation.goal == goal


@pytest.mark.parametrize("words", ["换个做法试试", "what if"])
def test_a_word_opens_what_if(words: str) -> None:
    """What-if opens by its name where a result stands."""
    replies = _take(CLERK.asking("assess"), text=words).replies
    assert any(b.action.startswith("try:") for reply in replies for row in reply.buttons for b in row)
