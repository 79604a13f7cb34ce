"""Someone like you: the nearest case by situation, not by words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from knowledge.entries import Case
from simulator.vocabulary import FACTS, Facts, FactValue, Unit

ALIKE = 0.15
"""Two values at most this far apart, on a scale of one, count as agreeing."""
MOST_COMPARED = 3
"""More facts than this on either side and nobody reads them."""
FEWEST_SHARED = 2
"""A case is shown only where at least so many of its facts are known about the borrower."""
_ONLY_THEIRS, _ONLY_OURS = 0.8, 0.4
_TELLING = {"current_line": 3.0, "monthly_income": 2.0, "monthly_turnover": 2.0, "purpose": 2.0, "overdue_now": 0.3}
"""How much a fact says of a situation: who somebody is says most, that nothing is overdue says little."""
STRIKING: Mapping[str, FactValue] = {
    "anomaly_flag": True,
    "customer_concentration": 0.5,
    "debt_to_asset": 0.8,
    "hard_inquiries_3m": 3.0,
    "high_risk_use_share": 0.3,
    "identity_changes_3m": 2.0,
    "identity_valid": False,
    "overdue_events_24m": 1.0,
    "overdue_now": True,
    "prepaid_share": 0.6,
    "purpose": "investment",
    "spend_spike": 1.5,
}
"""Facts that a case is remembered for from this value on: like whoever never said so it is not."""
_NEAR = 0.3
"""How far apart a striking fact may be on a scale of one."""
_LOGGED = frozenset({Unit.YUAN, Unit.YUAN_PER_MONTH, Unit.MONTHS, Unit.DAYS, Unit.COUNT})
_TENFOLD = math.log(10.0)
_REDUCING = frozenset({"debt_reduced", "closed", "refused", "scammed", "cut", "vanished"})


class Match(NamedTuple):
    """A case with how far it is (0 the same, 1 far) and which known facts agree and differ."""

    case: Case
    distance: float
    agree: tuple[str, ...]
    differ: tuple[str, ...]


class Pair(NamedTuple):
    """One fact known of both: its value in the case and the borrower's own, in the fact's unit."""

    fact: str
    theirs: FactValue
    ours: FactValue


class Comparison(NamedTuple):
    """What a case has in common with a borrower and what is different, what tells most first."""

    agree: tuple[Pair, ...]
    differ: tuple[Pair, ...]


def nearest(cases: Iterable[Case], facts: Facts, *, gated: bool, limit: int = 1) -> tuple[Match, ...]:
    """The nearest cases of the same kind of borrower, nearest first; fewer where too little is shared.

    A case that is remembered for something striking is near only to whom that was told of.
    ``gated`` borrowers carry too much debt to be shown a raise: they meet only cases that did not raise a line.
    """
    fitting = (case for case in cases if case.kind is facts.kind and (not gated or _reduces(case)))
    matches = [_match(case, facts) for case in fitting if not _strange(case, facts)]
    shared = [match for match in matches if len(match.agree) + len(match.differ) >= FEWEST_SHARED]
    return tuple(sorted(shared, key=lambda match: (match.distance, match.case.id))[:limit])


def compare(match: Match, facts: Facts, most: int = MOST_COMPARED) -> Comparison:
    """The shared facts of a match beside each other, at most so many that agree and so many that differ."""

    def pairs(names: Iterable[str]) -> tuple[Pair, ...]:
        beside = (Pair(name, match.case.situation[name], facts.values[name]) for name in names)
        return tuple(sorted(beside, key=lambda pair: (-_tells(pair), pair.fact))[:most])

    return Comparison(pairs(match.agree), pairs(match.differ))


def _tells(pair: Pair) -> float:
    """How much a pair says of the likeness: the fact's weight, and for the rest how far apart the two are."""
    return _weight(pair.fact) * (1.0 + _gap(*pair))


def _reduces(case: Case) -> bool:
    return case.outcome in _REDUCING


def _strange(case: Case, facts: Facts) -> bool:
    """Whether what a case is remembered for was never told of this borrower, or told otherwise."""
    marked = [name for name, value in case.situation.items() if _strikes(name, value)]
    return any(not facts.known(name) or _gap(name, case.situation[name], facts.values[name]) > _NEAR for name in marked)


def _strikes(name: str, value: FactValue) -> bool:
    limit = STRIKING.get(name)
    if limit is None or isinstance(limit, bool | str) or isinstance(value, bool | str):
        return limit is not None and value == limit
    return value >= limit


def _match(case: Case, facts: Facts) -> Match:
    shared = [name for name in case.situation if facts.known(name)]
    gaps = {name: _gap(name, case.situation[name], facts.values[name]) for name in shared}
    agree = tuple(name for name, gap in gaps.items() if gap <= ALIKE)
    differ = tuple(name for name, gap in gaps.items() if gap > ALIKE)
    return Match(case, _distance(gaps, case.situation, facts), agree, differ)


def _distance(gaps: Mapping[str, float], situation: Mapping[str, FactValue], facts: Facts) -> float:
    """Weighted mean gap over all facts that either side tells; what only the case tells is what makes it a case."""
    theirs = sum(_weight(name) for name in situation if name not in gaps)
    ours = sum(_weight(name) for name in facts.values if name not in gaps)
    shared = sum(_weight(name) for name in gaps)
    apart = sum(_weight(name) * gap for name, gap in gaps.items())
    return (apart + _ONLY_THEIRS * theirs + _ONLY_OURS * ours) / max(1.0, shared + theirs + ours)


def _weight(name: str) -> float:
    return _TELLING.get(name, 1.0)


def _gap(name: str, theirs: FactValue, ours: FactValue) -> float:
    spec = FACTS[name]
    if isinstance(theirs, str) or isinstance(ours, str):
        return 0.0 if theirs == ours else 1.0
    if spec.unit in _LOGGED:
        return min(1.0, abs(math.log1p(theirs) - math.log1p(ours)) / _TENFOLD)
    return min(1.0, abs(theirs - ours) / min(spec.high - spec.low, 1.0 if spec.unit is not Unit.POINTS else 600.0))
