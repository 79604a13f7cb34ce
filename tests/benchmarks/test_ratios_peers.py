"""How many times longer other planners take than ours, held against what was measured before."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

STORED = yaml.load(Path(__file__).with_name("ratios_peers.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
MISSING = [name for name in ("dice_ml", "optbinning") if importlib.util.find_spec(name) is None]


@pytest.mark.skipif(bool(MISSING), reason="other planners are not installed: pip install limit-guide[bench] to compare")
@pytest.mark.timeout(1800)
def test_no_ratio_falls_by_a_third() -> None:
    """Each planner still takes at least two thirds as many times our seconds as the stored ratio says."""
    words = [sys.executable, "-m", "simulator", "peers", "--json"]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    ratios = {row["planner"]: row["ratio"] for row in json.loads(told)["peers"]}
    assert {name: ratios[name] for name in STORED["ratios"] if ratios[name] < 2 / 3 * STORED["ratios"][name]} == {}


def test_the_stored_ratios_are_of_planners_we_know() -> None:
    """Each names its planner and is above nothing; what was measured and how stands beside them."""
    assert set(STORED) == {"measured", "command", "ratios"}
    assert set(STORED["ratios"]) == {"DiCE, random", "DiCE, genetic", "OptBinning"}
    assert all(ratio > 0 for ratio in STORED["ratios"].values())
