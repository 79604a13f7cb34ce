"""Tables of made-up lines for the tests of calibration: a known rule, known noise."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from simulator.fitting.boosting import Recipe
from simulator.fitting.design import Design, lay_design
from simulator.fitting.mapping import TableMapping
from simulator.fitting.mapping_file import read_mapping
from simulator.fitting.table import read_table
from simulator.fitting.teaching import Course

MAPPING = """
title: Made lines
source: made by the tests
target: line
drop: {again: a copy of the line}
levels: {job: {none: 0, some: 1, steady: 2}}
series:
  spent: {columns: [spent1, spent2, spent3]}
  late: {columns: [late1, late2, late3], low: 0}
  job: {columns: [job]}
  age: {columns: [age]}
features:
  spent_mean: {of: spent, take: mean, scale: log, sign: "+"}
  spent_trend: {of: spent, take: trend, scale: log, sign: free}
  late: {of: late, sign: "-"}
  late_months: {of: late, take: count, least: 1, sign: "-"}
  job: {of: job, sign: free}
  age: {of: age, take: newest, sign: free}
segments: {of: age, at: [45]}
"""

HEADER = ("spent1", "spent2", "spent3", "late1", "late2", "late3", "job", "age", "again", "line")

SMALL = Course(
    middle=Recipe(trees=30, depth=3, rate=0.25, features=0.7), ends=Recipe(trees=12, depth=2, rate=0.3), bins=32
)

TINY = Course(parts=2, repeats=1, middle=Recipe(8, 3, 0.5, 0.7), ends=Recipe(3, 2, 0.5, 0.7), bins=16, end_bins=8)


def write_mapping(folder: Path, text: str = MAPPING) -> Path:
    path = folder / "made.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def write_rows(path: Path, rows: list[list[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


def made_rows(count: int, seed: int) -> list[list[object]]:
    """The line doubles with every doubling of spending and halves with every late month; the old vary twice as much."""
    chance = np.random.default_rng(seed)
    spent = np.round(1000.0 * 2.0 ** chance.uniform(0.0, 4.0, (count, 1)) * chance.uniform(0.8, 1.25, (count, 3)))
    late = chance.binomial(1, 0.15, (count, 3))
    job, age = chance.integers(0, 3, count), chance.integers(20, 70, count)
    noise = chance.normal(size=count) * np.where(age < 45, 0.3, 0.9)
    line = np.round(2.0 ** (np.log2(spent.mean(axis=1)) - late.sum(axis=1) + 0.3 * job + noise), 2)
    names = np.array(["none", "some", "steady"])[job]
    columns = [*spent.T.tolist(), *late.T.tolist(), names.tolist(), age.tolist(), line.tolist(), line.tolist()]
    return [list(row) for row in zip(*columns, strict=True)]


def made_design(folder: Path, count: int, seed: int, mapping: str = MAPPING) -> Design:
    read = read_mapping(str(write_mapping(folder, mapping)))
    assert isinstance(read, TableMapping), read
    table = read_table(str(write_rows(folder / f"made_{seed}.csv", made_rows(count, seed))), read)
    return lay_design(table, read)
