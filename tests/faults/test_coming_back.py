"""Whoever blocks the bot and comes back at once gets everything that was promised since."""

from __future__ import annotations

import asyncio

from tests.faults.house import Neighbourhood, card, settled
from tests.faults.simulation import faults_of_seed
from tests.faults.virtual import live


def test_what_is_promised_after_coming_back_is_delivered() -> None:
    """A refusal that arrives late drops what was promised before it was asked for, and nothing that came after."""
    town = Neighbourhood()
    alice = town.person("alice")

    async def life() -> None:
        async with town.awake() as parts:
            alice.starts()
            await settled(parts)
            town.street.weather.write("slow", "sendmessage", seconds=3)
            alice.says(alice.home, "/menu")
            alice.blocks()
            await asyncio.sleep(1)
            back = alice.starts()
            await asyncio.sleep(5)
            assert card(alice).id > back.id
            assert parts.postman.counts["never.blocked"] == 1
            assert not parts.postman.due

    live(town.clock, life())


def test_the_life_in_which_this_went_wrong() -> None:
    """Seed 1753: a block, a slow refusal and a start in the meantime."""
    assert faults_of_seed(1753) == []
