"""Taking back: the interview stands again byte for byte as it stood, a few changes deep, and the state stays small."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.conversation import Answer, Conversation, Report
from bot.dialogue.interview import next_question
from bot.dialogue.messages import Arrival
from bot.dialogue.scene import Turn
from bot.dialogue.turn import take_turn
from bot.dialogue.undoing import DEEPEST, LARGEST, remembered, taken_back
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now


def _take(who: Conversation, **arrival: str) -> Turn:
    at = NOW + dt.timedelta(minutes=who.revision)
    return take_turn(who, Arrival(key=f"{who.revision}", at=at, **arrival), scene_now())


def _said(turn: Turn) -> str:
    return " ".join(piece for reply in turn.replies for piece in words_of(reply))


def state_of(who: Conversation) -> str:
    """All that is kept, as it is written, but the count of turns, of the newest card and of the newest message."""
    return who.but(revision=0, shown=0, below=0).model_dump_json()


def _begun(**told: bool | float | str) -> Conversation:
    answers = {name: Answer(value=value, at=NOW, source="said") for name, value in told.items()}
    return Conversation(id="x", language="en", consent_at=NOW, adult=True, goal="assess", answers=answers)


def test_every_kind_of_change_is_taken_back_to_the_byte() -> None:
    """Whatever step changed the interview, one word puts back what stood before it."""
    start = _begun(kind="person", current_line=30_000.0, months_since_change=7.0)
    steps: tuple[dict[str, str], ...] = (
        {"text": "no"},
        {"action": "skip:overdue_now"},
        {"action": "edit:current_line"},
        {"action": "back:"},
        {"action": "now:"},
        {"action": "review:"},
        {"action": "goal:cost"},
        {"action": "menu:"},
        {"command": "start"},
        {"action": "pick:kind:1"},
        {"text": "perhaps"},
    )
    for step in steps:
        after = _take(start, **step).conversation
        undone = _take(after, text="undo")
        assert state_of(undone.conversation) == state_of(start), step
        assert undone.replies


def test_several_answers_at_once_are_one_change() -> None:
    """Three answers pasted together go together."""
    start = _begun(kind="person")
    after = _take(start, text="30k\nhalf a year\nno").conversation
    assert len(after.answers) == 4
    turn = _take(after, text="undo")
    assert state_of(turn.conversation) == state_of(start)
    assert "Undone" in _said(turn)


def test_what_is_taken_back_is_said() -> None:
    """The person reads which answer went, or what it is again; at the end that nothing is left."""
    who = _take(_begun(kind="person"), text="30k").conversation
    changed = _take(_take(who, action="edit:current_line").conversation, text="50k").conversation
    assert changed.answers["current_line"].value == 50_000.0
    turn = _take(changed, text="undo")
    assert "30,000 again" in _said(turn)
    assert state_of(turn.conversation) == state_of(who)
    turn = _take(turn.conversation, text="undo")
    assert turn.conversation.answers.keys() == {"kind"}
    assert "nothing left to undo" in _said(_take(turn.conversation, text="undo"))


def test_a_failed_reading_is_no_change() -> None:
    """Undo after words that were not understood takes back the last answer, not the failure."""
    who = _take(_begun(kind="person"), text="30k").conversation
    lost = _take(who, text="@@@@").conversation
    assert lost.failures == 1
    assert "current_line" not in _take(lost, text="undo").conversation.answers


def test_a_settings_change_stays() -> None:
    """The language chosen in between is kept when an answer is taken back."""
    who = _take(_take(_begun(kind="person"), text="30k").conversation, text="zh").conversation
    who = _take(who, action="language:zh").conversation
    undone = _take(who, text="撤销").conversation
    assert undone.language == "zh"
    assert "current_line" not in undone.answers


def test_withdrawing_consent_leaves_nothing_to_put_back() -> None:
    """After consent is taken back, or an age under eighteen is told, no earlier answer can be had again."""
    who = _take(_begun(kind="person"), text="30k").conversation
    assert who.trail
    assert remembered(who, who.but(consent_at=None, answers={})).trail == ()
    assert remembered(who, who.but(adult=False)).trail == ()
    assert _take(who, action="erase:").conversation.trail == ()


def test_a_stale_press_of_undo_does_nothing() -> None:
    """Undo on a card that is not the newest does not take back a second change."""
    who = _take(_begun(kind="person"), text="30k").conversation
    arrival = Arrival(key="k", at=NOW, action="undo:", revision=who.shown - 1)
    assert take_turn(who, arrival, scene_now()).conversation.answers == who.answers


def test_the_trail_is_short_and_the_state_small() -> None:
    """At most a few changes are kept, and fewer where the state would grow too large; the newest stay longest."""
    who = _begun(kind="person")
    while (question := next_question(who, scene_now().library)) is not None:
        who = _take(who, action=f"skip:{question.id}").conversation
    assert len(who.trail) == DEEPEST
    lines = tuple(Report(at=NOW + dt.timedelta(days=30 * month), line=1e6 + month) for month in range(36))
    answers = {
        name: Answer(value=123456.78, low=100000.55, high=200000.55, at=NOW, source="confirmed")
        for name in scene_now().library.questions
    }
    large = who.but(lines=lines, answers=answers, trail=())
    for name in list(answers)[:6]:
        told = large.answered(name, Answer(value=None, at=NOW, source="skipped"))
        large = remembered(large, told)
    bare = large.but(trail=()).model_dump_json(exclude_defaults=True)
    assert len(large.model_dump_json(exclude_defaults=True)) <= max(LARGEST, len(bare))
    assert len(large.trail) < 6


@given(
    names=st.lists(st.sampled_from("abcdef"), max_size=12),
    dropped=st.sets(st.sampled_from("abcdef")),
    values=st.lists(st.integers(0, 2), min_size=12, max_size=12),
)
@settings(max_examples=80, deadline=None)
def test_any_change_of_answers_is_put_back_in_order(names: list[str], dropped: set[str], values: list[int]) -> None:
    """Answers given, given again, changed and taken away together come back each in its place."""
    who = Conversation(id="x", consent_at=NOW, adult=True, goal="assess")
    for name in "abc":
        who = who.answered(name, Answer(value=1.0, at=NOW, source="said"))
    after = who
    for name, value in zip(names, values, strict=False):
        after = after.answered(name, Answer(value=float(value), at=NOW, source="said"))
    after = after.but(answers={name: one for name, one in after.answers.items() if name not in dropped})
    kept = remembered(who, after)
    undone = taken_back(kept)
    assert undone is not None or kept == who
    assert state_of(undone or kept) == state_of(who)
