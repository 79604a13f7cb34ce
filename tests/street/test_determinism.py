"""Equal seeds give equal streets: ids, tokens, weather and every word that is said."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.playground.chances import draw
from bot.channels.playground.town.limits import Limits
from tests.street.stage import Stage, buttons


def _press(stage: Stage, _step: int) -> object:
    card = stage.alice.home.last
    return stage.alice.presses(card, "Go") if card.labels else None


ACTS: tuple[Callable[[Stage, int], object], ...] = (
    lambda stage, step: stage.alice.says(stage.alice.home, f"number {step}"),
    lambda stage, step: stage.send(reply_markup=buttons("Go", str(step))),
    lambda stage, step: stage.send(stage.talk, f"to all {step}"),
    lambda stage, _step: stage.call("getUpdates", offset=-3),
    lambda stage, _step: stage.alice.sends("photo", stage.alice.home),
    lambda stage, step: stage.call("editMessageText", chat_id=stage.alice.id, message_id=step, text=str(step)),
    _press,
)


def _life(seed: int, steps: int = 60) -> list[str]:
    """The diary of a drawn life on the street, in bad weather and with limits."""
    stage = Stage(Limits(), seed)
    stage.street.weather.rates = {
        "too_many": 0.1,
        "drop_after": 0.1,
        "bad_gateway": 0.05,
        "duplicate": 0.1,
        "swap": 0.1,
    }
    for step in range(steps):
        stage.clock.advance(draw(seed, "pause", step) % 3)
        ACTS[draw(seed, "act", step) % len(ACTS)](stage, step)
    return stage.street.diary or []


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_equal_seeds_give_equal_diaries(seed: int) -> None:
    """Everything that happens, every answer and every refusal, is the same when it is lived again."""
    assert _life(seed) == _life(seed)


def test_different_seeds_differ() -> None:
    """Tokens, numbers and weather depend on the seed, so that nothing can be learnt by heart."""
    assert _life(1) != _life(2)
    assert Stage(seed=1).street.token != Stage(seed=2).street.token


def test_no_diary_is_kept_unless_asked_for() -> None:
    """Without a diary a long run keeps no lines."""
    stage = Stage()
    stage.street.diary = None
    stage.send()
    assert stage.street.diary is None
