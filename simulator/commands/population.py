"""python -m simulator population: synthetic profiles from the prior, one JSON a line."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.commands.command import Command, CommandError, known_packs, say_lines, whole
from simulator.population import population
from simulator.vocabulary import Problem

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=whole(1, 100_000_000), required=True, help="number of profiles")
    parser.add_argument("--seed", type=whole(0, 2**32 - 1), default=1, help="decides every random number")
    parser.add_argument("--product", help="only profiles for this pack; otherwise all packs take turns")
    parser.add_argument("--out", required=True, help="the file to write, or -")


def _run(given: Namespace) -> int:
    packs = known_packs()
    if given.product is not None and given.product not in packs:
        right = ", ".join(packs)
        raise CommandError(Problem("unknown_product", "--product", f"{given.product[:40]!r}; one of {right} is right"))
    chosen = [packs[given.product]] if given.product else list(packs.values())
    lines = (json.dumps(profile) for profile in islice(population(chosen, given.seed), given.n))
    if given.out == "-":
        say_lines(lines)
        return 0
    try:
        with Path(given.out).open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise CommandError(Problem("no_file", "--out", f"{given.out} cannot be written: {error.strerror}")) from None
    return 0


COMMAND = Command("population", "synthetic profiles from the prior", _arguments, _run)
