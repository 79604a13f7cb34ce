"""python -m simulator coverage: users drawn from the model; what their ranges cover before and after reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.calibrating import RANKED, TOLERANCE, Crowd, attempt, unevenness
from simulator.commands.command import Command, known_packs, pack_in, say, say_lines, whole

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from simulator.calibrating import Trial

COVERAGE = (0.78, 0.84)
"""Share of outcomes that a range promised to cover four in five should cover."""

WIDTH = 2.0
"""Upper over lower end that the median range should not exceed after all reports."""


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--users", type=whole(20, 1_000_000), default=2000, help="users, the packs taking turns")
    parser.add_argument("--seed", type=whole(0, 2**32 - 1), default=1, help="decides every random number")
    parser.add_argument("--asked", choices=("line", "gate", "all"), default="gate", help="how much the users tell")
    parser.add_argument("--months", type=whole(1, 60), default=12, help="horizon after the last report (default 12)")
    parser.add_argument("--reports", type=whole(0, 24), default=6, help="monthly reports (default 6)")
    parser.add_argument("--draws", type=whole(400, 100_000), default=2000, help="paths of a forecast (default 2000)")
    parser.add_argument("--truth", default="honest", help="preset the users live by; forecasts are always honest")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _run(given: Namespace) -> int:
    packs = known_packs()
    rows: list[dict[str, Any]] = []
    for product in packs:
        pack = pack_in(packs, given.truth, product)
        for real in (True, False):
            crowd = Crowd(
                users=given.users // len(packs),
                seed=given.seed,
                asked=given.asked,
                real=real,
                reports=given.reports,
                months=given.months,
                draws=given.draws,
                truth=given.truth,
            )
            rows += _rows(product, attempt(pack, crowd), real=real)
    if given.json:
        say({"aims": {"coverage": COVERAGE, "width": WIDTH, "unevenness": TOLERANCE}, "rows": rows})
    else:
        say_lines(_told(rows))
    return 0


def _rows(product: str, trial: Trial, *, real: bool) -> Iterator[dict[str, Any]]:
    figures = zip(trial.coverage(), trial.even_coverage(), trial.width(), strict=True)
    for reports, (covered, even, width) in enumerate(figures):
        yield {
            "product": product,
            "crowd": "population" if real else "as_believed",
            "reports": reports,
            "coverage": round(float(covered), 4),
            "even_coverage": round(float(even), 4),
            "width": round(float(width), 3),
            "widened": round(float(trial.widened[reports].mean()), 4),
            "unevenness": {name: round(unevenness(trial.ranks[name][reports]), 1) for name in RANKED},
        }


def _told(rows: list[dict[str, Any]]) -> Iterator[str]:
    yield f"aims: coverage {COVERAGE[0]} to {COVERAGE[1]}, width to {WIDTH}, unevenness (as believed) to {TOLERANCE}"
    yield f"{'product':<11}{'crowd':<13}{'reports':>7}{'coverage':>10}{'even':>8}{'width':>8}{'widened':>9}  unevenness"
    for row in rows:
        uneven = "  ".join(f"{name} {value:.1f}" for name, value in row["unevenness"].items())
        yield (
            f"{row['product']:<11}{row['crowd']:<13}{row['reports']:>7}{row['coverage']:>10.3f}"
            f"{row['even_coverage']:>8.3f}{row['width']:>8.2f}{row['widened']:>9.3f}  {uneven}"
        )


COMMAND = Command("coverage", "what ranges cover, on users drawn from the model", _arguments, _run)
