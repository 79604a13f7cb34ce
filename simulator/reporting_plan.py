"""Plans written as JSON documents, in the contract's names."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from simulator.results import Plan, PlanStep


def plan_document(plan: Plan) -> dict[str, Any]:
    """A plan as the contract writes it; ``gate`` is null where nothing forbids a raise."""
    return {
        "gate": {"codes": list(plan.gate)} if plan.gate else None,
        "target": plan.target,
        "feasible": plan.feasible,
        "best_reachable": plan.best_reachable,
        "plan": _steps(plan.plan),
        "probability": plan.probability,
        "probability_interval": list(plan.probability_interval),
        "certificate": None if plan.certificate is None else asdict(plan.certificate),
        "frontier": {
            "fastest": _steps(plan.frontier.fastest),
            "least_effort": _steps(plan.frontier.least_effort),
            "safest": _steps(plan.frontier.safest),
        },
        "avoid": [asdict(one) for one in plan.avoid],
    }


def _steps(steps: tuple[PlanStep, ...] | None) -> list[dict[str, Any]] | None:
    return None if steps is None else [asdict(step) for step in steps]
