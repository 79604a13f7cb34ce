"""Hosting: what an act of a consultation works with, who leads, and what an act comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, Engine

from bot.consultation.anonymising import Crowd
from bot.consultation.keeping import Kept, group_meant, load, sittings_in
from bot.consultation.sitting import Sitting
from bot.dialogue.conversation import Conversation
from bot.dialogue.footing import LEADERS, Happening
from bot.dialogue.messages import Arrival, Button, Reply, Text
from bot.dialogue.scene import Note, Scene
from bot.dialogue.turn import greeted
from bot.store.conversations import load_conversation
from bot.store.engine import reading
from bot.store.roles import ADVISING, role_of
from knowledge.entries import Language
from knowledge.phrasing import Phrasebook

FRESH = dt.timedelta(seconds=5)
"""How long the platform's word about somebody's standing counts."""

Place = Literal["group", "private"]
Event = Literal["table"] | Happening


@dataclass(frozen=True, slots=True)
class Host:
    """What an act may use: the store to read, words, the moment, and who said what where.

    ``who`` is the conversation that the arrival came to: a person's own, or a group's, which remembers nothing of
    anybody. ``crowd`` gives the cards that may be shown; it waits where they are not drawn yet.
    """

    store: Engine
    scene: Scene
    who: Conversation
    arrival: Arrival
    owners: frozenset[int]
    crowd: Callable[[], Crowd]

    @property
    def now(self) -> dt.datetime:
        """The moment that counts as now."""
        return self.scene.now

    @property
    def phrases(self) -> Phrasebook:
        """Everybody's words."""
        return self.scene.library.phrases

    @property
    def speaker(self) -> str | None:
        """The private talk of whoever acts; None for nobody in particular."""
        return self.arrival.speaker if self.arrival.public else self.who.id

    @property
    def language(self) -> Language:
        """The chat's language; to a press in a group, whose answer is read by nobody else, that of whoever pressed."""
        if self.speaker is None or not self.arrival.public or self.arrival.press is None:
            return self.who.language
        return greeted(self.conversation(self.speaker), self.arrival).language

    def say(self, key: str, **data: object) -> str:
        """Words in the language of whoever reads them."""
        return self.phrases.say(self.language, key, **data)

    def text(self, key: str, **data: object) -> Text:
        """One phrase as a block of a reply to this chat."""
        return self.scene.text(self.who, key, **data)

    def button(self, key: str, action: str, **data: object) -> Button:
        """A button under a reply to this chat."""
        return self.scene.button(self.who, key, action, **data)

    def sitting(self, number: str) -> Kept | None:
        """A sitting as it stands now, or None."""
        with reading(self.store) as connection:
            return load(connection, number)

    def here(self) -> tuple[Kept, ...]:
        """The sittings in this topic of this group that are not closed, oldest first."""
        with reading(self.store) as connection:
            return sittings_in(connection, self.who.id, self.arrival.topic)

    def conversation(self, name: str) -> Conversation:
        """Somebody else's conversation as it stands now."""
        with reading(self.store) as connection:
            return load_conversation(connection, name)

    def leads(self, group: str) -> bool:
        """Whether whoever acts leads in a group at this moment: by an office of ours, or as the platform just said."""
        speaker, standing = self.speaker, self.arrival.standing
        if speaker is None or self.arrival.secondhand:
            return False
        if standing is not None and standing.group == group and abs(self.now - standing.at) <= FRESH:
            return standing.rank in LEADERS or self.in_office(speaker)
        return self.in_office(speaker)

    def in_office(self, name: str) -> bool:
        """Whether somebody is one of our advisers, an admin or an owner."""
        number = int(name.removeprefix("tg:")) if name.removeprefix("tg:").isdecimal() else 0
        if number in self.owners:
            return True
        with reading(self.store) as connection:
            return role_of(connection, number) in ADVISING


def _nothing(_connection: Connection) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Done:
    """What an act comes to, committed in one transaction with the arrival.

    ``replies`` go to this chat, those ``elsewhere`` to other chats by name. ``changes`` are sittings as they were read
    and as they are now: they are saved over what was read, else everything is decided anew, and their tables are drawn
    where they look different. ``act`` is whatever else has to be done; it says False when things are not any more as
    they were read. ``toast`` is what whoever pressed in a group sees for a moment (an ``alert`` until it is tapped
    away); with ``start`` their private talk opens with that code. ``who`` is this chat's conversation afterwards; with
    ``show`` its present card follows. ``wakes`` are other chats for which something was left in the inbox.
    """

    replies: tuple[Reply, ...] = ()
    elsewhere: tuple[tuple[str, Reply], ...] = ()
    changes: tuple[tuple[Kept, Sitting], ...] = ()
    act: Callable[[Connection], bool] = _nothing
    toast: str = ""
    alert: bool = False
    start: str = ""
    who: Conversation | None = None
    show: bool = False
    notes: tuple[Note, ...] = ()
    wakes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done: what it answers to, where, and how.

    ``commands`` are without slash, ``verbs`` what an action has before its first colon; ``run`` gets the rest of either
    and answers None for what is not its own. ``events`` are what happens in a group though nobody says it. ``hears``
    names where plain words are offered to it. Where ``led``, the platform is asked how the speaker stands in this
    group, or for private talks (by name) and their arguments in the group that ``led_in`` says; ``run`` asks
    ``host.leads``.
    Where ``footed``, it is asked what the bot itself may do in this group.
    """

    run: Callable[[Host, str], Done | None]
    places: frozenset[Place]
    commands: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    events: frozenset[Event] = frozenset()
    hears: frozenset[Place] = frozenset()
    led: bool = False
    led_in: Callable[[Connection, str, str], str | None] = group_meant
    footed: bool = False
