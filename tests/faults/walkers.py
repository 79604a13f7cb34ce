"""People who walk through an interview at real speed: each presses what stands before them as soon as it does."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from bot.channels.playground.person import Person
from bot.channels.playground.sights import Sight
from bot.channels.playground.street import Street

_WAY_IN = ("consent:yes", "age:adult", "goal:assess")
_TYPED = ("3万5", "8000", "7个月", "2万", "1.2万", "4", "9千", "五个月", "6000", "3")


@dataclass
class Walker:
    """Somebody who answers every card once, always in the same way, however often and in whatever message it comes.

    ``steps`` counts what they did; ``goes_on`` is False once a card stands there to check all answers.
    """

    person: Person
    steps: int = 0
    goes_on: bool = True
    _answered: set[str] = field(default_factory=set)

    def begins(self) -> None:
        """Say hello."""
        self.steps += 1
        self.person.starts()

    def pastes(self, *, pressing: bool = True) -> None:
        """Choose on the card, pressing or typing, and type four answers without waiting: five updates."""
        card, choices = self._choices()
        assert card is not None
        nth = zlib.crc32(self.person.name.encode())
        typed = [_TYPED[(nth + place) % len(_TYPED)] for place in range(4)]
        if pressing:
            self._press(card, choices[0])
        else:
            typed.insert(0, card.labels[0])
            self._answered.add(_mark(card))
        for words in typed:
            self.steps += 1
            self.person.says(self.person.home, words)

    def walks(self, *, as_far_as: str = "review") -> bool:
        """Answer the newest card, if it is a new one; whether there was something to do."""
        card, choices = self._choices()
        if card is None or _mark(card) in self._answered:
            return False
        if not choices or (as_far_as == "question" and choices[0].startswith("pick:")):
            self.goes_on = False
            return False
        self._press(card, choices[zlib.crc32(f"{self.person.name} {_mark(card)}".encode()) % len(choices)])
        return True

    def _press(self, card: Sight, action: str) -> None:
        self._answered.add(_mark(card))
        self.steps += 1
        self.person.forges(card, _buttons(card)[action])

    def _choices(self) -> tuple[Sight | None, list[str]]:
        """The newest card, and which of its buttons lead on."""
        card = next((sight for sight in reversed(self.person.home.messages) if sight.rows), None)
        actions = list(_buttons(card)) if card is not None else []
        first = [action for action in actions if action in _WAY_IN]
        return card, first or [action for action in actions if action.startswith(("pick:", "yes:"))]


def _mark(card: Sight) -> str:
    """What tells a card from every other, but not from its repeats: the revision that its buttons carry."""
    return next(iter(_buttons(card).values())).split(".")[0]


def _buttons(card: Sight) -> dict[str, str]:
    """What each button of a card stands for, with the data it carries."""
    rows = (card.message.markup or {}).get("inline_keyboard", [])
    data = [str(button["callback_data"]) for row in rows for button in row]
    return {one.split(".", 2)[-1]: one for one in data}


def neighbours(street: Street, people: int) -> list[Walker]:
    """So many people with phones in Chinese."""
    return [Walker(street.person(f"walker{number}")) for number in range(people)]
