"""Announcing: broadcasts go out through this bot for as long as it is at work."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from telegram import Bot

from bot.broadcast.caster import Caster
from bot.broadcast.tracing import Tracer
from bot.channels.telegram.retracing import is_there
from bot.dialogue.scene import Scene
from bot.service.moments import Run
from bot.service.postman import Postman
from bot.wiring import House


def caster_of(bot: Bot, house: House, postman: Postman, run: Run, key: bytes) -> Caster:
    """A caster whose postman is this bot's and whose lost messages are looked for in its chats; nothing runs yet."""

    def scene() -> Scene:
        return house.scene(postman.clock())

    tracer = Tracer(house.store, scene, run, partial(is_there, bot, key))
    return Caster(house.store, scene, postman, run, tracer)


@asynccontextmanager
async def announcing(caster: Caster, *, alone: bool) -> AsyncIterator[Caster]:
    """A caster at work for as long as the block lasts; ``alone`` says that no other process works on this store."""
    await caster.start(alone=alone)
    try:
        yield caster
    finally:
        await caster.stop()
