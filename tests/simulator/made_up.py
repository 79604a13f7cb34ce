"""Made-up actions for searches: small random catalogues, and the plain way to find the best of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from simulator.actions import Action, Effect
from simulator.course import Aim
from simulator.forecasting import lines_in_yuan, prepare
from simulator.movement import run
from simulator.pacing import Pace
from simulator.scheduling import NEVER, Roster, Starts, roster
from simulator.vocabulary import Kind
from tests.simulator.borrowers import BORROWERS

MONTHS, DRAWS = 7, 48
EFFECTS = (
    Effect("verified_income_share", "to", 0.9, 0.8, 1.0),
    Effect("verified_turnover_share", "to", 0.9, 0.8, 1.0),
    Effect("on_time_months", "by", 6.0, 4.0, 6.0, "ramp", 0, 6),
    Effect("payment_flow", "times", 1.6, 1.2, 2.0, "ramp", 0, 3),
    Effect("draws_per_month", "to", 0.0, 0.0, 0.0, "saturating", 0, 2),
    Effect("monthly_debt_service", "times", 0.4, 0.3, 0.5, "at_once", 1, 1),
    Effect("profile_completeness", "to", 1.0, 0.9, 1.0),
    Effect("purpose", "to", 1.0, 1.0, 1.0),
    Effect("statements_completeness", "to", 1.0, 0.9, 1.0),
    Effect("cash_reserve_months", "by", 2.0, 1.0, 3.0, "ramp", 0, 4),
)


@dataclass(frozen=True)
class Instance:
    """One borrower's tapes, a roster of made-up actions, and a line to reach."""

    pace: Pace
    roster: Roster
    aim: Aim


def made_up_actions(chance: np.random.Generator, count: int) -> list[Action]:
    """Actions with random effects, efforts, needs, conflicts, habits and requests for a review."""
    return [_action(chance, number) for number in range(count)]


def _action(chance: np.random.Generator, number: int) -> Action:
    picked = chance.choice(len(EFFECTS), size=chance.integers(1, 3), replace=False)
    needs = (f"a{chance.integers(number)}",) if number and chance.random() < 0.25 else ()
    conflicts = (f"a{chance.integers(number)}",) if number and chance.random() < 0.25 else ()
    return Action(
        id=f"a{number}",
        kinds=frozenset(Kind),
        effects=tuple(EFFECTS[int(index)] for index in picked),
        effort_hours=float(chance.integers(0, 8)),
        effort_hours_monthly=float(chance.choice([0.0, 0.5, 1.0])),
        money=0.0,
        lead_months=int(chance.choice([0, 0, 0, 1, 2])),
        needs=needs,
        conflicts=tuple(name for name in conflicts if name not in needs),
        habit=bool(chance.random() < 0.6),
        reversible=True,
        asks_review=bool(chance.random() < 0.2),
        grade="A",
    )


def made_up(seed: int, count: int = 6) -> Instance:
    """A random instance: equal seeds give equal instances."""
    chance = np.random.default_rng(seed)
    facts, pack = BORROWERS[seed % len(BORROWERS)]
    tapes = prepare(facts, pack, months=MONTHS, seed=seed, preset="optimistic", draws=DRAWS)
    line = float(facts.number("current_line") or 0.0)
    aim = Aim(MONTHS, line * float(chance.choice([1.0, 1.1, 1.3, 1.6])))
    return Instance(Pace(tapes), roster(made_up_actions(chance, count), MONTHS), aim)


def every_set(choice: Roster) -> Iterator[Starts]:
    """Every set of actions that leaves no need out and no conflict in, in every mode."""
    for modes in product(*((NEVER, *wanted) for wanted in choice.modes)):
        taken = {action.id for action, mode in zip(choice.actions, modes, strict=True) if mode != NEVER}
        own = [action for action in choice.actions if action.id in taken]
        whole = all(set(action.needs) <= taken for action in own)
        if whole and not any(set(action.conflicts) & taken for action in own):
            yield np.array(modes)


def plain_hits(instance: Instance, starts: dict[str, int]) -> int:
    """Paths that reach the line when actions start in given months, by the plain walk along the tapes."""
    tapes = instance.pace.tapes
    actions = {action.id: action for action in instance.roster.actions}
    lines = run(tapes, [(actions[name], start) for name, start in starts.items()])
    return int((lines_in_yuan(tapes, lines)[instance.aim.month] >= instance.aim.target).sum())


def plain_starts(choice: Roster, modes: Starts) -> dict[str, int] | None:
    """Start months by the rules in plain words: needs first, three new habits a month, requests in their month."""
    started: dict[str, int] = {}
    habits: list[int] = []
    for action, mode in zip(choice.actions, modes.tolist(), strict=True):
        if mode == NEVER:
            continue
        leads = {one.id: one.lead_months for one in choice.actions}
        start = max([mode, *(started[name] + leads[name] for name in action.needs)])
        while action.habit and habits.count(start) >= 3:
            start += 1
        if start >= choice.months or (action.asks_review and start != mode):
            return None
        habits += [start] * action.habit
        started[action.id] = start
    return started
