"""The cast of the page: who lives on the street at the start, and who is added later."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.channels.playground.chances import draw
from bot.channels.playground.page.watched import WatchedStreet
from bot.channels.playground.person import Person
from bot.channels.playground.place import Place
from bot.channels.playground.town.posting import ImpossibleError
from bot.channels.playground.town.records import User
from knowledge.entries import Language
from knowledge.phrasing import Phrasebook

Locale = Literal["zh-hans", "zh-hant", "en"]
"""Languages that a client may be set to."""

_FIRST_ID, _ROOM = 200_000_000, 700_000_000
_AT_HOME: tuple[tuple[str, Locale, Language], ...] = (
    ("lin", "zh-hans", "zh"),
    ("mei", "zh-hant", "zh-hant"),
    ("emma", "en", "en"),
    ("adviser", "zh-hans", "zh"),
    ("operator", "zh-hans", "zh"),
)
"""The first people: their user names, their clients' languages, and the language of their own names."""

_MOST_PEOPLE = 40
_MOST_GROUPS = 10


@dataclass
class Cast:
    """The people of a page by their ids, and the groups that were opened."""

    street: WatchedStreet
    people: dict[int, Person] = field(default_factory=dict)
    groups: list[int] = field(default_factory=list)

    def person(self, number: int) -> Person:
        """The person of that id.

        Raises:
            ImpossibleError: when nobody has it.
        """
        if number not in self.people:
            raise ImpossibleError(f"nobody here has the number {number}")
        return self.people[number]

    def place(self, number: int) -> Place:
        """The chat of that id.

        Raises:
            ImpossibleError: when there is none.
        """
        if number not in self.street.town.chats:
            raise ImpossibleError(f"there is no chat {number}")
        return self.street.chat(number)

    def places_of(self, person: Person) -> list[Place]:
        """The chats that somebody can open: the private one, and the groups."""
        return [person.home, *(self.street.chat(number) for number in self.groups)]

    def move_in(self, name: str, language: Locale, username: str = "") -> Person:
        """Somebody new; the same name and language are the same person on every street.

        Raises:
            ImpossibleError: when the name is empty or taken, or the street is full.
        """
        name = name.strip()[:64]
        number = _FIRST_ID + draw(0, "playground", name, language) % _ROOM
        if not name or number in self.people or len(self.people) >= _MOST_PEOPLE:
            raise ImpossibleError(f"nobody named {name!r} can move in: {len(self.people)} live here")
        with self.street.happening(f"{name} moves in"):
            user = User(number, name, username, language)
            self.street.town.users[number] = user
            self.people[number] = Person(self.street, user)
        return self.people[number]

    def open_group(self, title: str, owner: Person, members: tuple[Person, ...] = ()) -> Place:
        """A new supergroup with the bot in it.

        Raises:
            ImpossibleError: when it has no title, or there are enough groups.
        """
        title = title.strip()[:128]
        if not title or len(self.groups) >= _MOST_GROUPS:
            raise ImpossibleError(f"no group {title!r} can be opened: there are {len(self.groups)}")
        place = self.street.group(title, owner, members, bot=False)
        place.chat.last_id = self.street.first_number
        self.groups.append(place.id)
        owner.brings(place)
        return place


def gather(street: WatchedStreet, phrases: Phrasebook) -> Cast:
    """The usual cast: three people with clients in three languages, an adviser, an operator, and a group of theirs."""
    cast = Cast(street)
    everybody = {
        name: cast.move_in(phrases.say(spoken, f"playground.name.{name}"), language, name)
        for name, language, spoken in _AT_HOME
    }
    members = tuple(everybody[name] for name in ("lin", "mei", "emma"))
    cast.open_group(phrases.say("zh", "playground.name.group"), everybody["adviser"], members)
    return cast


def operator_of(cast: Cast) -> Person:
    """The operator: whoever the bot is told is its owner."""
    return next(person for person in cast.people.values() if person.user.username == "operator")
