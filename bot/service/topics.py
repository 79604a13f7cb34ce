"""Topics: a carrier that notices when a topic of a forum is closed or gone, and says what was meant for one gone."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Engine

from bot.dialogue.footing import Happening
from bot.service.carrying import Carrier, Never, Outcome
from bot.service.moments import Clock, Run
from bot.store.engine import writing
from bot.store.falling_due import tell_of_topic
from bot.store.outbox import Promise

NEWS: Mapping[str, Happening] = {"topic gone": "topic_gone", "topic closed": "topic_closed"}
"""Why nothing can be said in a topic, and what its group is told then."""


class Topics:
    """A door's way out on which what is meant for a topic that is gone goes to the whole group instead."""

    def __init__(self, store: Engine, carrier: Carrier, run: Run, clock: Clock) -> None:
        """The way out over a carrier; ``run`` runs transactions."""
        self._store, self._carrier, self._run, self._clock = store, carrier, run, clock

    def in_place(self, promise: Promise) -> bool:
        """Whether this reply replaces a message that is there."""
        return self._carrier.in_place(promise)

    async def carry(self, conversation: str, promise: Promise) -> Outcome:
        """Carry the next message of a reply; its group decides in a turn of its own what a lost topic comes to."""
        outcome = await self._carrier.carry(conversation, promise)
        topic = promise.reply.topic
        if topic is None or promise.reply.room is not None or not isinstance(outcome, Never):
            return outcome
        if outcome.why not in NEWS:
            return outcome
        await self._run(lambda: self._told(conversation, topic, outcome.why))
        if NEWS[outcome.why] == "topic_closed":
            return outcome
        general = promise.reply.model_copy(update={"topic": None})
        return await self._carrier.carry(conversation, promise._replace(reply=general))

    def _told(self, conversation: str, topic: int, why: str) -> None:
        with writing(self._store) as connection:
            tell_of_topic(connection, conversation, topic, NEWS[why], self._clock())
