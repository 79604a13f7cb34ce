"""Lines told over time: kept when another is told weeks later, read as a history, and learned from."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.estimate import base_forecast
from bot.dialogue.estimate_screen import tell_estimate
from bot.dialogue.interview import facts_of
from bot.dialogue.reporting import history_of
from simulator.observing import History
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now


def _answer(value: float | str | None, months: float, low: float | None = None, high: float | None = None) -> Answer:
    return Answer(value=value, low=low, high=high, at=NOW + dt.timedelta(days=30.44 * months), source="said")


def _telling(*lines: tuple[float, float], still: float | None = None) -> Conversation:
    """Somebody who tells lines (months from now, yuan) one after another, and perhaps how long nothing has moved."""
    who = Conversation(id="x", language="en", consent_at=NOW, adult=True, goal="assess", hurried=True, accepted=True)
    who = who.answered("kind", _answer("person", 0))
    if still is not None:
        who = who.answered("months_since_change", _answer(still, 0))
    for months, line in lines:
        who = who.answered("current_line", _answer(line, months))
    return who


def _history(who: Conversation) -> History | None:
    return history_of(who, facts_of(who, scene_now().library))


@pytest.mark.parametrize(
    ("who", "history"),
    [
        (_telling(), None),
        (_telling((0, 9000.0)), None),
        (_telling((0, 9000.0), still=5.0), History((0, 5), (9000.0, 9000.0))),
        (_telling((0, 9000.0), still=0.5), History((0,), (9000.0,))),
        (_telling((0, 9000.0), (3, 9000.0)), History((0, 3), (9000.0, 9000.0))),
        (_telling((0, 9000.0), (3, 9000.0), still=5.0), History((0, 8), (9000.0, 9000.0))),
        (_telling((0, 9000.0), (3, 12000.0), still=5.0), History((0, 3), (9000.0, 12000.0))),
        (_telling((0, 9000.0), (1, 9000.0), (4, 4000.0)), History((0, 1, 4), (9000.0, 9000.0, 4000.0))),
        (_telling((0, 0.0), still=5.0), None),
    ],
)
def test_told_lines_are_a_history(who: Conversation, history: History | None) -> None:
    """Lines count by month, time without a move goes on counting, and a move leaves only the lines."""
    assert _history(who) == history


def test_a_correction_is_no_report() -> None:
    """A line told anew within days corrects the one before, and a band is never taken for a line."""
    assert _telling((0, 9000.0), (0.2, 12000.0)).lines == ()
    band = _telling((0, 9000.0)).answered("current_line", _answer(30000.0, 2, 20000.0, 40000.0))
    assert band.lines == ()
    assert band.answered("current_line", _answer(30000.0, 4)).lines == ()
    assert _telling((0, 9000.0)).answered("current_line", _answer(None, 4)).lines == ()


def test_what_was_told_is_kept_through_a_store() -> None:
    """Reported lines come back from their written form as they were."""
    who = _telling((0, 9000.0), (3, 12000.0))
    assert [report.line for report in who.lines] == [9000.0]
    assert Conversation.model_validate_json(who.model_dump_json()) == who


def test_a_raise_that_was_told_is_learned_from() -> None:
    """Who was raised within a few months is likelier to see a change again than who stood still, and it is said."""
    raised, calm = _telling((0, 9000.0), (2, 12000.0)), _telling((0, 12000.0), (2, 12000.0), still=20.0)
    chances = [base_forecast(one, scene_now()).no_change_probability for one in (raised, calm)]
    assert chances[0] + 0.15 < chances[1]
    words = " ".join(piece for reply in tell_estimate(raised, scene_now()) for piece in words_of(reply))
    assert "told me over time" in words
