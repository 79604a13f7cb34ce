"""Watched: what is remembered of a group so that it is protected without many words."""

from __future__ import annotations

import datetime as dt

from bot.dialogue.plain import Plain

_TOGETHER = dt.timedelta(minutes=10)
_MOST = 100
"""How many messages one call of the platform removes."""


class Watched(Plain):
    """When a group was last warned of offers, and which of its messages were to be removed lately, by their numbers."""

    warned_at: dt.datetime | None = None
    removed: tuple[int, ...] = ()
    removed_at: dt.datetime | None = None

    def removing(self, messages: tuple[int, ...], now: dt.datetime) -> Watched:
        """The same group with more messages to remove; those of the last minutes are removed along with them.

        So whatever waits to be sent, one call removes all that came meanwhile.
        """
        lately = self.removed_at is not None and now - self.removed_at < _TOGETHER
        before = tuple(one for one in self.removed if lately and one not in messages)
        return self.model_copy(update={"removed": (*before, *messages)[-_MOST:], "removed_at": now})

    def warned(self, now: dt.datetime) -> Watched:
        """The same group, warned now."""
        return self.model_copy(update={"warned_at": now})

    def warned_within(self, time: dt.timedelta, now: dt.datetime) -> bool:
        """Whether everybody was warned so short a time ago."""
        return self.warned_at is not None and now - self.warned_at < time
