"""One path with nothing left to chance: every parameter, fact and effect at its middle, reviews in given months."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator.course import Aim
from simulator.forecasting import lines_in_yuan
from simulator.movement import run
from simulator.pacing import Pace
from simulator.policy import Pack, Spread
from simulator.preparing import Chance, cut_tapes, draw_luck
from simulator.sampling import expected_state, told_values
from simulator.scheduling import roster
from simulator.tapes import Tapes
from simulator.vocabulary import Facts
from tests.simulator.borrowers import BORROWERS
from tests.simulator.made_up import Instance, made_up_actions

MONTHS = 9


def median_instance(seed: int) -> Instance:
    """A random borrower's median path, made-up actions, and a line that some of them may bring: for each seed one."""
    chance = np.random.default_rng(seed)
    facts, pack = BORROWERS[seed % len(BORROWERS)]
    tapes = median_tapes(facts, pack, reviews=chance.random(MONTHS) < 0.4, seed=seed)
    made = made_up_actions(chance, int(chance.integers(4, 13)))
    ranked = [
        replace(one, effects=tuple(replace(effect, low=effect.amount, high=effect.amount) for effect in one.effects))
        for one in made
    ]
    taken = [(one, int(chance.integers(3))) for one in ranked if chance.random() < 0.6]
    reached = float(lines_in_yuan(tapes, run(tapes, taken))[-1, 0])
    aim = Aim(MONTHS, reached * float(chance.choice([0.98, 1.0, 1.0, 1.03])))
    return Instance(Pace(tapes), roster(ranked, MONTHS), aim)


def median_tapes(facts: Facts, pack: Pack, reviews: np.ndarray, seed: int) -> Tapes:
    """Tapes of a single path: reviews that may raise and cut in the months given, and neither noise nor regimes."""
    middle = {name: replace(one, spread=Spread()) for name, one in pack.presets["honest"].items()}
    certain = replace(pack, presets={**pack.presets, "middle": middle})
    luck = draw_luck(certain, Chance(len(reviews), seed, "middle", 1))
    nothing = np.zeros((len(reviews), 1))
    platform = replace(
        luck.platform,
        offsets=nothing.astype(np.int32),
        noise=nothing,
        drift=nothing,
        gate=np.ones((len(reviews), 1), np.bool_),
        cutting=reviews[:, None],
    )
    told = expected_state(told_values(facts, certain), certain)
    return cut_tapes(told, certain, replace(luck, platform=platform))
