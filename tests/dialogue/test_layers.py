"""Layers of a result: one tap each and back, the same words for the same facts, and never a raise where debts weigh."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from bot.dialogue.cards import CARD
from bot.dialogue.choosing import VERBS
from bot.dialogue.conversation import Conversation, Language
from bot.dialogue.estimate import estimate
from bot.dialogue.estimate_layers import LAYERS
from bot.dialogue.estimate_words import waterfall
from bot.dialogue.messages import Arrival, Fan, Picture, Reply, Waterfall
from bot.dialogue.screens import screen
from bot.dialogue.turn import take_turn
from tests.dialogue.cast import CAST, TARGET, Person
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

MOST_BUTTONS = 10
"""More than these under one message and nobody finds theirs; what there is besides stands a tap behind."""

LONGEST_SCREEN = 1500
"""Letters of a first screen: more does not fit a phone without scrolling twice."""

RAISING = ("goal:plan", "what_if:", "picture:", "layer:months", "layer:plan", "layer:ways", "layer:reasons", "try:")
"""What begins an action that speaks of a higher line."""

OTHERS = ("what_if:", "try:+stop_new_draws", "keep:", "details:", "picture:fan", "picture:waterfall")

BURDENED = tuple(person for person in CAST if person.name in {"five_lenders", "late", "burdened_shop"})
CALM = tuple(person for person in CAST if person not in BURDENED)


WALKED = (
    *((person.name, "assess") for person in CAST),
    *((name, goal) for name in ("clerk", "factory", "five_lenders") for goal in ("plan", "lower", "budget")),
)
"""Whose result is walked to the end, and of which goal."""

IN_ENGLISH = (("clerk", "assess", "en"), ("kiosk", "plan", "en"), ("late", "assess", "en"), ("late", "budget", "en"))


def _pressed(who: Conversation, action: str) -> tuple[Conversation, tuple[Reply, ...]]:
    turn = take_turn(who, Arrival(key="k", at=NOW, action=action), scene_now())
    return turn.conversation, turn.replies


def _actions(replies: tuple[Reply, ...]) -> Iterator[str]:
    return (button.action for reply in replies for row in reply.buttons for button in row)


def _words(replies: tuple[Reply, ...]) -> str:
    return "\n".join(piece for reply in replies for piece in words_of(reply))


@cache
def _around(name: str, goal: str, language: Language) -> tuple[tuple[str, tuple[Reply, ...]], ...]:
    """Everything that one press on somebody's result leads to, the result itself first."""
    person = next(one for one in CAST if one.name == name)
    extra = {"target": TARGET} if goal == "plan" else {"lower_to": 5000.0} if goal == "lower" else {}
    who = person.asking(goal, language, **extra)
    first = screen(who, scene_now())
    return (("", first), *((action, _pressed(who, action)[1]) for action in dict.fromkeys(_actions(first))))


@pytest.mark.parametrize(("name", "goal"), WALKED)
def test_every_button_under_a_result_leads_somewhere(name: str, goal: str) -> None:
    """Each has a verb that exists, says something, and what opens in place has a way on."""
    for action, replies in _around(name, goal, "zh"):
        assert action.partition(":")[0] in {*VERBS, ""}
        assert replies, action
        assert all(reply.buttons for reply in replies if reply.slot == CARD), action


@pytest.mark.parametrize(("name", "goal", "language"), [*((*one, "zh") for one in WALKED), *IN_ENGLISH])
def test_no_layer_gives_banned_advice(name: str, goal: str, language: Language) -> None:
    """Nothing that a result leads to tells anybody to borrow, to hold back a repayment, to fake or to evade."""
    banned = scene_now().library.banned
    for action, replies in _around(name, goal, language):
        assert banned.heard(language, _words(replies)) == (), action


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
def test_the_first_screen_fits_a_phone(person: Person) -> None:
    """One message of few words, edited in place, whose buttons stand at most two in a row."""
    for language in ("zh", "en"):
        for goal, extra in (("assess", {}), ("plan", {"target": TARGET})):
            replies = screen(person.asking(goal, language, **extra), scene_now())
            assert [reply.slot for reply in replies] == [CARD]
            assert len(_words(replies)) < LONGEST_SCREEN * (1 if language == "zh" else 2)
            assert all(len(row) <= 2 for row in replies[0].buttons)
            assert len(list(_actions(replies))) <= MOST_BUTTONS


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
def test_everything_is_two_taps_away(person: Person) -> None:
    """The two shelves behind a result hold all that its first screen has no room for, and lead back."""
    who = person.asking("assess")
    shelves = {name: list(_actions(_pressed(who, f"layer:{name}")[1])) for name in ("files", "rest")}
    assert {"pdf:", "sheet:", "remind:", "ticks:", "result:"} <= set(shelves["files"])
    assert {"goal:lower", "review:", "result:"} <= set(shelves["rest"])
    if person in CALM:
        assert {"layer:avoid", "layer:burden", "details:", "right:"} <= set(shelves["rest"])
    assert all(len(shelf) <= MOST_BUTTONS for shelf in shelves.values())


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("person", [CALM[0], CALM[-1]], ids=lambda person: person.name)
def test_each_layer_leads_back_to_the_same_screen(person: Person, name: str) -> None:
    """A layer takes the place of the screen and leads back to it, word for word; looking changes nothing."""
    who = person.asking("plan", "zh", target=TARGET)
    looked, replies = _pressed(who, f"layer:{name}")
    assert [reply.slot for reply in replies] == [CARD]
    assert "result:" in _actions(replies)
    back, again = _pressed(looked, "result:")
    assert again == screen(who, scene_now())
    assert back == who.but(revision=back.revision, shown=back.shown, below=back.below)


@pytest.mark.parametrize("person", BURDENED, ids=lambda person: person.name)
@pytest.mark.parametrize("goal", ["assess", "budget"])
def test_who_is_burdened_meets_no_raise(person: Person, goal: str) -> None:
    """No button, chart or step around a burdened person's result speaks of a higher line."""
    for action, replies in _around(person.name, goal, "zh"):
        if action in {"menu:", "review:"}:
            continue
        assert [one for one in _actions(replies) if one.startswith(RAISING)] == [], action
        assert not any(isinstance(block, Fan | Picture) for reply in replies for block in reply.blocks), action


@pytest.mark.parametrize("person", BURDENED, ids=lambda person: person.name)
@pytest.mark.parametrize(
    "action",
    [*(f"layer:{name}" for name in LAYERS if name not in {"case", "files", "rest"}), *OTHERS],
)
def test_an_old_button_shows_the_burdened_their_debt_plan(person: Person, action: str) -> None:
    """Buttons left over from lighter days open the debt plan and nothing else."""
    who = person.asking("assess", "en")
    assert _pressed(who, action)[1] == screen(who, scene_now())


def test_a_picture_goes_before_the_result_once() -> None:
    """The turn that accepts the answers shows the chart of all months and then the screen; no later turn does."""
    who = CALM[0].asking("assess").but(accepted=False, hurried=True, reviewing=True)
    after, replies = _pressed(who, "accept:")
    picture = replies[0].blocks[0]
    assert isinstance(picture, Picture)
    assert isinstance(picture.of, Fan)
    assert picture.of.months == tuple(range(13))
    assert [reply.slot for reply in replies] == [None, CARD]
    again = _pressed(after, "result:")[1]
    assert again == replies[1:]


@pytest.mark.parametrize("person", CALM, ids=lambda person: person.name)
def test_the_waterfall_adds_up(person: Person) -> None:
    """From the ordinary client over every step to this one, to the fen; without reasons there is no chart."""
    who = person.asking("assess")
    base = estimate(who, scene_now()).base
    chart = waterfall(who, base, scene_now())
    replies = _pressed(who, "picture:waterfall")[1]
    pictures = [block for reply in replies for block in reply.blocks if isinstance(block, Picture)]
    if chart is None:
        assert base.reasons == ()
        assert pictures == []
        return
    assert [picture.of for picture in pictures] == [chart]
    assert isinstance(chart, Waterfall)
    assert chart.start[1] + sum(yuan for _, yuan in chart.steps) == pytest.approx(chart.end[1], abs=0.01)


def test_a_step_tells_how_it_is_done() -> None:
    """Every step of a plan opens with what to do, its proof and its limits, and leads back to the plan."""
    who, scene = CALM[0].asking("assess", "en"), scene_now()
    steps = [one for one in _actions(_pressed(who, "layer:plan")[1]) if one.startswith("step:")]
    assert steps
    for action in steps:
        entry = scene.library.actions[action.removeprefix("step:")]
        replies = _pressed(who, action)[1]
        assert entry.proof.en in _words(replies)
        assert list(_actions(replies)) == ["layer:plan"]


def test_a_step_leads_back_to_where_it_was_opened() -> None:
    """From the debt plan to its steps, from lowering a line to its own screen."""
    burdened = BURDENED[0]
    for goal, back in (("assess", "debt:steps"), ("lower", "result:")):
        who = burdened.asking(goal, "zh", **({"lower_to": 0.0} if goal == "lower" else {}))
        first = screen(who, scene_now()) if goal == "lower" else _pressed(who, "debt:steps")[1]
        steps = [one for one in _actions(first) if one.startswith("step:")]
        assert steps
        assert list(_actions(_pressed(who, steps[0])[1])) == [back]


def test_what_is_no_layer_shows_the_result() -> None:
    """Unknown layers, steps, pictures and debts of a stranger's making leave everything as it is."""
    who = CALM[0].asking("assess")
    for action in ("layer:nothing", "step:nothing", "picture:nothing", "debt:nothing", "debt:steps"):
        assert _pressed(who, action)[1] == screen(who, scene_now()), action


@pytest.mark.parametrize("answer", ["yes", "partly", "no"])
def test_whether_it_was_right_is_noted_by_its_code(answer: str) -> None:
    """The journal learns the word and nothing else; the way to tell the line as it is now stands below."""
    who = CALM[0].asking("assess")
    asked = _pressed(who, "right:")[1]
    assert f"right:{answer}" in _actions(asked)
    turn = take_turn(who, Arrival(key="k", at=NOW, action=f"right:{answer}"), scene_now())
    assert [(note.kind, note.detail) for note in turn.notes] == [("right", answer)]
    assert "edit:current_line" in _actions(turn.replies)
    bare = who.but(goal=None)
    assert "edit:current_line" not in _actions(_pressed(bare, f"right:{answer}")[1])


@pytest.mark.parametrize("goal", ["assess", "lower", "budget"])
def test_a_result_stays_when_its_reader_goes_on(goal: str) -> None:
    """What follows it in the chat comes below, so that it can be read again; within it everything is in place."""
    who = CALM[0].asking(goal)
    for action in ("menu:", "goal:cost", "review:"):
        replies = _pressed(who, action)[1]
        assert [reply.in_place for reply in replies] == [False]
        assert [reply.slot for reply in replies] == [CARD]
    assert [reply.in_place for reply in _pressed(who, "result:")[1]] == [True]
    card = _pressed(who.but(goal="cost", hurried=False), "menu:")[1]
    assert [reply.in_place for reply in card] == [True]


def test_the_months_ahead_come_as_a_picture_when_asked_for() -> None:
    """A tap on the months sends the very chart of the result, and the card stays where it is."""
    who = CALM[0].asking("assess")
    (reply,) = _pressed(who, "picture:fan")[1]
    (picture,) = reply.blocks
    assert isinstance(picture, Picture)
    assert isinstance(picture.of, Fan)
    assert reply.slot is None
    assert picture.of.without[12][1] == estimate(who, scene_now()).base.line[12].p50
