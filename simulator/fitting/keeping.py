"""A fitted model kept in one file of arrays, and read back the same to the last bit."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from simulator.fitting.boosting import Boosted
from simulator.fitting.design import Column
from simulator.fitting.fitted import Ends, Fitted
from simulator.fitting.grid import Grid
from simulator.fitting.growing import Tree
from simulator.fitting.table import TableError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Arrays: TypeAlias = dict[str, np.ndarray[Any, Any]]

FORMAT = 1
"""The number of this way of keeping a model; another one is refused."""

_STAGES = ("middle", "low", "high")


def keep(fitted: Fitted, name: str) -> None:
    """Write a model into a file.

    Raises:
        TableError: where the file cannot be written.
    """
    arrays: Arrays = {
        "format": np.array([FORMAT]),
        "columns": np.array([list(map(str, one)) for one in fitted.columns]),
    }
    arrays["usual"] = fitted.usual
    arrays["parts"] = np.array([fitted.parts])
    arrays["margins"] = fitted.ends.margins
    for stage, grid in (("middle", fitted.grid), ("ends", fitted.ends.grid)):
        arrays[f"{stage}_grid"] = np.concatenate(grid.cuts)
        arrays[f"{stage}_counts"] = np.array([len(cuts) for cuts in grid.cuts])
    for stage, members in zip(_STAGES, (fitted.members, fitted.ends.low, fitted.ends.high), strict=True):
        arrays |= _trees(stage, members)
    try:
        with Path(name).open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **arrays)
    except (OSError, ValueError) as error:
        raise TableError("no_file", name[:200], f"cannot be written: {error}") from None


def kept(name: str, columns: Sequence[Column]) -> Fitted:
    """The model in a file, which must be of these columns.

    Raises:
        TableError: naming what is wrong with the file.
    """
    try:
        with Path(name).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            fitted = _read(dict(arrays))
    except (
        OSError,
        ValueError,
        KeyError,
        EOFError,
        IndexError,
        TypeError,
        AttributeError,
        zipfile.BadZipFile,
    ) as error:
        reason = (
            error.strerror if isinstance(error, OSError) and error.strerror else "it is no model that was saved here"
        )
        raise TableError("bad_model", name[:200], f"cannot be read: {reason}") from None
    if fitted.columns != tuple(columns):
        raise TableError(
            "other_features", name[:200], "has other features than the mapping; the mapping it was saved with is right"
        )
    return fitted


def _trees(stage: str, members: Sequence[Boosted]) -> Arrays:
    made: Arrays = {f"{stage}_start": np.array([member.start for member in members])}
    for part in ("features", "cuts", "values"):
        made[f"{stage}_{part}"] = np.array([[getattr(tree, part) for tree in member.trees] for member in members])
    return made


def _read(arrays: Mapping[str, np.ndarray[Any, Any]]) -> Fitted:
    if arrays["format"].tolist() != [FORMAT]:
        raise ValueError(FORMAT)
    columns = tuple(Column(name, factor, int(sign), scale) for name, factor, sign, scale in arrays["columns"].tolist())
    low, high = (_members(arrays, stage, len(columns) + 1) for stage in _STAGES[1:])
    ends = Ends(_grid(arrays, "ends"), low, high, arrays["margins"])
    members, (parts,) = _members(arrays, "middle", len(columns)), arrays["parts"].tolist()
    return Fitted(columns, _grid(arrays, "middle"), arrays["usual"], members, ends, parts)


def _grid(arrays: Mapping[str, np.ndarray[Any, Any]], stage: str) -> Grid:
    return Grid(tuple(np.split(arrays[f"{stage}_grid"], arrays[f"{stage}_counts"].cumsum()[:-1])))


def _members(arrays: Mapping[str, np.ndarray[Any, Any]], stage: str, columns: int) -> tuple[Boosted, ...]:
    features, cuts, values = (arrays[f"{stage}_{part}"] for part in ("features", "cuts", "values"))
    if features.size and not 0 <= features.min() <= features.max() < columns:
        raise ValueError(stage)
    starts = arrays[f"{stage}_start"].tolist()
    grown = [tuple(map(Tree, *parts)) for parts in zip(features, cuts, values, strict=True)]
    return tuple(Boosted(start, trees) for start, trees in zip(starts, grown, strict=True))
