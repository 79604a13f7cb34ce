"""The crowd in which cards hide is drawn ahead: nobody who wants to see their card waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Event

import pytest

from bot.consultation.anonymising import Crowd
from bot.service.consulting import Consultations
from bot.settings import Settings
from bot.store.engine import open_store
from simulator.policy import Pack
from tests.consultation.playing import crowd
from tests.journeys.walking import scene_now


def test_it_is_drawn_once_for_each_edition_and_an_older_one_stands_in() -> None:
    """One drawing for one edition; while that of a newer one is going on, the older crowd is given at once."""
    drawn, may = list[Mapping[str, Pack]](), Event()

    def draw(packs: Mapping[str, Pack]) -> Crowd:
        drawn.append(packs)
        if len(drawn) > 1:
            assert may.wait(20)
        return crowd() if len(drawn) == 1 else frozenset()

    consultations, packs = Consultations(open_store("sqlite://"), Settings(), draw), scene_now().packs
    assert consultations.draw_ahead(packs).result(20) == crowd()
    assert consultations.crowd(packs) == crowd()
    newer = dict(packs)
    assert consultations.crowd(newer) == crowd()
    may.set()
    assert consultations.draw_ahead(newer).result(20) == frozenset()
    assert consultations.crowd(newer) == frozenset()
    assert drawn == [packs, newer]


def test_an_older_crowd_never_comes_in_place_of_a_newer_one() -> None:
    """When the drawing of an older edition takes longer than the newer one's, the newer one stays."""
    may = Event()
    older, newer = scene_now().packs, dict(scene_now().packs)

    def draw(packs: Mapping[str, Pack]) -> Crowd:
        if packs is not older:
            return frozenset()
        assert may.wait(20)
        return crowd()

    consultations = Consultations(open_store("sqlite://"), Settings(), draw)
    slow = consultations.draw_ahead(older)
    assert consultations.draw_ahead(newer).result(20) == frozenset()
    may.set()
    assert slow.result(20) == crowd()
    assert consultations.crowd(newer) == frozenset()


def test_a_drawing_that_fails_is_tried_again() -> None:
    """Who waits meets the fault, and the next one who asks has it drawn anew."""
    fails = [OSError("no memory")]

    def draw(_packs: Mapping[str, Pack]) -> Crowd:
        if fails:
            raise fails.pop()
        return crowd()

    consultations = Consultations(open_store("sqlite://"), Settings(), draw)
    with pytest.raises(OSError, match="no memory"):
        consultations.crowd(scene_now().packs)
    assert consultations.crowd(scene_now().packs) == crowd()
