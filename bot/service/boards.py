"""Boards: a carrier that remembers which message shows a board, so that it is drawn anew in its place."""

from __future__ import annotations

from sqlalchemy import Engine

from bot.service.carrying import Begun, Carrier, Delivered, Outcome
from bot.service.moments import Run
from bot.store.boards import board_at, put_up, take_down, tidy_late
from bot.store.engine import reading, writing
from bot.store.outbox import Promise


class Boards:
    """A door's way out on which promises of boards find their message; all others go through as they are."""

    def __init__(self, store: Engine, carrier: Carrier, run: Run) -> None:
        """The way out over a carrier; ``run`` runs transactions."""
        self._store, self._carrier, self._run = store, carrier, run

    def in_place(self, promise: Promise) -> bool:
        """Whether this reply replaces a message that is there; for a board in a group both count the same."""
        return self._carrier.in_place(promise)

    async def carry(self, conversation: str, promise: Promise) -> Outcome:
        """Carry the next message of a reply, a board's to where it is.

        One that somebody deleted is put up anew, unless it only amends what stands there.
        """
        board = promise.reply.board
        if board is None:
            return await self._carrier.carry(conversation, promise)
        place = await self._run(lambda: self._place(conversation, board))
        amends = promise.reply.amends
        if place is None and amends:
            return Delivered()
        outcome = await self._carrier.carry(conversation, promise._replace(edits=place))
        if isinstance(outcome, Delivered) and outcome.card not in {None, place}:
            message = outcome.card or 0
            await self._run(lambda: self._put_up(conversation, board, message))
        elif outcome == Begun(0) and place is not None:
            await self._run(lambda: self._take_down(conversation, board))
            return Delivered() if amends else outcome
        return outcome

    def _place(self, conversation: str, board: str) -> int | None:
        with reading(self._store) as connection:
            return board_at(connection, conversation, board)

    def _put_up(self, conversation: str, board: str, message: int) -> None:
        with writing(self._store) as connection:
            put_up(connection, conversation, board, message)
            tidy_late(connection, board)

    def _take_down(self, conversation: str, board: str) -> None:
        with writing(self._store) as connection:
            take_down(connection, conversation, board)
