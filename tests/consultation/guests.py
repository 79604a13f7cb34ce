"""Guests of a large sitting: each comes at a moment of their own, decides, changes their mind, and talks meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Literal

from bot.channels.playground.person import Person
from bot.channels.playground.sights import Sight
from bot.channels.playground.town.posting import ImpossibleError
from bot.channels.playground.town.records import Press
from tests.consultation.gathering import LEAVE, LEAVE_NOW, SHOW, TAKE_PART

if TYPE_CHECKING:
    from tests.consultation.big_sitting import BigSitting

SLIP = "Take my card back quietly"
TAKE_BACK, OPEN, TO_TABLE = "Take my card back", "Look or change", "What the group may see"
NOW = "Take back now (can be guessed)"
Wish = Literal["show", "never", "nothing", "hide", "slip", "leave", "leave now"]
LABELS: Mapping[Wish, str] = {
    "show": SHOW,
    "never": "Never show one",
    "hide": TAKE_BACK,
    "slip": SLIP,
    "leave": LEAVE,
    "leave now": LEAVE_NOW,
}
_PATIENCE = 20.0
_MOST_STEPS = 60


@dataclass
class Guest:
    """One member: where and when they come, what they have told before, and what they wish for when.

    ``came`` and ``done`` tell of what they really did, for whoever recomputes the end.
    """

    who: Person
    sitting: str
    arrives: float
    known: bool
    wishes: list[tuple[float, Wish]]
    chance: Random
    press: Press | None = None
    steps: int = 0
    inside: bool = False
    done: list[Wish] = field(default_factory=list)

    def acts(self, evening: BigSitting) -> float | None:
        """Do the next small thing; seconds until the one after it, None when nothing more is wished for."""
        if self.inside and self.wishes and self.wishes[0][0] > evening.clock():
            return max(1.0, self.wishes[0][0] - evening.clock())
        self.steps += 1
        if self.steps > _MOST_STEPS:
            return None
        try:
            over = self._go_in(evening) if not self.inside else self._decide(evening)
        except (ImpossibleError, IndexError):
            over = False
        return None if over else self.chance.uniform(1.0, 6.0)

    def _go_in(self, evening: BigSitting) -> bool:
        """Press at the table, then follow where the answer leads; press again when none comes."""
        if self.press is None or evening.clock() > self.press.at + _PATIENCE:
            self.press = evening.pressed(self.who, evening.table(self.sitting), TAKE_PART)
        elif self.press.answer is not None:
            link = str(self.press.answer.get("url") or "")
            if not link:
                return True
            evening.awaits(self.who)
            self.who.opens(link)
            self.inside = True
            evening.entered(self.sitting, self)
        return False

    def _decide(self, evening: BigSitting) -> bool:
        """Answer what is asked until the wish of this moment can be pressed, and press it."""
        if not self.wishes or self.wishes[0][1] == "nothing":
            return True
        moment, wish = self.wishes[0]
        newest = _newest(self.who)
        if evening.clock() < moment or newest is None:
            return False
        if wish == "slip" and SLIP not in newest.labels and TAKE_BACK in newest.labels:
            wish = "hide"  # a card that waits has nothing to slip away from
        if wish == "hide" and SLIP in newest.labels:
            evening.decides(self, "slip", evening.pressed(self.who, newest, SLIP))  # only then it can go at once
            return False
        if wish == "leave now" and LEAVE_NOW not in newest.labels:
            return True  # they had no card on the table, and are gone
        label = NOW if wish == "hide" and NOW in newest.labels else LABELS[wish]
        if label in newest.labels:
            evening.decides(self, "slip" if label == TAKE_BACK else wish, evening.pressed(self.who, newest, label))
            self.wishes.pop(0)
            self.done.append(wish)
        else:
            self._towards(evening, newest)
        return False

    def _towards(self, evening: BigSitting, newest: Sight) -> None:
        """One step nearer to the screen with the button."""
        way = next((label for label in (OPEN, self.sitting) if label in newest.labels), None)
        if way is None and self.done:
            evening.awaits(self.who)
            self.who.says(self.who.home, "/join")
        elif way is not None or (newest.labels and LEAVE not in newest.labels):
            evening.pressed(self.who, newest, way or newest.labels[0])
        elif not self.known and newest.labels:
            evening.pressed(self.who, newest, newest.labels[-1])


def _newest(who: Person) -> Sight | None:
    cards = [sight for sight in who.home.messages if sight.rows]
    return cards[-1] if cards else None


def wishes_of(chance: Random, arrives: float) -> list[tuple[float, Wish]]:
    """What somebody wishes for, and from when on."""
    first: Wish = chance.choices(("show", "never", "nothing"), (80, 8, 12))[0]
    wishes: list[tuple[float, Wish]] = [(arrives, first)]
    later = arrives + chance.uniform(60.0, 1500.0)
    if first == "show" and chance.random() < 0.35:
        change: Wish = chance.choice(("hide", "slip", "leave", "leave"))
        wishes.append((later, change))
        if change == "leave" and chance.random() < 0.5:
            wishes.append((later + 30.0, "leave now"))
        if change == "hide" and chance.random() < 0.5:
            wishes.append((later + 30.0, "show"))
    elif first == "never" and chance.random() < 0.5:
        wishes.append((later, "leave"))
    return wishes
