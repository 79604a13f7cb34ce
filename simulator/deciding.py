"""One decision that can be put to other planners as well: facts that actions move, and who is raised far enough."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType

import numpy as np

from simulator.actions import Action, Effect
from simulator.burden import gate
from simulator.central import central_case
from simulator.forbidding import forbidden
from simulator.policy import Factor, Pack
from simulator.population import population
from simulator.sampling import BoolArray, stream
from simulator.shapes import FloatArray
from simulator.vocabulary import FACTS, Facts, Unit

_RAISED = 0.9  # of all borrowers, the share whose line stays below the one that counts as a raise
_MONTHS = 12
_SELDOM, _OFTEN = 0.2, 0.6
_NUMBERS = frozenset(Unit) - {Unit.FLAG, Unit.CHOICE}


@dataclass(frozen=True, slots=True)
class Decision:
    """Borrowers by row and movable facts by column, whether the central line rises far enough, and who asks.

    ``lift`` is how far that is, as a multiple of the line of today; ``asking`` are rows of borrowers who are not
    raised and not behind the gate; ``facts`` is all that is known of each row.
    """

    pack: Pack
    actions: tuple[Action, ...]
    rows: FloatArray
    raised: BoolArray
    facts: tuple[Facts, ...]
    asking: tuple[int, ...]
    lift: float

    @property
    def names(self) -> tuple[str, ...]:
        """The facts of the columns: the one that each action moves."""
        return tuple(action.effects[0].fact for action in self.actions)

    def target(self, row: int) -> float:
        """The line in yuan that counts as a raise for one borrower."""
        line = self.facts[row].number("current_line") or 0.0
        return round(line * self.lift / self.pack.grid) * self.pack.grid


def decision(pack: Pack, actions: int, profiles: int, seed: int) -> Decision:
    """A decision with so many actions on so many random borrowers; equal seeds give equal decisions."""
    own = actions_of(pack, actions)
    names = [action.effects[0].fact for action in own]
    facts = tuple(
        Facts(pack.kind, MappingProxyType(dict(document["facts"])))
        for document in islice(population([pack], seed), profiles)
    )
    cases = [central_case(one, pack, preset="honest", months=_MONTHS) for one in facts]
    lifts = np.array([case.target - case.line for case in cases])
    lift = float(np.quantile(lifts, _RAISED))
    raised: BoolArray = lifts > lift
    return Decision(
        pack=pack,
        actions=own,
        rows=np.array([[float(one.number(name) or 0.0) for name in names] for one in facts]),
        raised=raised,
        facts=facts,
        asking=tuple(row for row, one in enumerate(facts) if not raised[row] and not gate(one)),
        lift=2.0 ** max(lift, 0.0),
    )


def actions_of(pack: Pack, count: int) -> tuple[Action, ...]:
    """One made-up action for each fact that a borrower can move for the better, as the pack's factors say."""
    made: dict[str, Action] = {}
    for factor in pack.factors:
        if factor.movable and not factor.only_known and FACTS[factor.fact].unit in _NUMBERS:
            action = _action(pack, factor, len(made))
            if forbidden(action) is None:
                made.setdefault(factor.fact, action)
    return tuple(made.values())[:count]


def mixed_actions(pack: Pack, count: int, seed: int) -> tuple[Action, ...]:
    """Made-up actions of every sort: one or two facts each, needs, conflicts, habits, leads, requests for a review."""
    chance, effects = stream(seed, 9), [action.effects[0] for action in actions_of(pack, count)]
    made: list[Action] = []
    for number in range(count):
        earlier = [one.id for one in made]
        picked = chance.choice(len(effects), size=int(chance.integers(1, 3)), replace=False)
        needs = tuple(chance.choice(earlier, 1).tolist()) if earlier and chance.random() < _SELDOM else ()
        against = tuple(chance.choice(earlier, 1).tolist()) if earlier and chance.random() < _SELDOM else ()
        made.append(
            Action(
                id=f"made_{number}",
                kinds=frozenset({pack.kind}),
                effects=tuple(replace(effects[int(one)], over_months=int(chance.integers(1, 7))) for one in picked),
                effort_hours=float(chance.integers(0, 8)),
                effort_hours_monthly=float(chance.choice([0.0, 0.5, 1.0])),
                money=0.0,
                lead_months=int(chance.choice([0, 0, 0, 1, 2])),
                needs=needs,
                conflicts=tuple(name for name in against if name not in needs),
                habit=bool(chance.random() < _OFTEN),
                reversible=True,
                asks_review=bool(chance.random() < _SELDOM),
                grade="A",
            )
        )
    return tuple(made)


def _action(pack: Pack, factor: Factor, number: int) -> Action:
    effect = Effect(factor.fact, "to", factor.best, factor.best, factor.best, "ramp", 0, 3)
    return Action(
        id=factor.fact,
        kinds=frozenset({pack.kind}),
        effects=(effect,),
        effort_hours=1.0 + number % 5,
        effort_hours_monthly=0.5 * (number % 2),
        money=0.0,
        lead_months=0,
        needs=(),
        conflicts=(),
        habit=number % 2 == 0,
        reversible=True,
        asks_review=False,
        grade="A",
    )
