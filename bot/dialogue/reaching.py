"""Reaching a line: how likely which line is by when with a plan, and the same target reached three ways."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import MONTHS, Estimate, chance_of, standing, steps_of
from bot.dialogue.messages import Table
from bot.dialogue.scene import Scene
from knowledge.figures import about
from simulator.following import paths_after
from simulator.forecasting import lines_in_yuan
from simulator.movement import run
from simulator.results import PlanStep
from simulator.shapes import FloatArray
from simulator.tapes import Tapes

CHECKED = (3, 6, 12)
"""Months after which the table says how likely a line is."""

_PARTS = (1.0 / 3.0, 2.0 / 3.0)
WAYS = ("least_effort", "fastest", "safest")


def reach_tables(who: Conversation, found: Estimate, scene: Scene) -> tuple[Table, ...]:
    """The tables that there are of a target: how likely by when, and the ways to it; all on the same paths."""
    if found.plan.target is None:
        return ()
    tapes = paths_after(*standing(who, scene), chance_of(who))
    tables = (_chances(who, found, tapes, scene), _ways(who, found, tapes, scene))
    return tuple(table for table in tables if table is not None)


def _chances(who: Conversation, found: Estimate, tapes: Tapes, scene: Scene) -> Table | None:
    """How likely some lines on the way to the target are after some months, with the plan; None where it is reached.

    Shares of the very paths on which the ranges of this result stand.
    """
    target, line = found.plan.target, found.base.line[0].p50
    if target is None or target <= line:
        return None
    nearer = (about(line + part * (target - line)) for part in _PARTS)
    rungs = (*dict.fromkeys(rung for rung in nearer if line < rung < target), target)
    lines = _lines(tapes, found.plan.plan, scene)
    rows = tuple(
        (scene.say(who, "reach.line", line=rung), *(_share(who, lines, month, rung, scene) for month in CHECKED))
        for rung in rungs
    )
    header = (scene.say(who, "reach.at_least"), *(scene.say(who, "reach.by", month=month) for month in CHECKED))
    return Table(title=scene.say(who, "reach.chances"), header=header, rows=rows, right=(1, 2, 3))


def _ways(who: Conversation, found: Estimate, tapes: Tapes, scene: Scene) -> Table | None:
    """The target reached with the least effort, soonest, and most surely; None where no plan reaches it."""
    frontier, target = found.plan.frontier, found.plan.target
    ways = {name: getattr(frontier, name) for name in WAYS}
    if target is None or not found.plan.feasible or any(not steps for steps in ways.values()):
        return None
    rows = tuple(
        (
            scene.say(who, f"reach.{name}"),
            scene.say(who, "plan.effort", hours=sum(step.effort_hours for step in steps), money=0.0),
            scene.say(who, "reach.steps", steps=len(steps)),
            _share(who, _lines(tapes, steps, scene), MONTHS, target, scene),
        )
        for name, steps in ways.items()
    )
    header = tuple(scene.say(who, f"reach.{name}") for name in ("way", "effort", "count", "chance"))
    return Table(title=scene.say(who, "reach.ways"), header=header, rows=rows, right=(3,))


def _lines(tapes: Tapes, steps: Sequence[PlanStep], scene: Scene) -> FloatArray:
    return lines_in_yuan(tapes, run(tapes, steps_of(steps, scene)))


def _share(who: Conversation, lines: FloatArray, month: int, line: float, scene: Scene) -> str:
    return scene.say(who, "reach.share", share=float(np.mean(lines[month] >= line)))
