"""How much a bot may send: bursts and rates for each chat, each group and all together, as an option."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

Effort = Literal["send", "edit"]
_GRAIN = 1e-6
"""Seconds too short to count: rounding must not make a second of them."""


@dataclass(frozen=True)
class Allowance:
    """So many at once, and so many a second in the long run."""

    burst: int
    rate: float


@dataclass(frozen=True)
class Limits:
    """The platform's limits as its users know them; it states none of them exactly."""

    chat: Allowance = Allowance(4, 1.0)
    group: Allowance = Allowance(20, 20 / 60)
    group_edits: Allowance = Allowance(20, 20 / 60)
    overall: Allowance = Allowance(30, 30.0)


@dataclass
class _Bucket:
    left: float
    at: float


@dataclass
class Meter:
    """Counts what a bot sends and says how long it has to wait; without limits it never has to."""

    limits: Limits | None = None
    buckets: dict[tuple[str, int], _Bucket] = field(default_factory=dict)
    blocked: dict[tuple[str, int], float] = field(default_factory=dict)

    def spend(self, effort: Effort, chat: int, now: float, count: int = 1) -> int:
        """Count a call to a chat (negative ids are groups).

        Returns:
            0 when it may go through, otherwise the whole seconds to wait for this chat; nothing is counted then.
        """
        if self.limits is None:
            return 0
        needs = self._needs(effort, chat, self.limits)
        wait = max(self._wait(key, allowance, now, count) for key, allowance in needs)
        if wait > 0:
            for key, allowance in needs:
                if self.blocked.get(key, 0.0) <= now and self._wait(key, allowance, now, count) > 0:
                    self.blocked[key] = now + wait
            return wait
        for key, allowance in needs:
            self._filled(key, allowance, now).left -= count
        return 0

    def _needs(self, effort: Effort, chat: int, limits: Limits) -> list[tuple[tuple[str, int], Allowance]]:
        overall = (("overall", 0), limits.overall)
        if effort == "edit":
            return [overall, (("edits", chat), limits.group_edits)] if chat < 0 else [overall]
        own = [(("chat", chat), limits.chat), overall]
        return [*own, (("group", chat), limits.group)] if chat < 0 else own

    def _wait(self, key: tuple[str, int], allowance: Allowance, now: float, count: int) -> int:
        halted = self.blocked.get(key, 0.0) - now
        lacking = (count - self._filled(key, allowance, now).left) / allowance.rate
        return max(0, math.ceil(halted - _GRAIN), math.ceil(lacking - _GRAIN))

    def _filled(self, key: tuple[str, int], allowance: Allowance, now: float) -> _Bucket:
        bucket = self.buckets.setdefault(key, _Bucket(allowance.burst, now))
        bucket.left = min(allowance.burst, bucket.left + (now - bucket.at) * allowance.rate)
        bucket.at = now
        return bucket
