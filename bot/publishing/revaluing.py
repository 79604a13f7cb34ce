"""One number of a policy pack changed, with the grade, source and date that it now rests on."""

from __future__ import annotations

import datetime as dt
import json
from typing import NamedTuple

import yaml

from bot.publishing.yaml_marks import NoSuchFieldError, UnfitValueError, Where, changed, value_at
from knowledge.paper import parse
from knowledge.problems import Problem

RANGE = ("value", "low", "high")


class Ground(NamedTuple):
    """What a number rests on: the grade of evidence, a source in words, and its date."""

    grade: str
    source: str
    date: dt.date


def place_of(data: object, name: str) -> Where:
    """Where a parameter stands in a pack; the weight of a factor is called ``weight_`` and the factor's name.

    Raises:
        NoSuchFieldError: when the pack has no such parameter.
    """
    for where in (("parameters", name), ("factors", name.removeprefix("weight_"), "weight")):
        try:
            found = value_at(data, where)
        except NoSuchFieldError:
            continue
        if isinstance(found, dict) and "value" in found:
            return where
    raise NoSuchFieldError(name)


def revalued(text: str, name: str, value: float, ground: Ground) -> str:
    """A pack's text with one number changed; ``name`` may end in ``.low`` or ``.high`` for an end of its range.

    Raises:
        NoSuchFieldError: when the pack has no such parameter.
        UnfitValueError: when the number cannot stand there.
    """
    data = parse(text, "")
    if isinstance(data, Problem):
        raise UnfitValueError(data.reason)
    stem, _, end = name.partition(".")
    if end not in {"", *RANGE}:
        raise NoSuchFieldError(name)
    where = place_of(data, stem)
    source = _free_name(value_at(data, ("sources",)), ground.date)
    number = int(value) if value == int(value) else value
    after = {end or "value": number, "source": source, "grade": ground.grade}
    known = value_at(data, where)
    if isinstance(known, dict) and "date" in known:
        after["date"] = ground.date.isoformat()
    for field, told in after.items():
        text = changed(text, (*where, field), told)
    return _with_source(text, source, ground)


def _free_name(sources: object, date: dt.date) -> str:
    taken = sources if isinstance(sources, dict) else {}
    return next(name for nth in range(len(taken) + 1) if (name := f"s{date:%Y%m%d}_{nth + 1}") not in taken)


def _with_source(text: str, name: str, ground: Ground) -> str:
    """The text with one more source, before the others."""
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    sources = next((value for key, value in pairs if key.value == "sources"), None)
    if not isinstance(sources, yaml.MappingNode) or not sources.value or sources.flow_style:
        raise UnfitValueError("sources that stand one below another would be right")
    first = sources.value[0][0].start_mark
    told = json.dumps({"text": ground.source, "date": ground.date.isoformat()}, ensure_ascii=False)
    return f"{text[: first.index]}{name}: {told}\n{' ' * first.column}{text[first.index :]}"
