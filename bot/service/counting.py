"""Counting votes: a carrier that remembers the polls it puts up, and what the platform then tells of their votes."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Mapping

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.dialogue.polls import Poll
from bot.service.carrying import Carrier, Delivered, Outcome
from bot.service.moments import Clock, Run
from bot.service.pacing import Tally
from bot.store.engine import writing
from bot.store.outbox import Promise
from bot.store.polls import Votes, count_votes, keep_poll

LOG = logging.getLogger(__name__)

_AT_ONCE, _SECONDS_EACH, _POLLS_KEPT = 60, 1.0, 2000
"""How often the votes of one poll are written: whoever votes to and fro costs no more. Closing is always written."""


class Counting:
    """A door's way out that knows the polls which leave by it, and keeps count of their votes."""

    def __init__(self, store: Engine, carrier: Carrier, run: Run, clock: Clock) -> None:
        """The way out over a carrier; ``run`` runs transactions."""
        self._store, self._carrier, self._run, self._clock = store, carrier, run, clock
        self._paces: OrderedDict[str, Tally] = OrderedDict()

    def in_place(self, promise: Promise) -> bool:
        """Whether this reply replaces a message that is there."""
        return self._carrier.in_place(promise)

    async def carry(self, conversation: str, promise: Promise) -> Outcome:
        """Carry the next message of a reply; a poll is remembered by the number that the platform gave it."""
        outcome = await self._carrier.carry(conversation, promise)
        if isinstance(outcome, Delivered) and outcome.poll is not None:
            number, message = outcome.poll, outcome.card or 0
            name = next((block.name for block in promise.reply.blocks if isinstance(block, Poll)), "")
            try:
                await self._run(lambda: self._keep(conversation, number, name, message))
            except SQLAlchemyError as error:
                LOG.warning("store: %s; the votes of a poll will not be known", type(error).__name__)
        return outcome

    async def count(self, told: Mapping[str, Votes]) -> None:
        """Keep the votes that the platform has told of.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: when the store takes nothing; then they may not be confirmed.
        """
        fresh = {number: votes for number, votes in told.items() if votes.closed or self._welcome(number)}
        if fresh:
            await self._run(lambda: self._count(fresh))

    def _welcome(self, number: str) -> bool:
        pace = self._paces.pop(number, None) or Tally(_AT_ONCE, _SECONDS_EACH)
        self._paces[number] = pace
        if len(self._paces) > _POLLS_KEPT:
            self._paces.popitem(last=False)
        if pace.wait(self._clock().timestamp()) > 0:
            return False
        pace.take()
        return True

    def _keep(self, conversation: str, number: str, name: str, message: int) -> None:
        with writing(self._store) as connection:
            keep_poll(connection, conversation, number, name, message)

    def _count(self, told: Mapping[str, Votes]) -> None:
        with writing(self._store) as connection:
            count_votes(connection, told)
