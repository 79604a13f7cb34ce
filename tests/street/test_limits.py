"""Limits: bursts pass, floods are told how long to wait, and waiting that long is enough."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.playground.town.limits import Limits, Meter
from tests.street.stage import Stage, buttons

CHAT, GROUP = 5, -5
few = settings(max_examples=60, deadline=None)


@few
@given(st.lists(st.floats(0, 5), max_size=80), st.sampled_from([CHAT, GROUP]))
def test_no_window_holds_more_than_burst_and_rate(pauses: list[float], chat: int) -> None:
    """However the calls are spaced, what passes in any stretch of time is bounded."""
    limits = Limits()
    meter, now = Meter(limits), 0.0
    passed = []
    for pause in pauses:
        now += pause
        if not meter.spend("send", chat, now):
            passed.append(now)
    tight = limits.group if chat < 0 else limits.chat
    for first, start in enumerate(passed):
        for last in range(first, len(passed)):
            assert last - first + 1 <= tight.burst + tight.rate * (passed[last] - start) + 1e-6


@few
@given(st.integers(1, 60), st.sampled_from([CHAT, GROUP]), st.booleans())
def test_waiting_as_told_is_enough(count: int, chat: int, edits: bool) -> None:
    """After a refusal the call passes when the told seconds are over, and not a second before."""
    meter, now = Meter(Limits()), 0.0
    for _ in range(count):
        wait = meter.spend("edit" if edits else "send", chat, now)
        if wait:
            assert meter.spend("edit" if edits else "send", chat, now + wait - 0.5) > 0
            now += wait
            assert meter.spend("edit" if edits else "send", chat, now) == 0


def test_one_chat_in_trouble_leaves_the_others_alone() -> None:
    """A flood in one chat is refused there, while another chat's message passes."""
    stage = Stage(Limits())
    codes = [stage.send().code for _ in range(6)]
    assert codes[-1] == 429
    assert stage.send(stage.talk).code == 200


def test_groups_bear_twenty_sends_and_twenty_edits_a_minute() -> None:
    """In a group the 21st message of a minute is refused, and so is the 21st edit; waiting helps."""
    stage = Stage(Limits())
    sent = None
    for _ in range(20):
        sent = stage.send(stage.talk, reply_markup=buttons("0"))
        stage.clock.advance(1)
    assert sent is not None
    codes = [_edit(stage, sent.result["message_id"], str(number)) for number in range(27)]
    assert codes[:20] == [200] * 20
    assert codes[-1] == 429
    stage.clock.advance(60)
    assert _edit(stage, sent.result["message_id"], "late") == 200


def _edit(stage: Stage, number: int, text: str) -> int:
    return stage.call("editMessageText", chat_id=stage.talk.id, message_id=number, text=text).code


def test_without_limits_nothing_is_held_back() -> None:
    """Limits are an option: without them a thousand messages pass at once."""
    stage = Stage()
    assert {stage.send().code for _ in range(100)} == {200}
