"""Scores and ceilings of many profiles on one path of the lender, by compiled loops over rows of profiles."""

from __future__ import annotations

from typing import NamedTuple

from simulator.ceilings import LEAST, PULL_AT_MOST
from simulator.compiling import compiled
from simulator.crowding import Borrowers, Lender
from simulator.kernels_of_logs import log2, to_nearest
from simulator.money import PARTS, IntArray
from simulator.shapes import FloatArray, beyond_knee, up_to_knee
from simulator.tapes import FAR

_up_to, _beyond = compiled(up_to_knee), compiled(beyond_knee)


class Desk(NamedTuple):
    """Rows to work in, one number for each profile of a block: doublings, and whole parts of a doubling."""

    score: FloatArray
    aim: FloatArray
    blocked: FloatArray
    most: FloatArray
    spare: FloatArray
    cap: IntArray
    roof: IntArray
    moved: IntArray


@compiled
def weigh(sums: FloatArray, weights: FloatArray, rows: FloatArray, first: int) -> None:
    """Add weighted rows to sums, four at a time."""
    end, whole = first + sums.size, len(rows) // 4 * 4
    for row in range(0, whole, 4):
        one, two, three, four = weights[row], weights[row + 1], weights[row + 2], weights[row + 3]
        ones, twos = rows[row][first:end], rows[row + 1][first:end]
        threes, fours = rows[row + 2][first:end], rows[row + 3][first:end]
        for place in range(sums.size):
            pair = one * ones[place] + two * twos[place]
            sums[place] += pair + (three * threes[place] + four * fours[place])
    for row in range(whole, len(rows)):
        one, ones = weights[row], rows[row][first:end]
        for place in range(sums.size):
            sums[place] += one * ones[place]


@compiled
def score_at(desk: Desk, lender: Lender, own: Borrowers, path: int, first: int) -> None:
    """The scores of a block of profiles as things are."""
    score, headroom = desk.score, lender.rules[path, 0]
    end = first + score.size
    line = own.line[first:end]
    for one in range(score.size):
        score[one] = line[one] + headroom
    weigh(score, lender.weights[path], own.leaning, first)
    for factor in range(len(lender.beyond)):
        weight, knee = lender.bent[path, factor], lender.knees[path, factor]
        measure = own.measure[factor][first:end]
        if lender.beyond[factor]:
            for one in range(score.size):
                score[one] += weight * _beyond(None, measure[one], knee)
        else:
            for one in range(score.size):
                score[one] += weight * _up_to(None, measure[one], knee)


@compiled
def hold_at(desk: Desk, lender: Lender, own: Borrowers, path: int, first: int) -> None:
    """The lowest ceiling and the policy ceiling of a block of profiles; a line that stands higher is left there."""
    end = first + desk.cap.size
    line, income = own.line[first:end], own.income[first:end]
    grip, policy, multiple = lender.rules[path, 1], lender.rules[path, 2], lender.rules[path, 3]
    for one in range(line.size):
        desk.cap[one] = FAR
        desk.roof[one] = to_nearest(max(min(policy, multiple + income[one]), line[one]) * PARTS)
    for ceiling in range(len(lender.spans) - 1):
        span = slice(lender.spans[ceiling], lender.spans[ceiling + 1])
        allow(desk.blocked, lender.terms[path][span], own.terms[span], first, desk.spare)
        allow(desk.most, lender.terms[path][span], own.proved[span], first, desk.spare)
        for one in range(line.size):
            missing = min(max(line[one] - desk.most[one], 0.0), PULL_AT_MOST)
            held = to_nearest(max(desk.blocked[one], line[one] - grip * missing) * PARTS)
            desk.cap[one] = min(desk.cap[one], held)


@compiled
def allow(sums: FloatArray, ours: FloatArray, theirs: FloatArray, first: int, spare: FloatArray) -> None:
    """What a ceiling's terms allow, in doublings of a yuan."""
    for term in range(len(ours)):
        number, row = ours[term], theirs[term][first : first + sums.size]
        if term == 0:
            for one in range(sums.size):
                sums[one] = number * row[one]
        else:
            for one in range(sums.size):
                sums[one] += number * row[one]
    for one in range(sums.size):
        sums[one] = max(sums[one], LEAST)
    log2(sums, spare)
