"""Causes of a fallen or vanished line: how common their conditions are, how hard they strike, what signs they leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability with the range it may lie in, and on what evidence, from where, of when."""

    value: float
    low: float
    high: float
    grade: str
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class CauseModel:
    """One cause: share of borrowers in whom its ``condition`` holds, chance it then strikes, and its signs.

    ``page`` and ``lost`` are chances of each sign given that this cause struck, ``after_repayment`` the chance that
    it came with a repayment, ``fade_days`` the usual length of a state that passes by itself.
    """

    id: str
    family: str
    condition: str | None
    prevalence: Chance
    strength: Chance
    page: Mapping[str, float]
    lost: Mapping[str, float]
    after_repayment: float
    fade_days: float | None


@dataclass(frozen=True, slots=True)
class RestoreModel:
    """All causes, and the seconds it takes a person to answer each question that may tell them apart."""

    causes: tuple[CauseModel, ...]
    seconds: Mapping[str, float]


def read_model() -> RestoreModel:
    """The model as its file states it."""
    text = files("simulator").joinpath("restore", "causes.yaml").read_text("utf-8")
    document: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return RestoreModel(tuple(_cause(row) for row in document["causes"]), document["seconds"])


def _cause(row: dict[str, Any]) -> CauseModel:
    chances = {name: Chance(**{**row[name], "date": str(row[name]["date"])}) for name in ("prevalence", "strength")}
    return CauseModel(**{**row, **chances})


MODEL = read_model()
"""Read once when the module is, so that a conversation never waits for a file."""
