"""No turn sees half an edition: with real workers under load, and with threads that look while editions come in."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest

from bot import wiring
from bot.publishing.editions import Edition
from bot.settings import Settings
from bot.wiring import House
from tests.faults.nursery import Nursery
from tests.journeys.walking import NOW, scene_now
from tests.publishing.flipping import SECONDS, Flipping, marked, put_out
from tests.publishing.lending import lend
from tests.store.postgresql import Server


@pytest.mark.timeout(180)
def test_two_workers_show_no_card_of_two_editions(bots: Nursery, postgresql: Server, tmp_path: Path) -> None:
    """While an edition is published and rolled back every card is of one edition, and both workers follow.

    Other tests run beside this one, so it is patient; the command is not.
    """
    run = Flipping(bots, postgresql.fresh(), tmp_path)
    run.runs([(1, put_out(1, marked(1))), (0, put_out(2, {}))])
    assert [flip.mark for flip in run.flips] == [1, 0]
    assert {marks[0] for marks in run.cards} == {0, 1}
    assert [marks for marks in run.cards if len(set(marks)) > 1] == []
    assert all(flip.seconds < 3 * SECONDS for flip in run.flips), run.flips


def test_a_scene_is_of_one_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However quickly editions follow each other, library and packs of a scene belong together."""
    house = lend(House(Settings(), f"sqlite:///{tmp_path / 'house.db'}"))
    numbers = count(1)
    made = {id(scene_now().library): scene_now().packs}

    def newest(_store: object) -> Edition:
        library, packs = object(), dict(scene_now().packs)
        made[id(library)] = packs
        kept.append(library)
        return Edition(next(numbers), library, packs)  # type: ignore[arg-type]  # only their identity is looked at

    kept: list[object] = []
    monkeypatch.setattr(wiring, "read_newest", newest)
    monkeypatch.setattr(wiring, "number_in", lambda _store: house.edition.number + 1)
    done = threading.Event()

    def flip() -> None:
        for _ in range(300):
            house.look_for_newer()
        done.set()

    def look() -> int:
        looks = 0
        while not done.is_set():
            scene = house.scene(NOW)
            assert made[id(scene.library)] is scene.packs
            looks += 1
        return looks

    with ThreadPoolExecutor(3) as pool:
        watchers = [pool.submit(look) for _ in range(2)]
        pool.submit(flip).result()
        assert all(watcher.result() >= 0 for watcher in watchers)
    assert house.edition.number == 300
