"""A crowd on the same luck: what becomes of many whole profiles, each a range and the chances that its line moves.

All profiles share one set of random paths, as plans do: two of them differ by their facts and not by their luck.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from simulator import movement
from simulator.money import line_parts, line_yuan
from simulator.preparing import Luck, Platform, cut_tapes
from simulator.quickest import quickest
from simulator.sampling import Shocks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.money import IntArray
    from simulator.policy import Pack
    from simulator.shapes import FloatArray

_COLUMNS = 16_384  # profiles times paths walked at once, so memory stays constant
SHARES = (0.1, 0.5, 0.9)
"""The order statistics that make a range."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What becomes of each profile by the end of the horizon, in the order of the profiles.

    ``line`` (3, profiles) is the range in yuan; ``unchanged`` the chance that the line never moves, ``higher`` and
    ``lower`` the chances that it ends above or below the line of today.
    """

    line: FloatArray
    unchanged: FloatArray
    higher: FloatArray
    lower: FloatArray


def outlook(profiles: Mapping[str, FloatArray], pack: Pack, luck: Luck) -> Outlook:
    """The outlook of whole profiles on one luck.

    Args:
        profiles: a number for each profile and each fact of the pack's kind; flags 0 or 1, choices as levels.
        pack: the product.
        luck: every random number, for as many paths as each profile is to have.
    """
    size = max(1, _COLUMNS // luck.chance.draws)
    whole = len(next(iter(profiles.values())))
    parts = [
        _outlook({name: values[first : first + size] for name, values in profiles.items()}, pack, luck)
        for first in range(0, whole, size)
    ]
    return Outlook(*(np.concatenate([getattr(part, one.name) for part in parts], axis=-1) for one in fields(Outlook)))


def _outlook(profiles: Mapping[str, FloatArray], pack: Pack, luck: Luck) -> Outlook:
    paths, count = luck.chance.draws, len(next(iter(profiles.values())))
    told = {name: np.repeat(values, paths) for name, values in profiles.items()}
    tapes = cut_tapes(told, pack, repeated(luck, count))
    lines = quickest(movement.walk, "kernels")(tapes, tapes.joined(()))
    ranked = np.sort(lines[-1].reshape(count, paths), axis=1)[:, places(paths)].T
    return Outlook(
        line=in_yuan(ranked, profiles["current_line"], pack),
        unchanged=np.all(lines == lines[0], axis=0).reshape(count, paths).mean(axis=1),
        higher=(lines[-1] > lines[0]).reshape(count, paths).mean(axis=1),
        lower=(lines[-1] < lines[0]).reshape(count, paths).mean(axis=1),
    )


def places(paths: int) -> list[int]:
    """Which of the ordered paths make a range."""
    return [int(share * (paths - 1)) for share in SHARES]


def in_yuan(parts: IntArray, told: FloatArray, pack: Pack) -> FloatArray:
    """Lines by profile in yuan on the product's grid; one that stands where it started is shown as it was told."""
    start = line_parts(np.maximum(told, pack.floor))
    return np.where(parts == start, told, line_yuan(parts, pack.grid))


def repeated(luck: Luck, count: int) -> Luck:
    """The same luck for several profiles side by side: all paths of the first, then all of the second, and so on."""
    return Luck(
        chance=replace(luck.chance, draws=luck.chance.draws * count),
        parameters={name: np.tile(one, count) if np.ndim(one) else one for name, one in luck.parameters.items()},
        traits=np.tile(luck.traits, count),
        shocks=Shocks(*(np.tile(getattr(luck.shocks, one.name), count) for one in fields(Shocks))),
        dispute=np.tile(luck.dispute, count),
        platform=Platform(*(np.tile(getattr(luck.platform, one.name), count) for one in fields(Platform))),
    )
