"""Orders of delivery that Hypothesis makes up: `python -m tests.faults.orders --cases N` lives through so many."""

from __future__ import annotations

import argparse
import sys

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.plan import Act, Plan
from tests.faults.simulation import faults_of_plan

ACTS = st.builds(
    Act,
    gap=st.sampled_from((0.0, 0.005, 0.03, 0.2, 1.0)),
    who=st.integers(0, 1),
    kind=st.sampled_from((
        "press",
        "tap twice",
        "two devices",
        "press old",
        "type",
        "paste",
        "say twice",
        "type a label",
    )),
)
PLANS = st.builds(
    Plan,
    seed=st.integers(0, 999),
    people=st.just((("zh-hans", True), ("en", True))),
    acts=st.lists(ACTS, min_size=1, max_size=5).map(tuple),
    rates=st.fixed_dictionaries({"duplicate": st.sampled_from((0.0, 0.5)), "swap": st.sampled_from((0.0, 0.5))}),
    webhook=st.booleans(),
    dawdling=st.sampled_from((0.0, 0.02, 0.3)),
)


def main() -> int:
    """Live through so many plans; stops with the smallest that goes wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.orders", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000, help="plans to live through (default 10000)")
    lived = []

    @settings(
        max_examples=parser.parse_args().cases, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(plan=PLANS)
    def each(plan: Plan) -> None:
        lived.append(1)
        assert faults_of_plan(plan) == []

    each()
    sys.stdout.write(f"{len(lived)} plans, every state as if delivered once and in order\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
