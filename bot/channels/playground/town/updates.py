"""The queue of updates: numbered, short-lived, forgotten when confirmed, with the platform's oddities."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from bot.channels.playground.chances import draw
from bot.channels.playground.wire import Wire

WEEK = 7 * 86400.0
DAY = 86400.0
PRESS_LIFE = 150.0
MOST_AT_ONCE = 100
FREQUENT = 0.5
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_ID_ROOM = 1 << 30


@dataclass(frozen=True)
class Update:
    """One update: its number, kind, body, the webhook queue it stands in and the moment it is dropped."""

    id: int
    kind: str
    body: Wire
    queue: int
    expires: float

    def wire(self) -> Wire:
        """The update as the wire says it."""
        return {"update_id": self.id, self.kind: self.body}


@dataclass
class UpdateQueue:
    """All updates that wait for the bot, oldest first.

    Numbers rise by one; after a week without updates they go on from a drawn number, which may be lower.
    """

    seed: int
    next_id: int = 0
    allowed: frozenset[str] | None = None
    waiting: dict[int, Update] = field(default_factory=dict)
    last_at: float = 0.0
    last_asked: tuple[int, float] = (0, float("-inf"))

    def __post_init__(self) -> None:
        """Draw the first number."""
        self.next_id = self.next_id or 1 + draw(self.seed, "first update") % _ID_ROOM

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for updates of this kind."""
        return kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed

    def push(self, kind: str, body: Wire, queue: int, expires: float, now: float) -> Update | None:
        """Add an update if the bot wants its kind; times in seconds since 1970."""
        if not self.wants(kind) or expires <= now:
            return None
        if self.last_at and now - self.last_at > WEEK:
            self.drop_expired(now)
            self.next_id = 1 + draw(self.seed, "after silence", self.next_id, int(now)) % _ID_ROOM
        update = Update(self.next_id, kind, body, queue, expires)
        self.next_id += 1
        self.last_at = now
        self.waiting[update.id] = update
        return update

    def drop_expired(self, now: float) -> None:
        """Forget updates whose life is over."""
        for number in [update.id for update in self.waiting.values() if update.expires <= now]:
            del self.waiting[number]

    def take(self, offset: int, limit: int, now: float) -> list[Update]:
        """The updates from an offset on; those before it are confirmed and forgotten.

        A negative offset keeps that many from the end; an offset beyond the queue's end confirms nothing.
        """
        self.drop_expired(now)
        numbers = list(self.waiting)
        confirmed = numbers[:offset] if offset < 0 else [number for number in numbers if number < offset]
        if offset <= self.next_id:
            for number in confirmed:
                del self.waiting[number]
        return list(islice(self.waiting.values(), limit if 0 < limit <= MOST_AT_ONCE else MOST_AT_ONCE))

    def too_eager(self, offset: int, now: float) -> bool:
        """Whether the same offset is asked for again within half a second: such a call gets one update only."""
        eager = self.last_asked[0] == offset and now < self.last_asked[1] + FREQUENT
        self.last_asked = (offset, now)
        return eager

    def forget(self, number: int) -> None:
        """Forget one update: a webhook has taken it."""
        self.waiting.pop(number, None)
