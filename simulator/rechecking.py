"""Certificates looked at again by whoever doubts them: steps by the plain walk, bounds by a search from nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.actions import Action
from simulator.board import set_board
from simulator.course import Aim
from simulator.following import paths_after
from simulator.forbidding import forbidden
from simulator.forecasting import lines_in_yuan
from simulator.gathering import steps
from simulator.movement import run
from simulator.observing import History
from simulator.pacing import Pace
from simulator.policy import Pack
from simulator.preparing import Chance
from simulator.results import Certificate, Plan
from simulator.scheduling import NEVER, Roster, Starts, roster
from simulator.searching import Found, Task, search
from simulator.tapes import Tapes
from simulator.vocabulary import Facts

_HOUR = 1e-2  # steps tell their hours to the hundredth
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Asked:
    """What a plan was asked for: the arguments of ``simulator.planning.plan`` that its certificate does not hold."""

    facts: Facts
    pack: Pack
    catalogue: Sequence[Action]
    months: int = 12
    effort: float | None = None
    preset: str = "honest"
    history: History | None = None


def failures(found: Plan, asked: Asked) -> tuple[str, ...]:
    """What of a plan's certificate does not hold; nothing where all does, or where nothing is claimed.

    Codes: ``parameters`` (the pack is another), ``considered`` (an action is unknown, barred or out of order),
    ``steps`` (they cannot be carried out so), ``best`` (the steps do not reach or take what is claimed), ``bound``
    (some other set beats it, or that could not be ruled out).
    """
    proof = found.certificate
    line = found.target if found.target is not None else found.best_reachable
    if proof is None or line is None:
        return ()
    known = {action.id: action for action in asked.catalogue if asked.facts.kind in action.kinds}
    own = [known[name] for name in proof.considered if name in known and forbidden(known[name]) is None]
    choice = roster(own, asked.months)
    if tuple(action.id for action in choice.actions) != proof.considered:
        return ("considered",)
    chance = Chance(asked.months, proof.seed, asked.preset, proof.draws)
    tapes = paths_after(asked.facts, asked.pack, asked.history, chance)
    elsewhere = found.best_reachable != line  # the steps are for a line within reach, the proof is for the one asked
    checks = (
        ("parameters", proof.parameter_hash == asked.pack.parameter_hash()),
        ("steps", _can_be_carried_out(found, choice)),
        ("best", elsewhere or _as_claimed(found, proof, tapes, known, line)),
        ("bound", _unbeaten(proof, Pace(tapes), choice, Aim(asked.months, line), asked.effort)),
    )
    return tuple(code for code, holds in checks if not holds)


def _can_be_carried_out(found: Plan, choice: Roster) -> bool:
    """Whether the steps are those of a set of the roster, each in the month that its rules give it."""
    modes: Starts = np.full(len(choice), NEVER, np.int64)
    begun = {step.action: step.start_month for step in found.plan}
    for index, action in enumerate(choice.actions):
        if action.id in begun:
            modes[index] = begun[action.id] if action.asks_review else choice.modes[index][0]
    taken = modes != NEVER
    if taken.sum() != len(found.plan) or bool(choice.conflicts[taken][:, taken].any()):
        return False
    try:
        return bool(taken[choice.needs[taken].any(axis=0)].all()) and steps(choice, modes) == found.plan
    except ValueError:
        return False


def _as_claimed(found: Plan, proof: Certificate, tapes: Tapes, known: dict[str, Action], line: float) -> bool:
    """Whether the plain walk brings the steps to as many paths, for as many hours, as the certificate says."""
    lines = run(tapes, [(known[step.action], step.start_month) for step in found.plan if step.action in known])
    hits = int((lines_in_yuan(tapes, lines)[-1] >= line).sum())
    if proof.objective == "greatest_chance":
        return hits == round(proof.best * proof.draws)
    hours = sum(step.effort_hours for step in found.plan)
    return hits >= proof.hits and abs(hours - proof.best) <= _HOUR * (1 + len(found.plan))


def _unbeaten(proof: Certificate, pace: Pace, choice: Roster, aim: Aim, effort: float | None) -> bool:
    """Whether a search that knows no set to begin with finds none beyond the bound, and misses none."""
    board, hours = set_board(pace, choice, aim), math.inf if effort is None else effort
    if proof.objective == "least_effort":
        under = Task("least_effort", proof.hits, min(hours, proof.bound - _TINY))
        return search(board, under, Found(None, -1, math.inf, math.inf, 0)).bound == math.inf
    most = round(proof.bound * proof.draws)
    return search(board, Task("greatest_chance", 0, hours), Found(None, most, math.inf, math.inf, 0)).bound <= most
