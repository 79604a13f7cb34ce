"""People who walk through an interview at real speed: each presses what stands before them as soon as it does."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import NamedTuple

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
        card = self.card()
        assert card is not None
        nth = zlib.crc32(self.person.name.encode())
        typed = [_TYPED[(nth + place) % len(_TYPED)] for place in range(4)]
        if pressing:
            self._press(card, card.choices[0])
        else:
            typed.insert(0, card.labels[0])
            self._answered.add(card.mark)
        for words in typed:
            self.steps += 1
            self.person.says(self.person.home, words)

    def walks(self, *, as_far_as: str = "review") -> bool:
        """Answer the newest card, if it is a new one; whether there was something to do."""
        card = self.card()
        if card is None or card.mark in self._answered:
            return False
        if not card.choices or (as_far_as == "question" and card.choices[0].startswith("pick:")):
            self.goes_on = False
            return False
        self._press(card, card.choices[zlib.crc32(f"{self.person.name} {card.mark}".encode()) % len(card.choices)])
        return True

    def card(self) -> Card | None:
        """The newest card."""
        return next((card for sight in reversed(self.person.home.messages) if (card := _seen(sight))), None)

    def _press(self, card: Card, action: str) -> None:
        self._answered.add(card.mark)
        self.steps += 1
        self.person.forges(card.sight, card.buttons[action])


class Card(NamedTuple):
    """A card as it stood at one moment: while somebody looks at it, the bot may put the next one in its place."""

    sight: Sight
    labels: list[str]
    buttons: dict[str, str]
    """What each button stands for, with the data it carries."""

    @property
    def mark(self) -> str:
        """What tells a card from every other, but not from its repeats: the revision that its buttons carry."""
        return next(iter(self.buttons.values())).split(".")[0]

    @property
    def choices(self) -> list[str]:
        """Which of its buttons lead on."""
        first = [action for action in self.buttons if action in _WAY_IN]
        return first or [action for action in self.buttons if action.startswith(("pick:", "yes:"))]


def _seen(sight: Sight) -> Card | None:
    """The card that a message is now, if it is one; its buttons are looked up once."""
    buttons = [button for row in (sight.message.markup or {}).get("inline_keyboard", []) for button in row]
    data = [str(button["callback_data"]) for button in buttons]
    labels = [str(button["text"]) for button in buttons]
    return Card(sight, labels, {one.split(".", 2)[-1]: one for one in data}) if buttons else None


def neighbours(street: Street, people: int) -> list[Walker]:
    """So many people with phones in Chinese."""
    return [Walker(street.person(f"walker{number}")) for number in range(people)]
