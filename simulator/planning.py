"""Which actions, in which order: proved best for the effort, or the cheapest way to a line; never past the gate.

Searched on one set of common random paths, reported on fresh ones. Left to itself a plan aims at the line that doing
everything together reaches as likely as not, and takes the fewest hours that bring nine tenths of that chance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from simulator.actions import Action
from simulator.board import Board, set_board
from simulator.burden import gate
from simulator.candidates import candidates
from simulator.certainty import clopper_pearson
from simulator.certifying import certificate
from simulator.course import Aim
from simulator.following import paths_after
from simulator.forecasting import lines_in_yuan
from simulator.frontier import (
    Everything,
    Goal,
    frontier,
    greatest_chance,
    hits_for,
    least_effort,
    safest,
    sure_hits_for,
)
from simulator.gathering import clashing, started, steps, together
from simulator.movement import run, walk
from simulator.observing import History
from simulator.pacing import Pace
from simulator.policy import Pack
from simulator.preparing import Chance
from simulator.relief import relief_plan
from simulator.results import Avoided, Certificate, Frontier, Plan
from simulator.scheduling import NEVER, Roster, Starts, roster
from simulator.searching import Found
from simulator.tapes import Increment, Tapes
from simulator.vocabulary import Facts

SEARCH_DRAWS = 256
FRESH_DRAWS = 512
CONSIDERED = 14
_AS_LIKELY_AS_NOT = 0.5
_NEARLY = 0.9
_SHARES = (0.5, 0.3, 0.2, 0.1)  # where doing everything moves no middle line, aim at what fewer paths reach
_NONE = Found(None, -1, math.inf, math.inf, 0)
_FRESH_SEED = 1_000_003  # far from any seed that a neighbour would choose


@dataclass(frozen=True)
class _Quest:
    """One borrower's search: common paths, the actions to choose from, the hours there are, and the line asked for."""

    pace: Pace
    roster: Roster
    effort: float | None
    target: float | None

    @property
    def tapes(self) -> Tapes:
        return self.pace.tapes

    @property
    def budget(self) -> float:
        return math.inf if self.effort is None else self.effort

    @cached_property
    def everything(self) -> Everything:
        """All that goes together within the hours, and the lines it brings."""
        modes = together(self.roster, self.budget)
        return Everything(modes, self._lines(self.pace.joined(started(self.roster, modes))))

    @cached_property
    def nothing(self) -> npt.NDArray[np.float64]:
        """Lines in yuan by month and path when nothing is done."""
        return self._lines(self.tapes.joined(()))

    def _lines(self, gain: Increment) -> npt.NDArray[np.float64]:
        return lines_in_yuan(self.tapes, walk(self.tapes, gain))


@dataclass(frozen=True, slots=True)
class _Answer:
    """A set, the line it was found for, whether it makes that line likely enough, its proof, and the three ways."""

    modes: Starts
    line: float | None
    feasible: bool
    proof: Certificate | None
    three: Frontier


def plan(  # noqa: PLR0913 (the published signature of the whole floor)
    facts: Facts,
    pack: Pack,
    catalogue: Sequence[Action],
    *,
    target: float | None = None,
    months: int = 12,
    effort: float | None = None,
    seed: int = 1,
    preset: str = "honest",
    draws: int = SEARCH_DRAWS,
    considered: int = CONSIDERED,
    history: History | None = None,
) -> Plan:
    """The best plan of actions for one borrower, proved, with its probability on fresh paths.

    With a target and no effort: the fewest hours that reach the target as likely as not. With effort: the greatest
    chance within those hours. If no plan makes the target as likely as not, the plan is for the best line that one
    does, and ``feasible`` is False. Behind the gate (see ``simulator.burden``) it only reduces debt.

    Args:
        facts: what is known; everything else is drawn from the pack's prior.
        pack: the product.
        catalogue: the actions there are; those for other kinds of borrower are passed over.
        target: yuan that the line should reach at the end of the horizon.
        months: horizon, at least 1.
        effort: hours there are over the horizon.
        seed: decides every random number.
        preset: one of the pack's presets.
        draws: paths of the search.
        considered: how many of the most effective actions a search looks at.
        history: reported lines that reweigh the paths, the last of them the line of today.
    """
    codes = gate(facts)
    if codes:
        return relief_plan(facts, catalogue, codes, months=months, effort=effort)
    pace = Pace(paths_after(facts, pack, history, Chance(months, seed, preset, draws)))
    own = candidates(pace, catalogue, facts.kind, considered)
    quest = _Quest(pace, roster(own.ranked, months), effort, target)
    answer = _unaimed(quest) if target is None else _aimed(quest, target)
    fresh = paths_after(facts, pack, history, Chance(months, seed + _FRESH_SEED, preset, FRESH_DRAWS))
    made = _made(quest, answer, fresh)
    return replace(made, avoid=_avoided(own.avoided, made, [one for one in catalogue if facts.kind in one.kinds]))


def _aimed(quest: _Quest, target: float) -> _Answer:
    """The plan for a line that was asked for, or for the best one within reach if that line is not."""
    board = set_board(quest.pace, quest.roster, Aim(quest.tapes.months, target))
    goal = Goal(target, sure_hits_for(_AS_LIKELY_AS_NOT, quest.tapes.draws), quest.budget)
    safe = _safe(quest, board)
    light = _NONE if safe.bound < goal.hits else least_effort(board, goal.hits, quest.budget)
    if light.modes is None and (quest.effort is None or safe.hits <= board.sure):
        proved = replace(safe, bound=min(safe.bound, goal.hits - 1) if light.bound == math.inf else safe.bound)
        proof = certificate(quest.tapes, quest.roster, "greatest_chance", proved)
        return replace(_unaimed(quest), feasible=False, proof=proof, three=Frontier(None, None, None))
    return _answer(quest, goal, light, safe)


def _safe(quest: _Quest, board: Board) -> Found:
    """The greatest chance, proved where hours are limited: without a limit everything together comes close to it."""
    return safest(board, quest.budget) if quest.effort is None else greatest_chance(board, quest.budget)


def _unaimed(quest: _Quest) -> _Answer:
    """The plan when no line was asked for: towards the best line that everything together makes likely.

    Above the line of today where that can be; else whatever keeps the line from falling.
    """
    everything, nothing = (-np.sort(-lines[-1]) for lines in (quest.everything.lines, quest.nothing))
    today = float(np.sort(quest.tapes.start_yuan)[quest.tapes.draws // 2])
    places = [hits_for(share, quest.tapes.draws) - 1 for share in _SHARES]
    helped = [float(everything[place]) for place in places if everything[place] > nothing[place]]
    if not helped:
        modes = np.full(len(quest.roster), NEVER, np.int64)
        return _Answer(modes, None, feasible=False, proof=None, three=Frontier(None, None, None))
    line = next((line for line in helped if line > today), helped[0])
    return _towards(quest, line, int((everything >= line).sum()))


def _towards(quest: _Quest, line: float, hits: int) -> _Answer:
    """The plan for a line that everything together brings so many paths to."""
    board = set_board(quest.pace, quest.roster, Aim(quest.tapes.months, line))
    goal = Goal(line, math.ceil(_NEARLY * hits), quest.budget)
    return _answer(quest, goal, least_effort(board, goal.hits, quest.budget), _safe(quest, board))


def _answer(quest: _Quest, goal: Goal, light: Found, safe: Found) -> _Answer:
    """The set that was asked for: the safest where hours are limited, else the lightest."""
    limited = quest.effort is not None or light.modes is None
    chosen = safe if limited else light
    nothing = np.full(len(quest.roster), NEVER, np.int64)
    return _Answer(
        modes=nothing if chosen.modes is None else chosen.modes,
        line=goal.target,
        feasible=light.modes is not None,
        proof=certificate(
            quest.tapes, quest.roster, "greatest_chance" if limited else "least_effort", chosen, goal.hits
        ),
        three=frontier(quest.pace, quest.roster, goal, quest.everything, light, safe),
    )


def _made(quest: _Quest, answer: _Answer, fresh: Tapes) -> Plan:
    """The plan with its probability on paths that the search has not seen."""
    line = quest.target if quest.target is not None else answer.line
    hits = 0
    if line is not None:
        ends = lines_in_yuan(fresh, run(fresh, started(quest.roster, answer.modes)))[-1]
        hits = int((ends >= line).sum())
    return Plan(
        gate=(),
        target=quest.target,
        feasible=answer.feasible,
        best_reachable=answer.line,
        plan=steps(quest.roster, answer.modes),
        probability=hits / fresh.draws,
        probability_interval=clopper_pearson(hits, fresh.draws),
        certificate=answer.proof,
        frontier=answer.three,
        avoid=(),
    )


def _avoided(known: Sequence[Avoided], made: Plan, own: Sequence[Action]) -> tuple[Avoided, ...]:
    """What to leave alone: what was barred or moves nothing, and what excludes a step of the plan."""
    taken = {step.action for step in made.plan}
    named = {one.action for one in known}
    clashes = clashing([one for one in own if one.id in taken], [one for one in own if one.id not in named])
    return (*known, *(Avoided(name, "conflicts") for name in clashes))
