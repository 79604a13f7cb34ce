"""The planner's least effort on median paths against CP-SAT, as a process of its own; prints every disagreement.

Selection, start months and the walk of the line are put down again as constraints over whole numbers, from the rules
in words; nothing of the search, its board or its course is used. Needs ortools (the extra ``oracle``).
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from typing import TypeAlias

import numpy as np
from ortools.sat.python import cp_model

from simulator.board import set_board
from simulator.ceilings import LAYERS, ceiling_part
from simulator.frontier import least_effort
from simulator.money import PARTS
from simulator.scheduling import NEW_HABITS_A_MONTH
from tests.simulator.made_up import Instance
from tests.simulator.median_path import median_instance

Whole: TypeAlias = cp_model.LinearExprT
"""A whole number of the model: a constant, a variable, or a sum of them."""

FAR = 1 << 22
HALF_HOURS = 2


class Oracle:
    """One instance as a model: a Boolean for each action and start month, and the line month by month."""

    def __init__(self, instance: Instance) -> None:
        self.tapes, self.choice = instance.pace.tapes, instance.roster
        self.months = self.choice.months
        self.model = cp_model.CpModel()
        self.begins = [
            [self.model.new_bool_var(f"{action.id} in {month}") for month in range(self.months)]
            for action in self.choice.actions
        ]
        self.taken = [sum(row) for row in self.begins]
        for index in range(len(self.choice)):
            self._start(index)
        self._exclusions()
        line = self._walk()
        self.model.add(line >= self._least(instance.aim.target))
        self.model.minimize(
            sum(
                round(HALF_HOURS * effort) * taken
                for effort, taken in zip(self.choice.efforts, self.taken, strict=True)
            )
        )

    def hours(self) -> float | None:
        """The least hours, or None where no plan reaches the line."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(self.model)
        if status == cp_model.INFEASIBLE:
            return None
        if status != cp_model.OPTIMAL:
            raise ArithmeticError(solver.status_name(status))
        return round(solver.objective_value) / HALF_HOURS

    def _start(self, index: int) -> None:
        """An action starts in the first month after its needs with room for a habit; a request in its very month."""
        action, own = self.choice.actions[index], self.begins[index]
        self.model.add(self.taken[index] <= 1)
        earliest = 0 if action.asks_review else self.choice.modes[index][0]
        release = self._latest([earliest, *(self._month_of(need) + lead for need, lead in self.choice.after[index])])
        for month, begins in enumerate(own):
            if action.asks_review:
                allowed = month in self.choice.modes[index]
                self.model.add(begins == 0) if not allowed else self.model.add(release <= month).only_enforce_if(begins)
            elif action.habit:
                self.model.add(release <= month).only_enforce_if(begins)
                for earlier in range(month):
                    self.model.add_bool_or([~begins, self._full(index, earlier), self._after(release, earlier)])
            else:
                self.model.add(release == month).only_enforce_if(begins)
            if action.habit:
                self.model.add_implication(begins, ~self._full(index, month))

    def _exclusions(self) -> None:
        for index in range(len(self.choice)):
            for other in range(len(self.choice)):
                if self.choice.needs[index, other]:
                    self.model.add(self.taken[index] <= self.taken[other])
                if self.choice.conflicts[index, other]:
                    self.model.add(self.taken[index] + self.taken[other] <= 1)

    def _month_of(self, index: int) -> Whole:
        return sum(month * begins for month, begins in enumerate(self.begins[index]))

    def _full(self, index: int, month: int) -> Whole:
        """Whether habits that go first already take up a month."""
        first = [row[month] for row, one in zip(self.begins[:index], self.choice.actions, strict=False) if one.habit]
        full = self.model.new_bool_var("")
        self.model.add(sum(first) >= NEW_HABITS_A_MONTH).only_enforce_if(full)
        self.model.add(sum(first) < NEW_HABITS_A_MONTH).only_enforce_if(~full)
        return full

    def _after(self, release: Whole, month: int) -> Whole:
        late = self.model.new_bool_var("")
        self.model.add(release > month).only_enforce_if(late)
        self.model.add(release <= month).only_enforce_if(~late)
        return late

    def _latest(self, terms: list[Whole]) -> Whole:
        found = self.model.new_int_var(0, 10 * self.months, "")
        self.model.add_max_equality(found, terms)
        return found

    def _of(self, least: bool, *terms: Whole) -> Whole:
        found = self.model.new_int_var(-FAR, FAR, "")
        (self.model.add_min_equality if least else self.model.add_max_equality)(found, list(terms))
        return found

    def _target(self, month: int) -> Whole:
        gained: dict[str, Whole] = {}
        for action, row in zip(self.choice.actions, self.begins, strict=True):
            for start, begins in enumerate(row):
                for name, gain in self.tapes.increment(action, start).parts.items():
                    gained[name] = gained.get(name, 0) + int(gain[month, 0]) * begins
        names = [ceiling_part(name) for name in LAYERS[self.tapes.pack.kind]]
        totals: list[Whole] = [int(layer) for layer in self.tapes.layers[:, month, 0]]
        for name, total in gained.items():
            place = names.index(name) + 1 if name in names else 0
            totals[place] = totals[place] + self._of(True, total, int(self.tapes.part_room[name][0]))
        return self._of(True, *totals) + int(self.tapes.offsets[month, 0])

    def _asked(self, month: int) -> list[Whole]:
        return [
            begins
            for action, row in zip(self.choice.actions, self.begins, strict=True)
            for start, begins in enumerate(row)
            if action.asks_review and self.tapes.increment(action, start).asked[month, 0] and self.tapes.gate[month, 0]
        ]

    def _walk(self) -> Whole:
        """The line at the end: up to the target less a band, down to the target plus another, a step at a time."""
        tapes = self.tapes
        line: Whole = int(tapes.start[0])
        for month in range(self.months):
            asked, raising = self._asked(month), bool(tapes.raising[month, 0])
            if not (asked or raising or tapes.cutting[month, 0]):
                continue
            target = self._target(month)
            higher = self._of(True, target - int(tapes.up_band[0]), line + int(tapes.up_step[0]))
            raised = self._of(False, line, higher)
            if not raising:
                review, kept = self.model.new_bool_var(""), self.model.new_int_var(-FAR, FAR, "")
                self.model.add_max_equality(review, [*asked, 0])
                self.model.add(kept == raised).only_enforce_if(review)
                self.model.add(kept == line).only_enforce_if(~review)
                raised = kept
            if tapes.cutting[month, 0]:
                lower = self._of(False, target + int(tapes.down_band[0]), raised - int(tapes.down_step[0]))
                raised = self._of(True, raised, lower)
            line = self._of(True, self._of(False, raised, tapes.floor), int(tapes.roof[0]))
        return line

    def _least(self, target: float) -> int:
        """The least part that is shown as the target or more; a line that has not moved is shown as it was told."""
        grid = self.tapes.pack.grid
        wanted = max(math.ceil(target / grid), 1) * grid
        part = math.floor(math.log2(wanted) * PARTS) - 4
        while math.floor(2.0 ** ((part + 0.5) / PARTS) / grid) * grid < wanted:
            part += 1
        return min(part, int(self.tapes.start[0])) if self.tapes.start_yuan[0] >= target else part


def main() -> int:
    """Compare so many instances; 1 where any differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    given = parser.parse_args()
    begun, differ, possible = time.perf_counter(), [], 0
    for seed in range(given.first, given.first + given.instances):
        instance = median_instance(seed)
        board = set_board(instance.pace, instance.roster, instance.aim)
        found = least_effort(board, 1, math.inf)
        ours = None if found.modes is None else round(HALF_HOURS * found.effort) / HALF_HOURS
        theirs = Oracle(instance).hours()
        possible += theirs is not None
        if ours != theirs or (ours is not None and not np.isclose(found.bound, found.effort)):
            differ.append({"seed": seed, "ours": ours, "theirs": theirs})
    seconds = round(time.perf_counter() - begun, 1)
    report = {"instances": given.instances, "possible": possible, "differ": differ, "seconds": seconds}
    sys.stdout.write(json.dumps(report) + "\n")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
