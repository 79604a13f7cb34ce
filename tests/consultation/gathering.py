"""A group on the street with the whole bot in it: an adviser in charge, members, an onlooker, and what they do."""

from __future__ import annotations

from itertools import count

from bot.channels.playground.person import Person
from bot.channels.playground.place import Place
from bot.channels.playground.sights import Sight
from bot.channels.playground.town.records import Letter
from bot.service.consulting import open_consultations
from tests.faults.house import Neighbourhood

_NAMES = (f"member{number}" for number in count())
TAKE_PART = "Take part (in private)"


class Gathering(Neighbourhood):
    """Ada leads the group; members and an onlooker sit in it, and all of them read English."""

    def __init__(self, members: int = 4, *, forum: bool = False, kind: str = "supergroup", **setup: object) -> None:
        super().__init__(**setup)
        open_consultations(self.house.store, self.settings)
        self.ada, self.olga = self.person("ada", "en"), self.person("olga", "en")
        self.members = [self.person(next(_NAMES), "en") for _ in range(members)]
        self.group = self.street.group("Credit", self.ada, (*self.members, self.olga), forum=forum, kind=kind)
        self.name = self.street.town.bot.username

    def consults(self, about: str, who: Person | None = None, topic: int | None = None) -> None:
        """Somebody (Ada unless told otherwise) asks for a consultation."""
        self.says(who or self.ada, f"/consult@{self.name} {about}", topic)

    def says(self, who: Person, words: str, topic: int | None = None, place: Place | None = None) -> None:
        """Somebody says something in the group."""
        who.says(place or self.group, words, Letter(thread=topic) if topic is not None else Letter())

    def table(self, about: str, place: Place | None = None) -> Sight:
        """The newest table of a consultation about something."""
        here = (place or self.group).messages
        return [sight for sight in here if sight.by_bot and f"Consultation: {about}" in sight.text][-1]
