"""python -m simulator plans: seconds of one core that a plan takes, for random borrowers and actions, and if proved."""

from __future__ import annotations

from itertools import islice
from time import process_time
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.burden import gate
from simulator.commands.command import Command, known_packs, say, say_lines, whole
from simulator.deciding import mixed_actions
from simulator.planning import plan
from simulator.population import population
from simulator.vocabulary import Facts

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Sequence

    from simulator.policy import Pack
    from simulator.results import Plan

GOALS = {16: 0.1, 24: 2.0}
"""Seconds that ninety-five in a hundred plans should take on one core, by the number of actions to choose from."""

_OUT_OF_REACH = 0.57  # one half and two standard errors of the search's paths
_WISHES: tuple[tuple[float | None, float | None], ...] = ((None, None), (1.2, None), (1.5, None), (1.3, 40.0))


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--instances", type=whole(1, 100_000), default=50, help="borrowers for each size (default 50)")
    parser.add_argument("--seed", type=whole(0, 2**32 - 1), default=1, help="decides every random number")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _run(given: Namespace) -> int:
    packs = list(known_packs().values())
    rows = [_row(packs, actions, given) for actions in GOALS]
    if given.json:
        say({"plans": rows})
    else:
        say_lines(
            f"{row['actions']:>3} actions{row['p50']:>9.3f} s{row['p95']:>9.3f} s{row['most']:>9.3f} s"
            f"{row['proved']:>7}/{row['instances']} proved, p95 to reach {row['goal']} s"
            for row in rows
        )
    return 0


def _row(packs: Sequence[Pack], actions: int, given: Namespace) -> dict[str, Any]:
    seconds, proved = [], 0
    for number, (facts, pack) in enumerate(islice(_borrowers(packs, given.seed), given.instances)):
        share, hours = _WISHES[number % len(_WISHES)]
        target = None if share is None else share * (facts.number("current_line") or 0.0)
        catalogue = mixed_actions(pack, actions, given.seed + number)
        begun = process_time()
        found = plan(facts, pack, catalogue, target=target, effort=hours, considered=actions, seed=number)
        seconds.append(process_time() - begun)
        proved += _is_proved(found)
    p50, p95, most = np.quantile(seconds, (0.5, 0.95, 1.0)).tolist()
    figures = {"p50": p50, "p95": p95, "most": most, "goal": GOALS[actions]}
    return {"actions": actions, "instances": len(seconds), "proved": proved, **figures}


def _is_proved(found: Plan) -> bool:
    """Whether nothing better was left unlooked at; that a line is out of reach is proved by a bound below one half."""
    proof = found.certificate
    if proof is None or proof.best == proof.bound:
        return True
    return proof.objective == "greatest_chance" and not found.feasible and proof.bound <= _OUT_OF_REACH


def _borrowers(packs: Sequence[Pack], seed: int) -> Iterator[tuple[Facts, Pack]]:
    """Whole profiles that are not behind the gate, the packs taking turns."""
    by_product = {pack.product: pack for pack in packs}
    for document in population(packs, seed):
        pack = by_product[document["product"]]
        facts = Facts(pack.kind, MappingProxyType(dict(document["facts"])))
        if not gate(facts):
            yield facts, pack


COMMAND = Command("plans", "time proved plans for random borrowers and actions", _arguments, _run)
