"""The webhook's schedule: which update may go out now, one at a time in each queue, and when a failed one returns."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.channels.playground.chances import draw
from bot.channels.playground.town.updates import Update, UpdateQueue

LONGEST_WAIT = 60
LONGEST_RETRY_AFTER = 3600
GONE_FOR = 23 * 3600.0


@dataclass
class _Attempt:
    """How the delivery of one update goes: failures so far, the present delay and when it may go out again."""

    fails: int = 0
    delay: int = 1
    wake: float = 0.0


@dataclass
class Deliveries:
    """The schedule over the queue of updates.

    Messages queue by chat and presses by user, so updates of different queues overtake each other. A failed update
    goes out again at once, then after 2, 4, 8 … seconds, capped at a drawn 60 to 120, and holds its queue meanwhile.
    """

    updates: UpdateQueue
    seed: int
    flying: dict[int, int] = field(default_factory=dict)
    attempts: dict[int, _Attempt] = field(default_factory=dict)
    gone_since: float = 0.0

    def due(self, now: float, connections: int) -> list[Update]:
        """The updates to send now; each holds its queue until it is reported as taken or failed."""
        self.updates.drop_expired(now)
        found = []
        for update in self._heads():
            free = len(self.flying) < connections and update.queue not in self.flying.values()
            if free and self._wake(update) <= now:
                self.flying[update.id] = update.queue
                found.append(update)
        return found

    def next_wake(self, now: float) -> float | None:
        """When something will be due again, in seconds since 1970; None when nothing waits for time to pass."""
        later = [wake for update in self._heads() if (wake := self._wake(update)) > now]
        return min(later, default=None)

    def taken(self, update: Update) -> None:
        """The bot answered with a success: the update is done."""
        self.flying.pop(update.id, None)
        self.attempts.pop(update.id, None)
        self.updates.forget(update.id)
        self.gone_since = 0.0

    def failed(self, update: Update, now: float, retry_after: int = 0, *, gone: bool = False) -> bool:
        """The bot did not take the update: schedule it again, or drop it when it would be too old.

        Returns:
            Whether the webhook has been answered with 410 for so long that it has to be removed.
        """
        self.flying.pop(update.id, None)
        attempt = self.attempts.setdefault(update.id, _Attempt())
        wait = max(0, min(retry_after, LONGEST_RETRY_AFTER))
        if not wait and attempt.fails:
            longest = LONGEST_WAIT + draw(self.seed, "longest wait", update.id, attempt.fails) % (LONGEST_WAIT + 1)
            attempt.delay = wait = min(longest, attempt.delay * 2)
        attempt.fails += 1
        attempt.wake = now + wait
        if attempt.wake > update.expires:
            self.attempts.pop(update.id, None)
            self.updates.forget(update.id)
        self.gone_since = (self.gone_since or now) if gone else 0.0
        return gone and now - self.gone_since > GONE_FOR

    def _heads(self) -> list[Update]:
        """The first update of every queue that is not in flight."""
        heads: dict[int, Update] = {}
        for update in self.updates.waiting.values():
            heads.setdefault(update.queue, update)
        return [update for update in heads.values() if update.id not in self.flying]

    def _wake(self, update: Update) -> float:
        attempt = self.attempts.get(update.id)
        return attempt.wake if attempt else 0.0
