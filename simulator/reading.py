"""A profile read at the border: JSON in, facts of one product or everything that is wrong with it out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from simulator.vocabulary import Facts, FactValue, Kind, Problem, check_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.policy import Pack

MOST_CHARACTERS = 1_000_000
_DEEPEST = 200


@dataclass(frozen=True, slots=True)
class Profile:
    """One borrower and the pack id of the product they ask about."""

    product: str
    facts: Facts


def parse_document(text: str) -> object | Problem:
    """Any JSON document; refuses what is too large, nested too deep, not JSON, not finite, or names a key twice."""
    if len(text) > MOST_CHARACTERS:
        return Problem("too_large", "document", f"was {len(text):,} characters; at most {MOST_CHARACTERS:,} are read")
    if not text.strip():
        return Problem("empty", "document", "was empty; a JSON object would be right")
    try:
        return cast("object", json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse))
    except RecursionError:
        return Problem("bad_json", "document", f"was nested too deep; a profile needs two levels, not {_DEEPEST}")
    except ValueError as error:
        return Problem("bad_json", "document", f"was not readable JSON ({error}); a JSON object would be right")


def read_profile(document: object, packs: Mapping[str, Pack]) -> Profile | tuple[Problem, ...]:
    """A profile ``{"kind", "product", "facts"}`` checked whole: every problem found is told, not just the first.

    ``product`` may be left out where only one pack serves the kind.
    """
    if not isinstance(document, dict):
        return (Problem("wrong_type", "profile", f"was {_shown(document)}; an object with kind and facts is right"),)
    if not document:
        return (Problem("empty", "profile", "was empty; an object with kind, product and facts would be right"),)
    problems = [
        Problem("unknown_field", str(name), f"{_shown(name)} is no field of a profile; kind, product and facts are")
        for name in document
        if name not in {"kind", "product", "facts"}
    ]
    kind = _read_kind(document.get("kind"))
    if isinstance(kind, Problem):
        return (*problems, kind)
    pack = _read_product(document.get("product"), kind, packs)
    problems.extend([pack] if isinstance(pack, Problem) else [])
    facts = read_facts(kind, document.get("facts", {}))
    if isinstance(facts, Facts) and not isinstance(pack, Problem) and not problems:
        return Profile(pack.product, facts)
    return (*problems, *(() if isinstance(facts, Facts) else facts))


def read_facts(kind: Kind, document: object) -> Facts | tuple[Problem, ...]:
    """Facts of one kind from names and values, or every problem in them, contradictions included."""
    if not isinstance(document, dict):
        return (Problem("wrong_type", "facts", f"was {_shown(document)}; an object of names and values is right"),)
    values: dict[str, FactValue] = {}
    problems: list[Problem] = []
    for name, value in document.items():
        checked = check_value(kind, str(name), value)
        if isinstance(checked, Problem):
            problems.append(checked)
        else:
            values[str(name)] = checked
    facts = Facts(kind, MappingProxyType(values))
    problems.extend(contradictions(facts))
    return tuple(problems) if problems else facts


def contradictions(facts: Facts) -> tuple[Problem, ...]:
    """Pairs of facts that cannot both be true of one line; equal values are fine."""
    problems = []
    for smaller, larger in (("used_balance", "current_line"), ("on_time_months", "months_on_book")):
        low, high = facts.number(smaller), facts.number(larger)
        if low is not None and high is not None and low > high:
            message = f"{smaller} was {low:,.10g} but {larger} was {high:,.10g}; {smaller} can be at most {larger}"
            problems.append(Problem("contradiction", smaller, message))
    return tuple(problems)


def _read_kind(value: object) -> Kind | Problem:
    if isinstance(value, str) and value in set(Kind):
        return Kind(value)
    return Problem("wrong_kind", "kind", f"kind was {_shown(value)}; person or business would be right")


def _read_product(value: object, kind: Kind, packs: Mapping[str, Pack]) -> Pack | Problem:
    serving = [pack for pack in packs.values() if pack.kind is kind]
    right = " or ".join(pack.product for pack in serving) or "nothing, as no pack serves this kind,"
    if value is None and len(serving) == 1:
        return serving[0]
    pack = packs.get(value) if isinstance(value, str) else None
    if pack is None:
        return Problem("unknown_product", "product", f"product was {_shown(value)}; {right} would be right")
    if pack.kind is not kind:
        return Problem("wrong_kind", "product", f"{pack.product} does not serve a {kind}; {right} would be right")
    return pack


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read = dict(pairs)
    if len(read) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {_shown(twice)} stands there twice")
    return read


def _refuse(literal: str) -> object:
    raise ValueError(f"{literal} is not a number that JSON knows")


def _shown(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**18:
        return "a number of many digits"
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
