"""Bad weather: what goes wrong between a bot and the platform, written down beforehand or drawn from a seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.channels.playground.chances import share

Mishap = Literal["drop_before", "drop_after", "too_many", "bad_gateway", "slow", "reset_midway", "duplicate", "swap"]
"""The connection breaks before or after the call is accepted, 429, 5xx with a page of HTML, a late answer, a reset in
the middle of the answer; an update delivered twice, two neighbours in the wrong order."""

ON_CALLS: tuple[Mishap, ...] = ("drop_before", "drop_after", "too_many", "bad_gateway", "slow", "reset_midway")


@dataclass(frozen=True)
class Fault:
    """One mishap, with the seconds that it takes or asks for."""

    kind: Mishap
    seconds: int = 1


@dataclass
class _Written:
    fault: Fault
    method: str
    times: int


@dataclass
class Weather:
    """Which mishap befalls the next call or update: first those written down, then those drawn.

    ``rates`` gives each mishap's share of calls or updates; equal seeds and calls give equal mishaps.
    """

    seed: int = 0
    rates: Mapping[Mishap, float] = field(default_factory=dict)
    seconds: int = 1
    written: list[_Written] = field(default_factory=list)
    calls: int = 0

    def write(self, kind: Mishap, method: str = "", times: int = 1, seconds: int = 1) -> None:
        """Let a mishap befall the next calls of a method, of any method, or the next updates."""
        self.written.append(_Written(Fault(kind, seconds), method.lower(), times))

    def on_call(self, method: str) -> Fault | None:
        """The mishap of this call, if any."""
        self.calls += 1
        method = method.lower()
        for page in self.written:
            if page.fault.kind in ON_CALLS and page.method in {"", method}:
                return self._spent(page)
        return self._drawn(ON_CALLS, method, self.calls)

    def on_update(self, kind: Mishap, number: int) -> bool:
        """Whether this mishap befalls the update of that number."""
        for page in self.written:
            if page.fault.kind == kind:
                return self._spent(page) is not None
        return self._drawn((kind,), "update", number) is not None

    def _spent(self, page: _Written) -> Fault:
        page.times -= 1
        if page.times <= 0:
            self.written.remove(page)
        return page.fault

    def _drawn(self, kinds: tuple[Mishap, ...], what: str, number: int) -> Fault | None:
        chance = share(self.seed, what, kinds[0], number)
        for kind in kinds:
            chance -= self.rates.get(kind, 0.0)
            if chance < 0:
                return Fault(kind, self.seconds)
        return None
