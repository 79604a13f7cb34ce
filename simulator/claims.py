"""Claims of the founding articles that must hold on every path: one better fact, never a lower line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from simulator import movement
from simulator.preparing import Chance, cut_tapes, draw_luck
from simulator.quickest import quickest
from simulator.recutting import recut
from simulator.sampling import draw_state, draw_traits, stream
from simulator.vocabulary import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.policy import Pack
    from simulator.preparing import Luck
    from simulator.shapes import Value
    from simulator.tapes import Tapes

_COLUMNS = 16_384  # profiles times paths walked at once, so memory stays constant
_KNOWN = 0.6  # share of facts that each batch of profiles has told


@dataclass(frozen=True, slots=True)
class Claim:
    """One directional claim about one fact: its values from worst to best, and of which fact they are multiples."""

    id: str
    fact: str
    worst_to_best: tuple[float, ...]
    of: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a claim fared: paired paths compared, paths where the better fact ended lower at any month, or higher."""

    pairs: int
    broken: int
    strict: int

    def plus(self, other: Outcome) -> Outcome:
        """Both together."""
        return Outcome(self.pairs + other.pairs, self.broken + other.broken, self.strict + other.strict)


def _claims(ids: str, fact: str, *worst_to_best: float, of: str = "") -> Iterator[Claim]:
    for one in ids.split():
        yield Claim(one, fact, worst_to_best, of)


CLAIMS: tuple[Claim, ...] = (
    *_claims("A2 A6 A7", "on_time_months", 0, 1, 3, 6, 12, 36),
    *_claims("A2", "months_on_book", 1, 6, 24, 60),
    *_claims("A13 B8", "overdue_now", 1, 0),
    *_claims("A13 B8", "overdue_events_24m", 6, 2, 1, 0),
    *_claims("A13", "max_days_past_due_24m", 120, 60, 10, 0),
    *_claims("B9 B16 B25", "draws_per_month", 12, 6, 4, 2, 1, 0),
    *_claims("B17", "prepaid_share", 0.0, 0.1, 0.2),
    *_claims("B10 B17", "prepaid_share", 1.0, 0.9, 0.75, 0.6),
    *_claims("A10 B12 B27 B29", "monthly_debt_service", 1.2, 0.6, 0.3, 0.1, 0.0, of="means"),
    *_claims("A10", "lenders_count", 9, 5, 3, 2, 1, 0),
    *_claims("A12 A29", "payment_flow", 0, 500, 5_000, 50_000, 500_000),
    *_claims("B20", "services_used", 0, 2, 4, 8),
    *_claims("A15 B18", "high_risk_use_share", 1.0, 0.5, 0.1, 0.0),
    *_claims("A14 B18 B30", "purpose", 0.0, 0.2, 0.8, 1.0),
    *_claims("A23 B12 B22", "cash_reserve_months", 0, 1, 3, 12),
    *_claims("A9", "anomaly_flag", 1, 0),
    *_claims("A18", "profile_completeness", 0.0, 0.4, 0.8, 1.0),
    *_claims("A18", "identity_valid", 0, 1),
    *_claims("B26", "used_balance", 1.0, 0.8, 0.6, 0.3, 0.0, of="current_line"),
    *_claims("B11", "monthly_income", 1_500, 4_000, 9_000, 40_000),
    *_claims("A16", "income_volatility", 1.5, 0.8, 0.3, 0.0),
    *_claims("A19", "verified_income_share", 0.0, 0.4, 0.8, 1.0),
    *_claims("B19 B6", "bills_on_time_share", 0.2, 0.6, 0.9, 1.0),
    *_claims("A17 B11 B20", "wealth_balance", 0, 2_000, 20_000, 500_000),
    *_claims("A17", "sister_credit_clean", 0, 1),
    *_claims("B27", "sister_credit_balance", 100_000, 20_000, 3_000, 0),
    *_claims("A8", "spend_spike", 6.0, 3.0, 1.5, 0.5),
    *_claims("B2 B6 B8", "sesame_score", 380, 560, 650, 720, 900),
    *_claims("A20", "operating_months", 2, 12, 36, 120),
    *_claims("B11", "monthly_turnover", 10_000, 80_000, 400_000, 3_000_000),
    *_claims("A21 A29", "verified_turnover_share", 0.0, 0.4, 0.8, 1.0),
    *_claims("A5 A21 A29 B23", "statements_completeness", 0.0, 0.4, 0.8, 1.0),
    *_claims("A5", "tax_invoice_completeness", 0.0, 0.5, 1.0),
    *_claims("A4 A23", "cash_flow_volatility", 1.5, 0.8, 0.3, 0.0),
    *_claims("A3 A11 A22 B23 B28", "debt_to_asset", 1.5, 0.9, 0.6, 0.4, 0.1),
    *_claims("A24", "third_party_rating", 0, 1),
)
"""Every claim of kind M about a fact, by its id in the founding articles' list; a claim may name several facts."""


def check(claim: Claim, pack: Pack, *, profiles: int, paths: int, seed: int, months: int = 12) -> Outcome:
    """Compare neighbouring values of a claim's fact on the very same paths of random profiles; see ``check_all``."""
    return check_all([claim], pack, profiles=profiles, paths=paths, seed=seed, months=months)[0]


def check_all(
    claims: Sequence[Claim], pack: Pack, *, profiles: int, paths: int, seed: int, months: int = 12
) -> list[Outcome]:
    """Compare neighbouring values of each claim's fact on the very same paths of random profiles.

    Args:
        claims: which facts, from worst to best; claims on equal values share their outcome.
        pack: a product to whose kind the facts apply.
        profiles: number of random profiles, of which more than half of the facts are told.
        paths: number of paths for each profile.
        seed: decides profiles and paths.
        months: horizon.
    """
    distinct = {(claim.fact, claim.worst_to_best, claim.of): claim for claim in claims}
    totals = dict.fromkeys(distinct, Outcome(0, 0, 0))
    for batch, size in enumerate(_batches(profiles, max(1, _COLUMNS // paths))):
        told = _profiles(pack, size, paths, (seed, batch))
        own = int(stream(seed, 11, batch).integers(2**32))
        luck = draw_luck(pack, Chance(months, own, "honest", size * paths))
        tapes = cut_tapes(told, pack, luck)
        for name, claim in distinct.items():
            totals[name] = totals[name].plus(_compared(claim, tapes, luck))
    return [totals[claim.fact, claim.worst_to_best, claim.of] for claim in claims]


def claims_for(pack: Pack) -> tuple[Claim, ...]:
    """The claims whose fact applies to the pack's kind of borrower."""
    return tuple(claim for claim in CLAIMS if pack.kind in FACTS[claim.fact].kinds)


def _compared(claim: Claim, tapes: Tapes, luck: Luck) -> Outcome:
    """How a claim fares on some tapes, with the value told, or a multiple of another fact where the claim says so."""
    base = tapes.told[_means(tapes.pack) if claim.of == "means" else claim.of] if claim.of else 1.0
    walk = quickest(movement.walk, "kernels")
    ends = []
    for value in claim.worst_to_best:
        cut = recut(tapes, luck, {claim.fact: value * base})
        ends.append(walk(cut, cut.joined(())))
    broken = sum(int(np.any(better < worse, axis=0).sum()) for worse, better in pairwise(ends))
    strict = sum(int(np.any(better > worse, axis=0).sum()) for worse, better in pairwise(ends))
    return Outcome(tapes.draws * (len(ends) - 1), broken, strict)


def _profiles(pack: Pack, size: int, paths: int, seed: tuple[int, int]) -> dict[str, Value]:
    """Random profiles, each repeated for its paths; some facts of the batch stay unknown."""
    chance = stream(seed[0], 12, seed[1])
    state = draw_state({}, pack, draw_traits(pack, int(chance.integers(2**32)), size))
    always = {"current_line", _means(pack)}
    known = [name for name in state if name in always or chance.random() < _KNOWN]
    return {name: np.repeat(np.asarray(state[name], dtype=np.float64), paths) for name in known}


def _means(pack: Pack) -> str:
    return "monthly_income" if "monthly_income" in pack.priors else "monthly_turnover"


def _batches(profiles: int, most: int) -> Iterator[int]:
    for start in range(0, profiles, most):
        yield min(most, profiles - start)
