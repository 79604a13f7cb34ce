"""People who are followed: what was foretold of a line, the line that came, and what they let be done with it."""

from __future__ import annotations

import datetime as dt

from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.followed import Following, Foretold, KeptStep, Outcome, Sharing

BEGAN = dt.datetime(2026, 5, 1, 4, 0, tzinfo=dt.UTC)
MONTH = dt.timedelta(days=30.44)
RANGES = tuple((20_000 - 900 * month, 20_000, 20_000 + 1_500 * month) for month in range(13))


def told(value: float | str, at: dt.datetime = BEGAN, source: str = "said") -> Answer:
    """An answer told as such."""
    ends = {} if isinstance(value, str) else {"low": value, "high": value}
    return Answer.model_validate({"value": value, "at": at, "source": source, **ends})


def person(name: str, *, line: float = 20_000, **sharing: bool) -> Conversation:
    """An adult who agreed and is followed, with a forecast kept at the beginning."""
    answers = {"kind": told("person"), "current_line": told(line)}
    foretold = Foretold(at=BEGAN, without=RANGES)
    steps = (KeptStep(action="pay_on_time_autopay", month=0, mark="done", at=BEGAN),)
    following = Following(foretold=foretold, steps=steps)
    if sharing:
        following = following.but(sharing=Sharing(answered_at=BEGAN, **sharing))
    who = Conversation(id=name, consent_at=BEGAN, adult=True, goal="follow", answers=answers, following=following)
    return who.but(language="en")


def telling(who: Conversation, line: float, months: float) -> Conversation:
    """The same once they have told a line so many months later."""
    return who.answered("current_line", told(line, BEGAN + months * MONTH))


def outcome(who: Conversation) -> Outcome:
    """The newest outcome."""
    return who.following.outcomes[-1]
