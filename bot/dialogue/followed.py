"""What is kept to follow a person: the reminder they agreed to, the steps of their plan, and what was foretold."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from bot.dialogue.plain import Plain

Mark = Literal["open", "done", "unfit"]
Ends = tuple[int, int, int]
"""Low end, middle and high end of a range in yuan."""

FIRST_HOUR, LAST_HOUR = 8, 21
"""The first and the last hour of a day in which anybody may be reminded."""

_MONTH = dt.timedelta(days=30.44)
_APART = dt.timedelta(days=20)  # a line told anew sooner than this corrects the one before
_OUTCOMES = 24


class Checkin(Plain):
    """A reminder each month that somebody asked for: the day (the last one of shorter months) and the hour.

    ``zone`` names whose hours are meant, empty for the house's own; ``due`` is when the next one falls due, ``asked``
    when the last one was sent on its way, ``unheard`` how many in a row nobody has answered.
    """

    day: int = Field(ge=1, le=31)
    hour: int = Field(ge=FIRST_HOUR, le=LAST_HOUR)
    zone: str = ""
    due: dt.datetime
    asked: dt.datetime | None = None
    unheard: int = 0

    def but(self, **changes: object) -> Checkin:
        """The same reminder with some fields changed, validated again."""
        return Checkin.model_validate({**dict(self), **changes})


class KeptStep(Plain):
    """One step of the plan: its action, the month it begins (0 is when the plan was kept), and its tick with a date."""

    action: str
    month: int
    mark: Mark = "open"
    at: dt.datetime | None = None


class Foretold(Plain):
    """Ranges by month (yuan) as they were told at a moment: as things were, and with the plan where there was one.

    ``correction`` names the correction that the pack stated then, empty where it stated none.
    """

    at: dt.datetime
    without: tuple[Ends, ...]
    with_plan: tuple[Ends, ...] = ()
    correction: str = ""

    def month(self, at: dt.datetime) -> int:
        """Whole months between the telling and a later moment, to the nearest."""
        return max(0, round((at - self.at) / _MONTH))


class Outcome(Plain):
    """What the line (yuan) turned out to be, so many months after it was foretold, and whether the range held it.

    ``band`` is the band in which it was told, where it was; ``ends`` is the range that was foretold, ``start`` the
    line at that time, ``correction`` how the range was corrected.
    """

    at: dt.datetime
    month: int
    line: float
    band: tuple[float, float] | None = None
    inside: bool
    ends: Ends | None = None
    start: float | None = None
    correction: str = ""


class Sharing(Plain):
    """What somebody lets be done with outcomes beyond their own result, and when they said so; nothing unless asked.

    ``counted`` among all outcomes, ``case`` that a banded example may rest on theirs and on those of others alike.
    """

    answered_at: dt.datetime | None = None
    counted: bool = False
    case: bool = False


class Following(Plain):
    """All of it; empty for whoever never asked for any.

    ``before`` is the goal that a reminder interrupted.
    """

    checkin: Checkin | None = None
    planned_at: dt.datetime | None = None
    steps: tuple[KeptStep, ...] = ()
    foretold: Foretold | None = None
    outcomes: tuple[Outcome, ...] = ()
    sharing: Sharing = Field(default_factory=Sharing)
    before: str | None = None

    def but(self, **changes: object) -> Following:
        """The same with some fields changed, validated again."""
        return Following.model_validate({**dict(self), **changes})

    @property
    def heard(self) -> Following:
        """The same once its person has answered, so that reminders go on."""
        if self.checkin is None or not self.checkin.unheard:
            return self
        return self.but(checkin=self.checkin.but(unheard=0))

    @property
    def left_out(self) -> frozenset[str]:
        """Actions that the next plan leaves out: done already, or not for this person."""
        return frozenset(step.action for step in self.steps if step.mark != "open")

    def ranges(self) -> tuple[Ends, ...]:
        """What was foretold for the way that was taken: with the plan once a step of it is done."""
        if self.foretold is None:
            return ()
        acted = any(step.mark == "done" for step in self.steps)
        return self.foretold.with_plan if acted and self.foretold.with_plan else self.foretold.without

    def told(self, line: float, band: tuple[float, float] | None, at: dt.datetime) -> Following:
        """The same after a line (yuan) was told: beside what was foretold for its month, if anything was."""
        ranges = self.ranges()
        month = self.foretold.month(at) if self.foretold is not None else 0
        if self.foretold is None or not 0 < month < len(ranges):
            return self.heard
        low, _middle, high = ranges[month]
        least, most = band or (line, line)
        outcome = Outcome(
            at=at,
            month=month,
            line=line,
            band=band,
            inside=least <= high and most >= low,
            ends=ranges[month],
            start=ranges[0][1],
            correction=self.foretold.correction,
        )
        earlier = [one for one in self.outcomes if at - one.at >= _APART]
        return self.heard.but(outcomes=(*earlier, outcome)[-_OUTCOMES:])
