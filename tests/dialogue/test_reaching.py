"""Reaching a target: chances that fall with the line, three ways that are what the plan says, and an honest no."""

from __future__ import annotations

import pytest

from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import Estimate, estimate
from bot.dialogue.estimate_screen import target_words
from bot.dialogue.reaching import CHECKED, WAYS, reach_tables
from knowledge.figures import percent
from tests.dialogue.cast import CAST
from tests.journeys.walking import scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")


def _asking(name: str, target: float) -> tuple[Conversation, Estimate]:
    who = next(person for person in CAST if person.name == name).asking("plan", "zh", target=target)
    return who, estimate(who, scene_now())


def _share(words: str) -> float:
    return {"几乎没有": 0.0, "几乎肯定": 1.0}.get(words) or float(words.rstrip("%") if "%" in words else 0.0) / 100.0


@pytest.mark.parametrize(("name", "target"), [("clerk", 41_000.0), ("kiosk", 60_000.0), ("factory", 500_000.0)])
def test_a_nearer_line_is_never_less_likely(name: str, target: float) -> None:
    """Down the table the lines grow and the chances fall, in every column; the target stands last."""
    who, found = _asking(name, target)
    table = reach_tables(who, found, scene_now())[0]
    assert len(table.header) == len(CHECKED) + 1
    for column in range(1, len(table.header)):
        chances = [_share(row[column]) for row in table.rows]
        assert chances == sorted(chances, reverse=True)
    assert len({row[0] for row in table.rows}) == len(table.rows)


def test_a_target_within_reach_has_three_ways() -> None:
    """Least effort, soonest and surest, with the hours and steps that the frontier says."""
    found = [_asking("factory", target) for target in (423_000.0, 444_000.0)]
    found = [(who, one) for who, one in found if one.plan.feasible]
    assert found
    for who, one in found:
        ways = reach_tables(who, one, scene_now())[-1]
        assert len(ways.rows) == len(WAYS)
        steps = [getattr(one.plan.frontier, name) for name in WAYS]
        assert [row[2] for row in ways.rows] == [f"{len(plan)} 件" for plan in steps]
        assert percent(one.plan.probability, 0) in target_words(who, one, scene_now())


def test_an_honest_no_says_how_unlikely_and_what_is_nearer() -> None:
    """Out of reach: no ways, the chance with the plan, and a nearer line only where it is nearer."""
    for name, target in (("clerk", 300_000.0), ("clerk", 32_000.0), ("kiosk", 60_000.0)):
        who, found = _asking(name, target)
        if found.plan.feasible:
            continue
        words = target_words(who, found, scene_now())
        assert "说实话" in words
        assert len(reach_tables(who, found, scene_now())) == 1
        best = found.plan.best_reachable
        assert ("近一些" in words) == (best is not None and best < target)
        assert ("几乎没有可能" in words) == (found.plan.probability < 0.01)


def test_without_a_target_there_is_nothing_to_reach() -> None:
    """No table for who asked for no line, and none of chances for who has it already."""
    who, found = _asking("clerk", 20_000.0)
    assert all("不低于" not in table.header for table in reach_tables(who, found, scene_now()))
    bare = CAST[0].asking("assess")
    assert reach_tables(bare, estimate(bare, scene_now()), scene_now()) == ()
