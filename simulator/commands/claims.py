"""python -m simulator claims: every directional claim on many random profiles and paths; 1 where any is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.claims import check_all, claims_for
from simulator.commands.command import Command, known_packs, say, say_lines, whole

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--profiles", type=whole(1, 10_000_000), default=100, help="random profiles (default 100)")
    parser.add_argument("--paths", type=whole(1, 16_384), default=64, help="paths for each (default 64)")
    parser.add_argument("--seed", type=whole(0, 2**32 - 1), default=1, help="decides every random number")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _run(given: Namespace) -> int:
    rows = []
    for pack in known_packs().values():
        claims = claims_for(pack)
        outcomes = check_all(claims, pack, profiles=given.profiles, paths=given.paths, seed=given.seed)
        rows += [
            (claim.id, pack.product, claim.fact, outcome.pairs, outcome.broken, outcome.strict)
            for claim, outcome in zip(claims, outcomes, strict=True)
        ]
    if given.json:
        names = ("claim", "product", "fact", "pairs", "broken", "strict")
        say({"claims": [dict(zip(names, row, strict=True)) for row in rows]})
    else:
        say_lines(f"{row[0]:<5}{row[1]:<11}{row[2]:<26}{row[3]:>12,} pairs{row[4]:>8,} broken" for row in rows)
    return 1 if any(row[4] for row in rows) else 0


COMMAND = Command("claims", "check every directional claim on random paths", _arguments, _run)
