"""What the walk of a crowd looks at, taken apart: the lender's numbers by path, the borrowers' numbers by profile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.ceilings import fully_proved, policy_ceiling, terms
from simulator.measures import measured
from simulator.money import IntArray, line_parts, to_parts
from simulator.sampling import BoolArray, reference_state
from simulator.scoring import drifts, leanings, priced
from simulator.shapes import FloatArray, shaped
from simulator.tapes import FAR
from simulator.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simulator.policy import Factor, Pack
    from simulator.preparing import Luck
    from simulator.shapes import Value

_SAME = 1e-9

Places: TypeAlias = npt.NDArray[np.int64]


class Ways(NamedTuple):
    """The paths on which some review may happen, and on each the cells: the months in which one may.

    ``begins`` are the first cells of each path and the end; ``moves`` (cells, 4) are the platform's offset, the bands
    up and down (far where no review may move the line so), and -1 where only a rated business has a review.
    """

    begins: Places
    month: Places
    shock: FloatArray
    moves: IntArray
    steps: IntArray


class Lender(NamedTuple):
    """The lender's numbers, the first axis being the paths: weights of factors, of what goes on as before, of ceilings.

    ``bent`` are the weights of the factors with a drawn knee, ``knees`` where it lies, ``beyond`` whether they count
    what lies beyond it. ``spans`` says where each ceiling's terms begin and end. ``rules`` are headroom less what an
    ordinary client has of the bent factors, the grip of ceilings, the policy ceiling, the multiple of income.
    """

    weights: FloatArray
    bent: FloatArray
    knees: FloatArray
    beyond: BoolArray
    carried: FloatArray
    terms: FloatArray
    spans: Places
    rules: FloatArray


class Borrowers(NamedTuple):
    """The borrowers' numbers, the last axis being the profiles.

    ``leaning`` are those of the factors without a knee, ``measure`` what the lender looks at in the others. ``growth``
    (months, factors, profiles) is what going on as before adds; ``terms`` and ``proved`` are those of the ceilings, as
    things are and with all means proved; ``unrated`` is far for those whom no third party rates.
    """

    leaning: FloatArray
    growth: FloatArray
    measure: FloatArray
    terms: FloatArray
    proved: FloatArray
    line: FloatArray
    income: FloatArray
    start: IntArray
    unrated: IntArray


@dataclass(frozen=True, slots=True)
class Crowding:
    """One pack on one luck, ready for any number of borrowers; ``idle`` counts the paths without any review."""

    pack: Pack
    parameters: Mapping[str, Value]
    months: int
    ways: Ways
    lender: Lender
    idle: int

    @property
    def floor(self) -> int:
        """The least line, in parts."""
        return int(line_parts(self.pack.floor))

    def borrowers(self, state: Mapping[str, FloatArray]) -> Borrowers:
        """The numbers of some whole profiles."""
        pack, kind = self.pack, self.pack.kind
        straight, bent = _by_knee(pack)
        usual = reference_state(pack, state["current_line"])
        line = np.log2(np.maximum(state["current_line"], pack.floor))
        grown = drifts(pack, dict.fromkeys(self.parameters, 1.0), state, self.months)
        leaning = leanings(replace(pack, factors=straight), {}, state, usual, state)
        return Borrowers(
            leaning=_rows(leaning.values(), len(line)),
            measure=_rows([measured(one.measure, state) for one in bent], len(line)),
            growth=np.stack([np.broadcast_to(one, (self.months, len(line))) for one in grown.values()], axis=1),
            terms=_theirs(pack, self.parameters, state),
            proved=_theirs(pack, self.parameters, fully_proved(kind, state)),
            line=line,
            income=np.log2(state["monthly_income"]) if kind is Kind.PERSON else np.full_like(line, np.inf),
            start=to_parts(line),
            unrated=np.where(state.get("third_party_rating", np.zeros_like(line)) > 0.0, 0, FAR).astype(np.int32),
        )


def crowding(pack: Pack, luck: Luck) -> Crowding:
    """One pack on one luck; every profile that is walked on it has all its facts told."""
    rated = luck.platform.gate & (luck.shocks.rated < luck.parameters.get("review_rated", 0.0))
    active: BoolArray = np.any(luck.platform.cutting | rated, axis=0)
    parameters = {name: np.asarray(one)[active] if np.ndim(one) else one for name, one in luck.parameters.items()}
    return Crowding(
        pack=pack,
        parameters=parameters,
        months=luck.chance.months,
        ways=_ways(luck, rated, active),
        lender=_lender(pack, parameters, luck.dispute[active]),
        idle=int((~active).sum()),
    )


def _ways(luck: Luck, rated: BoolArray, active: BoolArray) -> Ways:
    platform = luck.platform
    happens = (platform.cutting | rated)[:, active]
    path, month = np.nonzero(happens.T)
    own = np.flatnonzero(active)[path]
    cutting, gate = platform.cutting[month, own], platform.gate[month, own]
    up = np.where(gate, platform.up_band[own], FAR)
    down = np.where(cutting, platform.down_band[own], FAR)
    moves = np.stack([platform.offsets[month, own], up, down, np.where(cutting, 0, -1)], axis=1)
    return Ways(
        begins=np.append(0, np.cumsum(happens.sum(axis=0))),
        month=month,
        shock=(platform.noise + platform.drift)[month, own],
        moves=moves.astype(np.int32),
        steps=np.stack([platform.up_step[active], platform.down_step[active]], axis=1),
    )


def _lender(pack: Pack, parameters: Mapping[str, Value], dispute: FloatArray) -> Lender:
    straight, bent = _by_knee(pack)
    paths = len(dispute)
    weights = priced(pack, parameters, dict.fromkeys([one.name for one in pack.factors], 1.0), pack.priors)
    weights |= {one.name: one.sign * weights[one.name] for one in bent}
    ordinary = sum(weights[one.name] * _ordinary(one, pack, parameters) for one in bent)
    points = parameters["points_per_doubling"]
    carried = [parameters[one.news] * parameters[one.weight] / points for one in pack.factors if one.grows or one.fades]
    ours = [[term[0] for term in one] for one in terms(pack.kind, parameters, reference_state(pack, pack.usual_line))]
    roof = policy_ceiling(pack.kind, parameters, {"current_line": 0.0, "monthly_income": np.inf}, dispute)
    multiple = np.log2(parameters.get("income_multiple", 1.0))
    return Lender(
        weights=_columns([weights[one.name] for one in straight], paths),
        bent=_columns([weights[one.name] for one in bent], paths),
        knees=_columns([parameters[one.shape.knee] for one in bent], paths),
        beyond=np.array([one.shape.kind == "beyond_knee" for one in bent]),
        carried=_columns(carried, paths),
        terms=_columns([one for some in ours for one in some], paths),
        spans=np.append(0, np.cumsum([len(one) for one in ours])),
        rules=_columns([parameters["headroom"] - ordinary, parameters["ceiling_grip"], np.log2(roof), multiple], paths),
    )


def _ordinary(factor: Factor, pack: Pack, parameters: Mapping[str, Value]) -> Value:
    """What an ordinary client has of a factor with a knee, whatever the line.

    Raises:
        ValueError: it depends on the line, which a crowd cannot take apart.
    """
    low, high = (measured(factor.measure, reference_state(pack, line)) for line in (pack.floor, pack.usual_line))
    if abs(float(high) - float(low)) > _SAME:
        raise ValueError(f"{factor.name} has a drawn knee and follows the line")
    return shaped(factor.shape, high, parameters)


def _by_knee(pack: Pack) -> tuple[tuple[Factor, ...], tuple[Factor, ...]]:
    """The factors whose shape is the same on every path, and those with a knee that is drawn."""
    bent = tuple(one for one in pack.factors if one.shape.knee)
    return tuple(one for one in pack.factors if not one.shape.knee), bent


def _theirs(pack: Pack, parameters: Mapping[str, Value], state: Mapping[str, Value]) -> FloatArray:
    named = [theirs for one in terms(pack.kind, parameters, state) for _ours, theirs in one]
    return _rows(named, *np.shape(state["current_line"]))


def _columns(numbers: Iterable[Value], paths: int) -> FloatArray:
    return np.ascontiguousarray(_rows(numbers, paths).T)


def _rows(numbers: Iterable[Value], *shape: int) -> FloatArray:
    return np.array([np.broadcast_to(one, shape) for one in numbers], dtype=np.float64).reshape(-1, *shape)
