"""python -m simulator population: synthetic profiles from the prior, one JSON a line."""

from __future__ import annotations

import functools
import json
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from simulator import crowd
from simulator.commands.command import Command, CommandError, known_packs, say_lines, whole
from simulator.population import population
from simulator.preparing import Chance, draw_luck
from simulator.quickest import quickest
from simulator.vocabulary import Problem

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from simulator.population import Foresee

_WORTH_COMPILING = 20_000  # profiles; fewer are done sooner by plain arrays


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=whole(1, 100_000_000), required=True, help="number of profiles")
    parser.add_argument("--seed", type=whole(0, 2**32 - 1), default=1, help="decides every random number")
    parser.add_argument("--product", help="only profiles for this pack; otherwise all packs take turns")
    parser.add_argument("--out", required=True, help="the file to write, or -")
    parser.add_argument("--forecast", action="store_true", help="with each profile, what becomes of its line")
    parser.add_argument("--months", type=whole(1, 60), default=12, help="horizon of the forecast (default 12)")
    parser.add_argument("--paths", type=whole(100, 4096), default=256, help="paths of each forecast (default 256)")


def _run(given: Namespace) -> int:
    packs = known_packs()
    if given.product is not None and given.product not in packs:
        right = ", ".join(packs)
        raise CommandError(Problem("unknown_product", "--product", f"{given.product[:40]!r}; one of {right} is right"))
    chosen = [packs[given.product]] if given.product else list(packs.values())
    lines = (json.dumps(profile) for profile in islice(population(chosen, given.seed, _foresee(given)), given.n))
    if given.out == "-":
        say_lines(lines)
        return 0
    try:
        with Path(given.out).open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise CommandError(Problem("no_file", "--out", f"{given.out} cannot be written: {error.strerror}")) from None
    return 0


def _foresee(given: Namespace) -> Foresee | None:
    """What becomes of whole profiles, all of a pack on the same luck; a few are not worth starting a compiler for."""
    if not given.forecast:
        return None
    outlook = quickest(crowd.outlook, "kernels_of_crowds") if given.n >= _WORTH_COMPILING else crowd.outlook
    chance = Chance(given.months, given.seed, "honest", given.paths)
    luck = functools.cache(lambda product: draw_luck(known_packs()[product], chance))
    return lambda pack, profiles: outlook(profiles, pack, luck(pack.product))


COMMAND = Command("population", "synthetic profiles from the prior", _arguments, _run)
