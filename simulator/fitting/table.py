"""A table read at the border: a file of comma-separated values in, columns of numbers or one problem out."""

from __future__ import annotations

import csv
import math
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from simulator.vocabulary import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from simulator.fitting.growing import IntArray
    from simulator.fitting.mapping import TableMapping
    from simulator.shapes import FloatArray

MOST_ROWS = 200_000
"""Rows that are read at most: all of them are held in memory while a model is fitted."""

MOST_BYTES = 64_000_000
"""Bytes that are read at most: a larger file is refused before it is read, a longer stream while it is."""

LEAST_ROWS = 200
"""Rows that a model is fitted on at least."""

_LONGEST = 100_000  # bytes of one line
_LARGEST = 1e15  # no amount, count or age is larger; infinities are, and not-a-numbers are no smaller


class TableError(Exception):
    """Something in a table that stops its reading, as the problem to be told."""

    def __init__(self, code: str, field: str, message: str) -> None:
        """Keep the problem."""
        super().__init__(message)
        self.problem = Problem(code, field, message)


@dataclass(frozen=True, slots=True)
class Table:
    """The columns that a mapping names, and the target, row by row."""

    columns: Mapping[str, FloatArray]
    target: FloatArray

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.target)

    def rows(self, chosen: IntArray) -> Table:
        """Some of the rows, by their numbers."""
        return Table({name: column[chosen] for name, column in self.columns.items()}, self.target[chosen])


def read_table(name: str, mapping: TableMapping, least: int = LEAST_ROWS) -> Table:
    """The table in a file, or on standard input for ``-``; other columns are passed over.

    Raises:
        TableError: naming the first row and column that is wrong, or what is wrong with the whole.
    """
    try:
        if name == "-":
            return _read(sys.stdin.buffer, mapping, least)
        with Path(name).open("rb") as file:
            _bound(Path(name).stat().st_size)
            return _read(file, mapping, least)
    except TableError as error:
        code, field, message = error.problem
        raise TableError(code, field, f"{message} ({Path(name).name[:80]})") from None
    except UnicodeDecodeError:
        raise TableError("no_file", name[:200], "cannot be read: it is not UTF-8 text") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no file has such a name"
        raise TableError("no_file", name[:200], f"cannot be read: {reason}") from None


def _read(file: BinaryIO, mapping: TableMapping, least: int) -> Table:
    rows = csv.reader(_lines(file), strict=True)
    try:
        wanted = (*mapping.columns, mapping.target)
        places = _places(next(rows, []), wanted)
        read = list(_numbers(rows, places, mapping))
    except csv.Error as error:
        raise TableError("bad_table", f"row {rows.line_num}", f"is no row of a table: {error}") from None
    if len(read) < least:
        raise TableError("too_few_rows", "table", f"had {len(read)} rows; at least {least} would be right")
    values = np.array(read, dtype=np.float64)
    target = values[:, -1]
    if target.min() == target.max():
        raise TableError("constant_target", mapping.target, f"was {target[0]:g} in every row; it must differ")
    return Table({column: values[:, index] for index, column in enumerate(mapping.columns)}, target)


def _bound(size: int) -> None:
    if size > MOST_BYTES:
        raise TableError("too_large", "table", f"had more than {MOST_BYTES:,} bytes; at most so many are read")


def _lines(file: BinaryIO) -> Iterator[str]:
    number = size = 0
    while line := file.readline(_LONGEST + 1):
        number += 1
        size += len(line)
        _bound(size)
        if len(line) > _LONGEST:
            raise TableError("too_large", f"row {number}", f"was longer than {_LONGEST:,} bytes")
        yield line.decode("utf-8-sig" if number == 1 else "utf-8")


def _places(header: Sequence[str], wanted: Sequence[str]) -> list[int]:
    names = [name.strip() for name in header]
    if not any(names):
        raise TableError("empty", "table", "was empty; a header and rows would be right")
    for column in wanted:
        if names.count(column) != 1:
            found = "twice" if column in names else "not"
            there = ", ".join(names)[:200]
            raise TableError("missing_column", column, f"is {found} in the header; there are {there}")
    return [names.index(column) for column in wanted]


def _numbers(rows: Iterator[list[str]], places: Sequence[int], mapping: TableMapping) -> Iterator[list[float]]:
    wanted = (*mapping.columns, mapping.target)
    levels = [mapping.levels.get(column) for column in wanted]
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise TableError("too_large", "table", f"had more than {MOST_ROWS:,} rows; at most so many are read")
        if not row:
            continue
        if len(row) <= max(places):
            raise TableError("bad_table", f"row {number}", f"had {len(row)} cells; {max(places) + 1} are needed")
        cells = [_number(row[place], level) for place, level in zip(places, levels, strict=True)]
        for column, cell, place in zip(wanted, cells, places, strict=True):
            if not abs(cell) < _LARGEST:
                levels_met = ", ".join(mapping.levels.get(column, ()))
                right = f"one of {levels_met}" if levels_met else f"a number below {_LARGEST:.0e}"
                message = f"was {row[place][:40]!r} in row {number}; {right} would be right"
                raise TableError("not_a_number", column, message)
        if cells[-1] <= 0.0:
            message = f"was {cells[-1]:g} in row {number}; a line above nothing would be right"
            raise TableError("out_of_bounds", mapping.target, message)
        yield cells


def _number(cell: str, levels: Mapping[str, float] | None) -> float:
    if levels is not None:
        return levels.get(cell.strip(), math.nan)
    try:
        return float(cell) if "_" not in cell else math.nan
    except ValueError:
        return math.nan
