"""Hiding: numbers of people in such steps that nobody can be told apart, not even by subtracting one from another."""

from __future__ import annotations

from bot.admin.desk import Cell
from bot.dialogue.consenting import FEWEST
from bot.dialogue.messages import Bar
from simulator.certainty import clopper_pearson

SURE_PERCENT = 95
"""How often the limits of a share hold the true one."""


def in_tens(people: int) -> int:
    """A number of people, rounded down to tens.

    A total less its shown parts leaves what is hidden anywhere between one and nine: no difference tells more than
    that it is hidden.
    """
    return people - people % FEWEST


def shown(people: int) -> Cell:
    """A number of people as operators see it: none, fewer than ten, or so many tens at least."""
    if people == 0:
        return 0
    return in_tens(people) if people >= FEWEST else f"<{FEWEST}"


def share_bar(label: str, hits: int, trials: int) -> Bar:
    """A share with its exact 95 % limits for a chart, as of so many tens of people; hidden where they are few."""
    if trials < FEWEST:
        return Bar(label=label, value=None, instead=f"<{FEWEST}")
    many = in_tens(trials)
    some = round(min(hits, trials) / trials * many)
    low, high = clopper_pearson(some, many, SURE_PERCENT / 100)
    return Bar(label=label, value=some / many, low=low, high=high)
