"""The worked examples that ship with each pack come out as the pack says (claims A25, A26)."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from simulator.actions import Action
from simulator.forecasting import forecast, lines_in_yuan, prepare
from simulator.movement import run
from simulator.policy import Example, Expectation, Pack
from simulator.vocabulary import Facts, Kind
from tests.simulator.borrowers import PACKS

EXPECTED = [
    pytest.param(pack, example, expected, id=f"{example.id}-{expected.preset}")
    for pack in PACKS.values()
    for example in pack.examples
    for expected in example.expectations
]


def bundle(example: Example) -> Action:
    return Action(
        example.id, frozenset(Kind), example.bundle, 0.0, 0.0, 0.0, 0, (), (), False, True, example.asks_review, "S"
    )


@pytest.mark.parametrize(("pack", "example", "expected"), EXPECTED)
def test_the_example_comes_out(pack: Pack, example: Example, expected: Expectation) -> None:
    """Median line, or chance of the target, lies where the pack expects it."""
    facts = Facts(pack.kind, MappingProxyType(dict(example.facts)))
    plan = [(bundle(example), 0)]
    assert expected.p50 or expected.chance
    if expected.p50:
        found = forecast(facts, pack, actions=plan, months=example.months, preset=expected.preset, draws=4000)
        assert expected.p50[0] <= found.line[-1].p50 <= expected.p50[1]
    if expected.chance:
        tapes = prepare(facts, pack, months=example.months, seed=1, preset=expected.preset, draws=8000)
        reached = lines_in_yuan(tapes, run(tapes, plan))[-1] >= expected.target
        assert expected.chance[0] <= reached.mean() <= expected.chance[1]


@pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.product)
def test_every_pack_shows_an_example(pack: Pack) -> None:
    """Each pack has an example with at least one expectation under the article preset."""
    assert any(expected.preset == "article" for example in pack.examples for expected in example.expectations)
