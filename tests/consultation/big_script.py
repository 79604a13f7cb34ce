"""The script of a large sitting: who comes when and for what, what is said meanwhile, and what befalls everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Literal, NamedTuple

Chatter = Literal["talk", "case", "ask", "mention", "lead", "letter", "close", "reply"]

ONE, TWO, SMALL = "raising a line", "repaying early", "a first loan"
"""What the sittings are about: two topics of a forum, and a small group that becomes a supergroup."""

TALK = (
    "good morning everybody",
    "is anyone else waiting?",
    "thanks, that helps",
    "my cousin had the same thing last year",
    "ok",
    "what does A mean on the table?",
    "I will be back in a minute",
    "does it really take months?",
    "has anyone heard from the bank today?",
    "haha same here",
    "let us wait for the others",
)
QUESTIONS = ("is early repayment free", "why did my line disappear", "do queries hurt", "what is a review")
_SAID: tuple[Chatter, ...] = ("talk", "case", "ask", "mention", "close", "reply")
_WEIGHTS = (230, 30, 16, 10, 5, 9)
_PRESSED: tuple[Chatter, ...] = ("lead", "letter", "letter")


class Remark(NamedTuple):
    """Somebody (by number) says or presses something in the group at a moment."""

    at: float
    who: int
    kind: Chatter
    words: str
    sitting: str


@dataclass(frozen=True)
class Script:
    """A sitting of so many members, minutes and messages, drawn from a seed.

    ``kills`` are the seconds at which the process dies, each with how long nobody is there.
    """

    seed: int
    members: int = 50
    minutes: float = 40.0
    messages: int = 300
    kills: tuple[tuple[float, float], ...] = ((450.0, 3.0), (1140.0, 20.0), (1980.0, 8.0))

    @property
    def end(self) -> float:
        """The last second of the script."""
        return self.minutes * 60

    def moment(self, share: float) -> float:
        """The second at which a share of the time has passed."""
        return self.end * share

    def remarks(self) -> Iterator[Remark]:
        """Everything that is said in the group, and what is pressed there besides taking part."""
        chance = Random(f"remarks {self.seed}")
        kinds = chance.choices(_SAID, _WEIGHTS, k=self.messages)
        for kind in (*kinds, *chance.choices(_PRESSED, k=self.messages // 7)):
            words = chance.choice(QUESTIONS if kind in {"ask", "mention", "reply"} else TALK)
            at = chance.uniform(0.05, 1.0) * self.end
            yield Remark(at, chance.randrange(self.members), kind, words, chance.choice((ONE, TWO)))

    def arrivals(self) -> Iterator[tuple[int, str, float, bool]]:
        """Who comes (a number), to which sitting, when, and whether they have told everything before."""
        chance = Random(f"arrivals {self.seed}")
        for number in range(self.members):
            sitting = SMALL if number % 10 == 9 else (ONE, TWO)[number % 2]
            yield number, sitting, chance.uniform(0.04, 0.6) * self.end, chance.random() < 0.8
