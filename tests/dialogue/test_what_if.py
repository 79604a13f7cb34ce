"""What if: the range moves on the same paths, the answers never do, and a plan may be kept from what was tried."""

from __future__ import annotations

import time
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue.cards import CARD
from bot.dialogue.conversation import Conversation, Trial
from bot.dialogue.estimate import MONTHS, chance_of, estimate, ranges_after, standing
from bot.dialogue.messages import Arrival, Reply, Text
from bot.dialogue.turn import take_turn
from bot.dialogue.what_if import FACTORS, MOST_OFFERED, sized, taken_steps, tried
from simulator.vocabulary import Kind
from tests.dialogue.cast import CAST, Person
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

CLERK = CAST[0]
QUICK = 0.3
"""Seconds within which the range has to move under a finger."""


def _pressed(who: Conversation, *actions: str) -> tuple[Conversation, tuple[Reply, ...]]:
    replies: tuple[Reply, ...] = ()
    for action in actions:
        turn = take_turn(who, Arrival(key="k", at=NOW, action=action), scene_now())
        who, replies = turn.conversation, turn.replies
    return who, replies


def _words(replies: tuple[Reply, ...]) -> str:
    return "\n".join(block.markup for reply in replies for block in reply.blocks if isinstance(block, Text))


def _trying(person: Person = CLERK) -> Conversation:
    return _pressed(person.asking("assess"), "what_if:")[0]


def test_the_card_offers_a_few_steps_and_the_plan_among_them() -> None:
    """What the plan holds is offered first, nothing is taken up yet, and both ranges are the same."""
    who, replies = _pressed(CLERK.asking("assess"), "what_if:")
    planned = [step.action for step in estimate(who, scene_now()).plan.plan]
    assert list(who.trial.offered[: len(planned)]) == planned
    assert len(who.trial.offered) <= MOST_OFFERED
    found = tried(who, scene_now())
    assert found.before == found.after
    assert [reply.slot for reply in replies] == [CARD]


def test_a_step_moves_the_range_as_the_simulator_says() -> None:
    """Taken up, a step gives the very ranges of the forecast with it; the answers stay as they were."""
    who = _trying()
    name = who.trial.offered[0]
    after, _ = _pressed(who, f"try:+{name}")
    now, chance = standing(who, scene_now()), chance_of(who)
    action = scene_now().library.actions[name].action
    assert taken_steps(after, scene_now()) == [(action, 0)]
    assert tried(after, scene_now()).after == ranges_after(now, [(action, 0)], chance)
    assert (after.answers, after.lines, after.goal) == (who.answers, who.lines, who.goal)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_is_tried_never_touches_the_answers(data: st.DataObject) -> None:
    """Any presses, also of strangers' making, leave the answers alone; the same press twice is one press."""
    who = _trying()
    before = who.answers
    steps = [f"try:{sign}{name}" for name in (*who.trial.offered, "no_such_step") for sign in "+-"]
    sizes = [f"try:{name}={at}" for name in (*FACTORS[Kind.PERSON], "no_such_fact") for at in range(4)]
    for action in data.draw(st.lists(st.sampled_from([*steps, *sizes, "try:", "try:none", "try:x=y"]), max_size=5)):
        who, shown = _pressed(who, action)
        again, twice = _pressed(who, action)
        assert twice == shown
        assert again.trial == who.trial
        assert who.answers == before


def test_no_debt_is_ever_tried_in_a_larger_size() -> None:
    """What somebody owes is only tried smaller; every list of sizes begins with what was told."""
    for facts in FACTORS.values():
        for name, sizes in facts.items():
            assert sizes[0] == 1.0
            assert name in {"monthly_income", "monthly_turnover"} or max(sizes) == 1.0
    assert sized(1234.5, 1.0) == 1234.5
    assert sized(1234.0, 0.5) == 617.0


def test_steps_that_exclude_each_other_are_never_both_taken_up() -> None:
    """The later press wins, and what a step needs comes with it and goes with it."""
    shelf = scene_now().library.actions
    one = next(entry for entry in shelf.values() if entry.action.conflicts and Kind.PERSON in entry.action.kinds)
    other = next(name for name in one.action.conflicts if name in shelf)
    who = _trying().but(trial=Trial(offered=(one.id, other)))
    after, _ = _pressed(who, f"try:+{one.id}", f"try:+{other}")
    assert one.id not in after.trial.taken
    needy = next(entry for entry in shelf.values() if entry.action.needs)
    need = needy.action.needs[0]
    who = _trying().but(trial=Trial(offered=(needy.id, need)))
    taken, _ = _pressed(who, f"try:+{needy.id}")
    assert need in taken.trial.taken
    assert _pressed(taken, f"try:-{need}")[0].trial.taken == ()


def test_debts_too_heavy_on_trial_show_no_range() -> None:
    """Where a smaller income would make the debts too heavy, words say so, and nothing can be kept."""
    person = Person("near", {**CLERK.told, "monthly_debt_service": 5000.0})
    who, replies = _pressed(person.asking("assess"), "what_if:", "try:monthly_income=2")
    assert tried(who, scene_now()).after == ()
    assert "债就太重了" in _words(replies)
    taken, replies = _pressed(who, f"try:+{who.trial.offered[0]}")
    assert taken.trial.taken
    assert "keep:" not in [button.action for reply in replies for row in reply.buttons for button in row]


def test_what_was_tried_can_be_kept_as_the_plan() -> None:
    """Kept steps are the plan of every later result, until the searched plan is asked for again."""
    who = _trying()
    name = who.trial.offered[0]
    kept, _ = _pressed(who, f"try:+{name}", "keep:")
    assert kept.kept == (name,)
    assert kept.trial == Trial()
    found = estimate(kept, scene_now())
    assert [step.action for step in found.plan.plan] == [name]
    assert found.planned
    aimed = estimate(kept.but(goal="plan", answers=CLERK.asking("plan", target=36000.0).answers), scene_now()).plan
    assert aimed.target == 36000.0
    assert aimed.probability_interval[0] <= aimed.probability <= aimed.probability_interval[1]
    assert _pressed(kept, "keep:none")[0].kept == ()
    assert _pressed(who, "keep:")[0].kept == ()


def test_clearing_takes_everything_back() -> None:
    """One press and the card is as it was when it was opened."""
    who, first = _pressed(CLERK.asking("assess"), "what_if:")
    touched = [f"try:+{who.trial.offered[0]}", "try:used_balance=1", "try:none"]
    assert _pressed(who, *touched)[1] == first


@pytest.mark.parametrize("name", ["clerk", "engineer", "factory"])
def test_the_range_moves_under_a_finger(name: str) -> None:
    """From the press to the new card in well under three tenths of a second of computing."""
    who = _trying(next(person for person in CAST if person.name == name))
    turns = [f"try:{sign}{who.trial.offered[0]}" for sign in "+-+-+"]
    spent = []
    for action in turns:
        begun = time.process_time()
        who, _ = _pressed(who, action)
        spent.append(time.process_time() - begun)
    assert median(spent) < QUICK
    assert len(tried(who, scene_now()).after) == MONTHS + 1


def test_a_plan_of_ones_own_can_be_given_up_where_a_target_is_asked_for() -> None:
    """Beside the chances of the kept steps stands the way back to the searched plan."""
    aimed = CLERK.asking("plan", target=36000.0).but(kept=("upload_income_proof",))
    actions = [b.action for reply in _pressed(aimed, "layer:ways")[1] for row in reply.buttons for b in row]
    assert "keep:none" in actions
    bare, replies = _pressed(aimed, "keep:none", "layer:ways")
    assert bare.kept == ()
    assert "keep:none" not in [b.action for reply in replies for row in reply.buttons for b in row]
