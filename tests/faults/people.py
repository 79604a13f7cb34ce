"""People of a simulation: what somebody does next, drawn from what stands in the chat and what stood there before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from bot.channels.playground.person import Person
from bot.channels.playground.sights import Sight
from bot.channels.playground.town.posting import ImpossibleError

PLANTED = ("73951", "88417", "64209", "93573")
"""Figures that nobody says by chance: none of them may ever stand in a line of a log."""

WORDS = (
    *PLANTED,
    *("8000", "3.5万", "12", "两年", "30%", "没有", "不知道", "yes", "20k", "三个", "¥5,000-8,000", "0", "-5"),
)
COMMANDS = ("/menu", "/start", "/help", "/data", "/language en", "/language zh", "/nonsense", "/assess", "/cancel")
_COSTLY = ("now:", "accept:", "further:", "more:", "goal:plan", "goal:afford", "goal:ask", "details", "result", "why:")
_FIRST = ("consent:yes", "age:adult", "goal:assess")
_KEPT = 12


@dataclass
class Dweller:
    """Somebody with a phone that may still show what was there a while ago."""

    person: Person
    chance: Random
    seen: list[tuple[Sight, str]] = field(default_factory=list)
    said: list[Sight] = field(default_factory=list)
    fresh: bool = True
    moves: int = 0

    def acts(self, kind: str) -> None:
        """Do one thing of a kind, as far as the platform lets them now."""
        self._look()
        self.moves += 1
        try:
            _MOVES[kind](self)
        except ImpossibleError:
            return

    def _look(self) -> None:
        for sight in self.person.home.messages[-3:]:
            for row in (sight.message.markup or {}).get("inline_keyboard", []):
                self.seen += [(sight, str(button["callback_data"])) for button in row]
        del self.seen[:-_KEPT]

    def card(self) -> Sight | None:
        """The newest message with buttons."""
        return next((sight for sight in reversed(self.person.home.messages) if sight.rows), None)

    def choices(self) -> list[str]:
        """Labels of the newest card that lead through the interview."""
        card = self.card()
        if card is None:
            return []
        rows = (card.message.markup or {}).get("inline_keyboard", [])
        told = {button["text"]: str(button["callback_data"]).split(".", 2)[-1] for row in rows for button in row}
        first = [label for label, action in told.items() if action in _FIRST]
        if first and self.chance.random() < 0.9:
            return first
        return [label for label, action in told.items() if not action.startswith(_COSTLY)]

    def speaks(self, text: str) -> None:
        """Say something at home."""
        self.said.append(self.person.says(self.person.home, text))

    def press(self, times: int = 1, *, other: bool = False) -> None:
        """Press a choice of the newest card, so many times at once; with ``other`` another one as well."""
        labels, card = self.choices(), self.card()
        if card is None or not labels:
            self.speaks("/start")
            return
        label = self.chance.choice(labels)
        for _ in range(times):
            self.person.presses(card, label)
        if other:
            self.person.presses(card, self.chance.choice(labels))

    def press_old(self) -> None:
        """Press what a phone that was not looked at for a while still shows."""
        usual = [(sight, data) for sight, data in self.seen if not data.split(".", 2)[-1].startswith(_COSTLY)]
        if usual:
            self.person.forges(*self.chance.choice(usual))

    def edit(self) -> None:
        """Change the last thing said."""
        if self.said:
            self.person.edits(self.said[-1], self.chance.choice(WORDS))

    def paste(self) -> None:
        """Three answers at once."""
        for _ in range(3):
            self.speaks(self.chance.choice(WORDS))

    def twice(self) -> None:
        """The same words twice at once."""
        words = self.chance.choice(WORDS)
        self.speaks(words)
        self.speaks(words)

    def delete(self) -> None:
        """Delete the card."""
        card = self.card()
        if card is not None:
            self.person.deletes(card)

    def send(self) -> None:
        """Something that holds no words."""
        self.person.sends(self.chance.choice(("sticker", "voice", "photo", "location")), self.person.home)

    def start(self) -> None:
        """Say hello, and let the bot write again if it might not."""
        self.said.append(self.person.starts())

    def forward(self) -> None:
        """Send on what the bot or oneself has said."""
        if self.person.home.messages:
            self.person.forwards(self.chance.choice(self.person.home.messages), self.person.home)


_MOVES: dict[str, Callable[[Dweller], None]] = {
    "press": lambda who: who.press(),
    "tap twice": lambda who: who.press(2),
    "two devices": lambda who: who.press(other=True),
    "press old": Dweller.press_old,
    "type": lambda who: who.speaks(who.chance.choice(WORDS)),
    "type a label": lambda who: who.speaks(who.chance.choice([*who.choices(), "0"])),
    "paste": Dweller.paste,
    "say twice": Dweller.twice,
    "send": Dweller.send,
    "command": lambda who: who.speaks(who.chance.choice(COMMANDS)),
    "edit": Dweller.edit,
    "forward": Dweller.forward,
    "delete the card": Dweller.delete,
    "block": lambda who: who.person.blocks(),
    "start": Dweller.start,
}


WEIGHTS = {
    "press": 40,
    "tap twice": 7,
    "two devices": 6,
    "press old": 7,
    "type": 14,
    "type a label": 8,
    "paste": 3,
    "say twice": 4,
    "send": 3,
    "command": 5,
    "edit": 3,
    "forward": 1,
    "delete the card": 2,
    "block": 1,
    "start": 2,
}
"""How often people do what."""
