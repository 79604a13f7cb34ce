"""python -m simulator asking: how wide ranges still are after each answer, in order of value and of the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.commands.command import Command, CommandError, known_packs, say, say_lines, whole
from simulator.interviewing import Study, interview
from simulator.vocabulary import FACTS, Problem

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from simulator.interviewing import Interviews


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--profiles", type=whole(1, 1_000_000), default=200, help="profiles, the packs taking turns")
    parser.add_argument("--answers", type=whole(1, 40), default=8, help="questions asked after the line (default 8)")
    parser.add_argument("--seed", type=whole(0, 2**32 - 1), default=1, help="decides every random number")
    parser.add_argument("--order", type=_order, default=(), help="the author's order, as facts with commas between")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _order(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    for name in names:
        if name not in FACTS:
            raise CommandError(Problem("unknown_fact", "--order", f"{name[:40]!r} was read; names of facts are right"))
    return names


def _run(given: Namespace) -> int:
    packs = known_packs()
    study = Study(max(given.profiles // len(packs), 1), given.answers, given.seed, given.order)
    found = {product: interview(pack, study) for product, pack in packs.items()}
    if given.json:
        say({product: _document(interviews) for product, interviews in found.items()})
    else:
        say_lines(line for product, interviews in found.items() for line in _told(product, interviews))
    return 0


def _document(found: Interviews) -> dict[str, object]:
    return {
        "by_value": found.by_value.round(4).tolist(),
        "by_author": found.by_author.round(4).tolist(),
        "known": found.known.round(4).tolist(),
        "asked": dict(found.asked),
    }


def _told(product: str, found: Interviews) -> Iterator[str]:
    yield f"{product}: range p10 to p90 and standard deviation of the line after a year, in doublings"
    yield f"{'answers':>7}{'by value':>20}{'by author':>20}"
    for answers, (value, author) in enumerate(zip(found.by_value, found.by_author, strict=True)):
        yield f"{answers:>7}{value[0]:>12.3f}{value[1]:>8.3f}{author[0]:>12.3f}{author[1]:>8.3f}"
    yield f"{'all':>7}{found.known[0]:>12.3f}{found.known[1]:>8.3f}"
    yield "asked first: " + ", ".join(f"{name} {count}" for name, count in list(found.asked.items())[:8])


COMMAND = Command("asking", "what each answer does to the range, in two orders", _arguments, _run)
"""The verb, for the folder of commands."""
