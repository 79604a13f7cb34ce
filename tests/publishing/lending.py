"""A house that borrows what ships: reading it takes a second."""

from __future__ import annotations

from concurrent.futures import Future

from bot.publishing.editions import Edition
from bot.wiring import House
from tests.journeys.walking import scene_now


def lend(house: House) -> House:
    """The same house, with what ships read already."""
    read: Future[Edition] = Future()
    read.set_result(Edition(0, scene_now().library, scene_now().packs))
    house._reading = read
    return house
