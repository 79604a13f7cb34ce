"""A mapping file read at the border: YAML or JSON in, a mapping or everything that is wrong with it out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from simulator.fitting.mapping import Feature, Scale, Segments, Series, Sign, TableMapping, Take, Term
from simulator.sheet import Sheet
from simulator.vocabulary import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHIPPED = Path(__file__).parent / "mappings"
MOST_BYTES = 200_000
MOST_BACK = 120

_FIELDS = ("title", "source", "target", "series", "features", "drop", "levels", "segments")
_SERIES = ("columns", "terms", "over", "floor", "low", "high")
_FEATURE = ("of", "take", "scale", "sign", "over", "floor", "low", "high", "least", "most", "multiple_of")


def shipped() -> tuple[str, ...]:
    """The names of the mappings that ship with the simulator."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.yaml")))


def read_mapping(name: str) -> TableMapping | tuple[Problem, ...]:
    """The mapping in a file, or the shipped one of that name; all problems found otherwise."""
    path = SHIPPED / f"{name}.yaml" if name in shipped() else Path(name)
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no file has such a name"
        right = f"a file or one of {', '.join(shipped())} would be right"
        return (Problem("no_file", "--mapping", f"{name[:200]} cannot be read: {reason}; {right}"),)
    content = _parse(raw)
    if isinstance(content, Problem):
        return (content,)
    problems: list[Problem] = []
    mapping = _read(Sheet(path.name, "", content, problems))
    return tuple(one._replace(code="bad_mapping") for one in problems) or mapping


def _parse(raw: bytes) -> object | Problem:
    if len(raw) > MOST_BYTES:
        return Problem("too_large", "--mapping", f"was more than {MOST_BYTES:,} bytes; a mapping is smaller")
    try:
        text = raw.decode("utf-8-sig")
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.CSafeLoader)):
            return Problem("bad_mapping", "--mapping", "has an alias; every value written out would be right")
        content: object = yaml.load(text, yaml.CSafeLoader)
    except (UnicodeDecodeError, ValueError, RecursionError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())[:200]
        return Problem("bad_mapping", "--mapping", f"is not readable YAML or JSON: {reason}")
    return content


def _read(sheet: Sheet) -> TableMapping:
    sheet.only(_FIELDS)
    series = {name: _series(one) for name, one in sheet.sub("series").subs()}
    mapping = TableMapping(
        title=sheet.text("title"),
        source=sheet.text("source"),
        target=sheet.text("target"),
        series=series,
        features=tuple(_feature(name, one) for name, one in sheet.sub("features").subs()),
        drop={name: sheet.sub("drop").text(name) for name in sheet.sub("drop").names()},
        levels={name: _levels(one) for name, one in sheet.sub("levels").subs()},
        segments=_segments(sheet.sub("segments")) if sheet.has("segments") else None,
    )
    _check_series(sheet, series)
    _check_columns(sheet, mapping)
    _check_features(sheet, mapping)
    return mapping


def _series(sheet: Sheet) -> Series:
    sheet.only(_SERIES)
    return Series(
        columns=tuple(_texts(sheet, "columns")),
        terms=tuple(_term(row) for row in sheet.rows("terms")),
        over=_term(sheet.sub("over")) if sheet.has("over") else None,
        floor=sheet.number("floor", 1.0),
        low=_optional(sheet, "low"),
        high=_optional(sheet, "high"),
    )


def _term(sheet: Sheet) -> Term:
    sheet.only(("of", "back", "times"))
    back = sheet.number("back", 0.0)
    if not 0 <= back <= MOST_BACK:
        sheet.note(f"{sheet.path}.back", f"was {back:g}; 0 to {MOST_BACK} periods would be right")
    return Term(sheet.text("of"), int(max(back, 0)), sheet.number("times", 1.0))


def _feature(name: str, sheet: Sheet) -> Feature:
    sheet.only(_FEATURE)
    over = None
    if sheet.has("over"):
        divisor = sheet.sub("over")
        divisor.only(("of", "take"))
        over = (divisor.text("of"), Take(divisor.one_of("take", tuple(Take)[1:-1])))
    return Feature(
        name=name,
        of=sheet.text("of", name),
        take=Take(sheet.one_of("take", tuple(Take), Take.EACH)),
        scale=Scale(sheet.one_of("scale", tuple(Scale), Scale.PLAIN)),
        sign=Sign(sheet.one_of("sign", tuple(Sign))),
        over=over,
        floor=sheet.number("floor", 1.0),
        **{bound: _optional(sheet, bound) for bound in ("low", "high", "least", "most", "multiple_of")},
    )


def _levels(sheet: Sheet) -> Mapping[str, float]:
    return {name: sheet.number(name) for name in sheet.names()}


def _segments(sheet: Sheet) -> Segments:
    sheet.only(("of", "at"))
    return Segments(sheet.text("of"), tuple(_numbers(sheet, "at")))


def _optional(sheet: Sheet, name: str) -> float | None:
    return sheet.number(name) if sheet.has(name) else None


def _texts(sheet: Sheet, name: str) -> Iterator[str]:
    value = sheet.raw(name)
    for item in value if isinstance(value, list) else [] if value is None else [value]:
        if isinstance(item, str) and item:
            yield item
        else:
            sheet.note(f"{sheet.path}.{name}", f"was {item!r}; names of columns would be right")


def _numbers(sheet: Sheet, name: str) -> Iterator[float]:
    value = sheet.raw(name)
    for index, item in enumerate(value if isinstance(value, list) else [value]):
        yield Sheet(sheet.file, sheet.path, {f"{name}[{index}]": item}, sheet.problems).number(f"{name}[{index}]")


def _check_series(sheet: Sheet, series: Mapping[str, Series]) -> None:
    """A series is columns or terms, of series that stand before it (so none can go in a circle)."""
    before: list[str] = []
    for name, one in series.items():
        if bool(one.columns) == bool(one.terms):
            sheet.note(f"series.{name}", "either columns or terms would be right")
        if one.floor <= 0.0:
            sheet.note(f"series.{name}.floor", f"was {one.floor:g}; a number above nothing would be right")
        for term in (*one.terms, *([one.over] if one.over else [])):
            if term.of not in before:
                sheet.note(f"series.{name}", f"{term.of!r} is no series above it; {', '.join(before) or 'none'} are")
        before.append(name)


def _check_columns(sheet: Sheet, mapping: TableMapping) -> None:
    for column in mapping.columns:
        if column == mapping.target:
            sheet.note("series", f"{column} is the target; no feature may be made of it")
        if column in mapping.drop:
            sheet.note("series", f"{column} is dropped ({mapping.drop[column][:80]}); no feature may be made of it")
    for column in mapping.levels:
        if column not in mapping.columns:
            sheet.note(f"levels.{column}", "is no column of a series")


def _check_features(sheet: Sheet, mapping: TableMapping) -> None:
    if not mapping.features:
        sheet.note("features", "at least one feature is needed")
    for feature in mapping.features:
        for name in (feature.of, *([feature.over[0]] if feature.over else [])):
            if name not in mapping.series:
                sheet.note(f"features.{feature.name}", f"{name!r} is no series; {', '.join(mapping.series)} are")
        if feature.floor <= 0.0:
            sheet.note(f"features.{feature.name}.floor", f"was {feature.floor:g}; above nothing would be right")
        if feature.multiple_of is not None and feature.multiple_of <= 0.0:
            sheet.note(f"features.{feature.name}.multiple_of", "a number above nothing would be right")
    free = [feature.name for feature in mapping.features if feature.sign is Sign.FREE and feature.take is not Take.EACH]
    if mapping.segments and (mapping.segments.of not in free or not mapping.segments.at):
        sheet.note("segments", f"one free feature that is not 'each', with cuts, is right: {', '.join(free)}")
