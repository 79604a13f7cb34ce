"""Tapes cut anew after some facts are told are the tapes cut from the start."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.policy import Pack
from simulator.preparing import Chance, cut_tapes, draw_luck
from simulator.recutting import recut
from simulator.sampling import told_values
from simulator.tapes import Tapes
from simulator.vocabulary import Kind
from tests.simulator.borrowers import JIEBEI, WANGSHANG, borrowers

LUCKS = {pack.kind: draw_luck(pack, Chance(4, 9, "honest", 24)) for pack in (JIEBEI, WANGSHANG)}


def same(one: object, other: object) -> bool:
    """Whether two fields of tapes hold the very same numbers."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[name], other[name]) for name in one)
    return bool(np.array_equal(np.asarray(one), np.asarray(other)))


def differing(one: Tapes, other: Tapes) -> list[str]:
    plain = [field.name for field in fields(Tapes) if field.name not in {"pack", "held", "told", "state"}]
    names = [name for name in plain if not same(getattr(one, name), getattr(other, name))]
    held = [field.name for field in fields(one.held)]
    names += [f"held.{name}" for name in held if not same(getattr(one.held, name), getattr(other.held, name))]
    return names + [name for name in one.state if not same(one.state[name], other.state[name])]


@pytest.mark.parametrize("pack", [JIEBEI, WANGSHANG], ids=lambda pack: pack.product)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_telling_more_is_cutting_anew(pack: Pack, data: st.DataObject) -> None:
    """Whatever was told before and is told now, every number is that of tapes cut from all of it at once."""
    before, now = (told_values(data.draw(borrowers(pack.kind)), pack) for _ in range(2))
    luck = LUCKS[pack.kind]
    told = {**before, **now}
    anew = cut_tapes(told, pack, luck)
    again = recut(cut_tapes(before, pack, luck), luck, now)
    assert again.told == told
    assert differing(again, anew) == []


def test_what_follows_a_fact_moves_with_it() -> None:
    """An unknown debt is believed to be a multiple of the income, so telling the income moves it."""
    luck = LUCKS[Kind.PERSON]
    tapes = cut_tapes({"current_line": 20_000.0}, JIEBEI, luck)
    again = recut(tapes, luck, {"monthly_income": 90_000.0})
    assert "monthly_debt_service" in differing(again, tapes)
    assert again.state["draws_per_month"] is tapes.state["draws_per_month"]
