"""What each action adds on one borrower's tapes, worked out once for each start that comes up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np

from simulator.actions import Action
from simulator.ceilings import LAYERS, ceiling_part, ceilings, facts_used
from simulator.effects import asked_reviews, drawn_amounts, moved_facts
from simulator.money import IntArray, to_parts
from simulator.movement import walk
from simulator.policy import Factor
from simulator.sampling import BoolArray
from simulator.scheduling import Roster
from simulator.scoring import touched, worth
from simulator.shapes import FloatArray, Value
from simulator.tapes import Increment, Tapes


class Pace:
    """Increments of actions by start month on the same tapes, remembered; all searches of one plan share them.

    They are those of ``Tapes.increment``: an action that starts later adds the same as many months later.
    """

    def __init__(self, tapes: Tapes) -> None:
        self.tapes = tapes
        self._known: dict[tuple[str, int], Increment] = {}
        self._asked: dict[tuple[str, int], BoolArray] = {}
        self._grown: dict[str, dict[str, FloatArray]] = {}
        self._worths: dict[str, Value] = {}

    def increment(self, action: Action, start: int) -> Increment:
        """What an action adds when it starts in a month (0 is now)."""
        key = (action.id, start)
        if key not in self._known:
            self._known[key] = self._increment(action, start)
        return self._known[key]

    def asked(self, action: Action, start: int) -> BoolArray:
        """The months and paths in which an action that starts in a month brings a review that may raise."""
        key = (action.id, start)
        if key not in self._asked:
            self._asked[key] = self._reviews(action, start) & self.tapes.gate
        return self._asked[key]

    def joined(self, taken: Iterable[tuple[Action, int]]) -> Increment:
        """What several actions add together, each from its month on."""
        return self.tapes.joined(self.increment(action, start) for action, start in taken)

    @cached_property
    def nothing(self) -> IntArray:
        """Lines in parts by month and path when nothing is done."""
        return walk(self.tapes, self.tapes.joined(()))

    def everything(self, roster: Roster) -> IntArray:
        """Lines in parts by month and path that no plan can beat: all at the earliest, reviews asked for every time."""
        earliest = [
            self.increment(action, modes[0]) for action, modes in zip(roster.actions, roster.modes, strict=True)
        ]
        asked = [
            Increment(self.tapes.layers, self.asked(action, month), {})
            for action, modes in zip(roster.actions, roster.modes, strict=True)
            if action.asks_review
            for month in modes
        ]
        return walk(self.tapes, self.tapes.joined([*earliest, *asked]))

    def _increment(self, action: Action, start: int) -> Increment:
        since = np.maximum(np.arange(1, self.tapes.months + 1) - start, 0)
        shape = self.tapes.offsets.shape
        parts = {}
        for name, grown in self._growth(action).items():
            carried = self.tapes.drifts.get(name)
            later = grown[since]
            gained = np.maximum(later if carried is None else later - carried, 0.0)
            parts[name] = np.broadcast_to(to_parts(gained), shape)
        return self.tapes.joined([Increment(self.tapes.layers, self._reviews(action, start), parts)])

    def _reviews(self, action: Action, start: int) -> BoolArray:
        chance, shape = self.tapes.parameters["review_asked"], self.tapes.offsets.shape
        return asked_reviews(action, start, chance, shape, self.tapes.seed)

    def _growth(self, action: Action) -> dict[str, FloatArray]:
        """What an action alone has moved each part by so many months after its start: (months + 1, draws)."""
        if action.id not in self._grown:
            tapes = self.tapes
            amounts = drawn_amounts(action, tapes.draws, tapes.seed)
            moved = moved_facts(action, 1, tapes.state, tapes.months + 1, amounts)
            after = {**tapes.state, **moved}
            grown: dict[str, Value] = {
                factor.name: worth(factor, tapes.parameters, after) - self._worth(factor)
                for factor in touched(tapes.pack, moved)
                if not factor.only_known or factor.fact in tapes.told
            }
            if any(name in facts_used(tapes.pack.kind) for name in moved):
                raised = ceilings(tapes.pack.kind, tapes.parameters, after)
                for name, new, old in zip(LAYERS[tapes.pack.kind], raised, self._ceilings, strict=True):
                    grown[ceiling_part(name)] = new - old
            shape = (tapes.months + 1, tapes.draws)
            self._grown[action.id] = {name: np.broadcast_to(one, shape) for name, one in grown.items()}
        return self._grown[action.id]

    @cached_property
    def _ceilings(self) -> tuple[Value, ...]:
        return ceilings(self.tapes.pack.kind, self.tapes.parameters, self.tapes.state)

    def _worth(self, factor: Factor) -> Value:
        if factor.name not in self._worths:
            self._worths[factor.name] = worth(factor, self.tapes.parameters, self.tapes.state)
        return self._worths[factor.name]
