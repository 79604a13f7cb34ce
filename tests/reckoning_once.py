"""Reckoning once: what the simulator has found for a case is kept for tests that look at how it is told.

Dialogues ask for the same estimate again at every press, and that takes most of the time of tests about words. Whether
equal cases give equal figures is tested with the simulator, and so is how long it takes, each without this.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest

from bot.dialogue import estimate
from simulator.actions import Action
from simulator.policy import Pack
from simulator.vocabulary import Facts

ASKED = ("plan", "forecast", "forecast_with_history", "ranges_after", "worth_of")
"""What an estimate asks of the simulator: functions of their arguments, whose results nobody changes."""

_FOUND: dict[object, tuple[object, object]] = {}


def _mark(asked: object) -> object:
    """What tells an argument from others: facts and plain values by their content, packs and actions by identity."""
    if isinstance(asked, Facts):
        return asked.kind, tuple(sorted(asked.values.items()))
    if isinstance(asked, tuple | list):
        return tuple(map(_mark, asked))
    return id(asked) if isinstance(asked, Pack | Action) else (type(asked), asked)


def _once(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def found(*told: object, **named: object) -> Any:  # noqa: ANN401 - whatever the function gives
        key = (function.__name__, _mark(told), _mark(sorted(named.items())))
        if key not in _FOUND:
            _FOUND[key] = function(*told, **named), (told, named)  # kept, so that no other ever has their identity
        return _FOUND[key][0]

    return found


@pytest.fixture
def reckoned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same question to the simulator is answered as it was answered before."""
    for name in ASKED:
        monkeypatch.setattr(estimate, name, _once(getattr(estimate, name)))
