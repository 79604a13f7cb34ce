"""Rooms: a carrier that opens the topic of a room when something is first said there, and takes it away at the end."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine

from bot.dialogue.messages import Reply, Text
from bot.service.carrying import Carrier, Delivered, Later, Never, Outcome
from bot.service.moments import Run
from bot.store.engine import reading, writing
from bot.store.outbox import Promise
from bot.store.rooms import Room, forget_room, room_named, room_opened, room_shows


class Rooms:
    """A door's way out on which what is said in rooms finds its topic; all else goes through as it is.

    What is meant for a room that is over, or could not be opened, goes nowhere: it was for those in the room alone.
    """

    def __init__(self, store: Engine, carrier: Carrier, run: Run) -> None:
        """The way out over a carrier; ``run`` runs transactions."""
        self._store, self._carrier, self._run = store, carrier, run

    def in_place(self, promise: Promise) -> bool:
        """Whether this reply replaces a message that is there."""
        return self._carrier.in_place(promise)

    async def carry(self, conversation: str, promise: Promise) -> Outcome:
        """Carry the next message of a reply, a room's to its topic."""
        name = promise.reply.room
        if name is None:
            return await self._carrier.carry(conversation, promise)
        room = await self._run(lambda: self._room(name))
        if room is None or room.over == bool(promise.reply.blocks):
            return Delivered()
        if room.over:
            return await self._shut(room, promise)
        if room.thread is not None:
            return await self._said(room, promise, room.thread)
        return await self._opened(room, promise)

    async def _opened(self, room: Room, promise: Promise) -> Outcome:
        """Open the topic first; where that is refused there is no such room, and it is said how it could be."""
        outcome = await self._carry(room, promise, Reply(blocks=(), opens=promise.reply.opens))
        if isinstance(outcome, Delivered) and outcome.card is not None:
            thread = outcome.card
            await self._keep(lambda connection: room_opened(connection, room.id, thread))
            return await self._said(room, promise, thread)
        if not isinstance(outcome, Never):
            return outcome
        await self._keep(lambda connection: forget_room(connection, room.id))
        return outcome if outcome.gone else await self._instead(room, promise, promise.reply.topic)

    async def _said(self, room: Room, promise: Promise, thread: int) -> Outcome:
        outcome = await self._carry(room, promise, promise.reply.model_copy(update={"topic": thread, "opens": ""}))
        message = outcome.card if isinstance(outcome, Delivered) else None
        if message is not None:
            await self._keep(lambda connection: room_shows(connection, room.id, message))
        return outcome

    async def _shut(self, room: Room, promise: Promise) -> Outcome:
        """Delete the topic; where that is refused our own messages go, and it is said what is left."""
        if room.thread is not None:
            outcome = await self._carry(room, promise, Reply(blocks=(), shuts=room.thread))
            refused = isinstance(outcome, Never) and not outcome.gone
            if refused and room.messages:
                outcome = await self._carry(room, promise, Reply(blocks=(), removes=room.messages[-100:]))
            if isinstance(outcome, Later):
                return outcome
            if refused:
                await self._instead(room, promise, room.thread)
        await self._keep(lambda connection: forget_room(connection, room.id))
        return Delivered()

    async def _instead(self, room: Room, promise: Promise, thread: int | None) -> Outcome:
        words = promise.reply.instead
        if not words:
            return Delivered()
        return await self._carry(room, promise, Reply(blocks=(Text(markup=words),), topic=thread, hint="none"))

    async def _carry(self, room: Room, promise: Promise, reply: Reply) -> Outcome:
        return await self._carrier.carry(room.group, promise._replace(reply=reply))

    def _room(self, name: str) -> Room | None:
        with reading(self._store) as connection:
            return room_named(connection, name)

    async def _keep(self, change: Callable[[Connection], None]) -> None:
        await self._run(lambda: self._changed(change))

    def _changed(self, change: Callable[[Connection], None]) -> None:
        with writing(self._store) as connection:
            change(connection)
