"""A street with onlookers: the page is told whenever something happened, whoever did it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.channels.playground.clocks import Clock, wall_seconds
from bot.channels.playground.street import Street

Onlooker = Callable[[], None]

_LONG_AGO = 1_700_000_000


class WatchedStreet(Street):
    """The street of a page; onlookers are called after every happening, in the thread of whoever made it happen."""

    def __init__(self, seed: int, clock: Clock = wall_seconds) -> None:
        """A street of a seed.

        Messages are numbered from its start on, so that a bot which remembers an earlier street mixes up nothing.
        """
        super().__init__(seed, clock)
        self._onlookers: list[Onlooker] = []
        self.first_number = max(0, int(clock()) - _LONG_AGO)
        self.town.counts["account messages"] = self.first_number

    @contextmanager
    def happening(self, what: str) -> Iterator[None]:
        """Let something happen now, as on every street, and let the onlookers know."""
        with super().happening(what):
            yield
        self.tell()

    def tell(self) -> None:
        """Let the onlookers look again."""
        for onlooker in list(self._onlookers):
            onlooker()

    @contextmanager
    def watched_by(self, onlooker: Onlooker) -> Iterator[None]:
        """Have somebody told for as long as the block lasts."""
        self._onlookers.append(onlooker)
        try:
            yield
        finally:
            self._onlookers.remove(onlooker)
