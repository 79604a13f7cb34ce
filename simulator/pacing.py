"""What each action adds on one borrower's tapes, worked out once for each start that comes up."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.actions import Action
from simulator.effects import asked_reviews
from simulator.sampling import BoolArray
from simulator.tapes import Increment, Tapes


class Pace:
    """Increments of actions by start month on the same tapes, remembered; all searches of one plan share them."""

    def __init__(self, tapes: Tapes) -> None:
        self.tapes = tapes
        self._known: dict[tuple[str, int], Increment] = {}
        self._asked: dict[tuple[str, int], BoolArray] = {}

    def increment(self, action: Action, start: int) -> Increment:
        """What an action adds when it starts in a month (0 is now)."""
        key = (action.id, start)
        if key not in self._known:
            self._known[key] = self.tapes.increment(action, start)
        return self._known[key]

    def asked(self, action: Action, start: int) -> BoolArray:
        """The months and paths in which an action that starts in a month brings a review that may raise."""
        key = (action.id, start)
        if key not in self._asked:
            chance, gate = self.tapes.parameters["review_asked"], self.tapes.gate
            self._asked[key] = asked_reviews(action, start, chance, gate.shape, self.tapes.seed) & gate
        return self._asked[key]

    def joined(self, taken: Iterable[tuple[Action, int]]) -> Increment:
        """What several actions add together, each from its month on."""
        return self.tapes.joined(self.increment(action, start) for action, start in taken)
