"""What a turn may know besides the conversation: the library, the policy packs and the clock's value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.dialogue.conversation import Conversation
from bot.dialogue.holding import Held
from bot.dialogue.messages import Button, Reply, Text, Toast
from knowledge.library import Library
from simulator.policy import Pack


@dataclass(frozen=True, slots=True)
class Scene:
    """The library with its words, the packs by product id, and the moment (aware) that counts as now.

    ``held`` is what the house keeps of the person, where a turn has asked for it. ``zones`` are the time zones that
    somebody may choose, by name; who chose none lives in that of ``now``. Library and packs are of one ``edition``.
    """

    library: Library
    packs: Mapping[str, Pack]
    now: dt.datetime
    held: Held | None = None
    zones: Mapping[str, dt.tzinfo] = field(default_factory=dict)
    edition: int = 0

    def say(self, who: Conversation, key: str, **data: object) -> str:
        """Words in the person's language: one phrase filled with data."""
        return self.library.phrases.say(who.language, key, **data)

    def text(self, who: Conversation, key: str, **data: object) -> Text:
        """One phrase as a block of a reply."""
        return Text(markup=self.say(who, key, **data))

    def button(self, who: Conversation, key: str, action: str, **data: object) -> Button:
        """A button whose label is a phrase."""
        return Button(label=self.say(who, key, **data), action=action)


@dataclass(frozen=True, slots=True)
class Note:
    """Something for the journal: what kind of thing happened, and a detail without personal values."""

    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one step decided: the new conversation and the replies.

    With ``show`` the current card or result follows; ``preface`` stands above it (what was understood);
    ``erase`` asks that everything about this person be deleted, ``forget`` that everything but this conversation as it
    stands now is; ``wants_held`` that the turn be taken once more with what the house holds of the person;
    ``unsay`` that what is promised in a slot, and not out of the door yet, be taken back. ``stands_at`` is a code of
    the question that is open after it. ``toast`` is what whoever pressed sees, ``wakes`` names other conversations for
    which the turn leaves something to be done. ``unanswered`` is what was asked and found no answer, blanked, for the
    editors; ``wonders`` what was asked, in case that the next turn says so.
    """

    conversation: Conversation
    replies: tuple[Reply, ...] = ()
    show: bool = True
    preface: str = ""
    notes: tuple[Note, ...] = ()
    erase: bool = False
    forget: bool = False
    wants_held: bool = False
    unsay: str | None = None
    stands_at: str = ""
    toast: Toast | None = None
    wakes: tuple[str, ...] = ()
    unanswered: str = ""
    wonders: str = ""

    def noting(self, kind: str, detail: str = "") -> Turn:
        """The same turn with one more note for the journal."""
        return replace(self, notes=(*self.notes, Note(kind, detail)))


Step = Callable[[Conversation, str, Scene], Turn]
Tell = Callable[[Conversation, Scene], tuple[Reply, ...]]


@dataclass(frozen=True, slots=True)
class Ability:
    """One thing the dialogue can do: commands and buttons that reach it, and the result it tells for its goal."""

    name: str
    commands: Mapping[str, Step] = field(default_factory=dict)
    verbs: Mapping[str, Step] = field(default_factory=dict)
    tell: Tell | None = None
