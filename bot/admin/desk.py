"""What an operators' command works with and answers: the desk, the operator, the sheet, and the command itself."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Engine

from bot.admin.arguments import Arguments
from bot.dialogue.messages import Bars, Paper
from bot.settings import Settings
from knowledge.entries import Language, Words
from knowledge.library import Library
from simulator.policy import Pack

Role = Literal["owner", "admin", "editor", "adviser", "auditor"]
ADMIN: frozenset[Role] = frozenset({"admin"})
READERS: frozenset[Role] = frozenset({"admin", "editor", "auditor"})
AUDITORS: frozenset[Role] = frozenset({"admin", "auditor"})
EVERYBODY: frozenset[Role] = frozenset({"admin", "editor", "adviser", "auditor"})
"""Who may give a command besides the owners, who may give all of them."""

Group = Literal["sight", "knowledge", "publishing", "announcing", "people", "team", "machine"]
"""What a command is about; the menu has a card for each, in this order."""

Cell = str | int | float


class Operator(NamedTuple):
    """Who gives a command: their number in the messenger (None for whoever sits at the server) and their role."""

    number: int | None
    role: Role

    @property
    def name(self) -> str:
        """What the audit trail calls them."""
        return "terminal" if self.number is None else f"tg:{self.number}"


AT_THE_SERVER = Operator(None, "owner")


@dataclass(frozen=True, slots=True)
class Desk:
    """What an operators' command may use: library, packs, store, moment, who gives it, the settings.

    ``edition`` is the number of what library and packs are of.
    """

    library: Library
    packs: Mapping[str, Pack]
    store: Engine
    now: dt.datetime
    operator: Operator = AT_THE_SERVER
    language: Language = "en"
    settings: Settings = field(default_factory=Settings)
    edition: int = 0

    def say(self, key: str, **data: object) -> str:
        """Words in the operator's language."""
        return self.library.phrases.say(self.language, key, **data)

    def worded(self, key: str, otherwise: str) -> str:
        """A phrase that may not be there, or other words for it: a new command has no phrases yet."""
        known = key in self.library.phrases.keys(self.language)
        return self.library.phrases.say(self.language, key) if known else otherwise

    def read_out(self, words: Words) -> str:
        """Words of the library in the operator's language and script."""
        return self.library.phrases.in_script(self.language, words.said_in(self.language))

    def mask(self, words: str) -> str:
        """A code in place of something personal: always the same for the same, and of no use without the secret."""
        secret = (self.settings.secrets or ("",))[0].encode()
        return "~" + hmac.digest(secret, b"mask " + words.encode(), hashlib.sha256).hex()[:12]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of plain cells; columns are named by codes, and cells that are codes are put into words if ``spoken``.

    ``titles`` are what some codes are called in the operator's language; a chat shows the ``first`` so many rows.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    spoken: bool = True
    titles: Mapping[str, str] = field(default_factory=dict)
    first: int = 20


class Way(NamedTuple):
    """A button under an answer: its label and the command line it stands for."""

    label: str
    line: str


Change = Callable[[Connection], bool]
"""Done in the transaction that also tells of it; False when things are not any more as the command found them."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a command answers: words in small Markdown, a table, papers, ways on, and the change that it asks for.

    A ``chart`` is drawn above the table in a chat; a terminal shows the table alone. With ``wipe`` what the change
    deletes must not stay in the store's log either. Where what was looked at is not ``sound``, a terminal's exit
    code says so.
    """

    words: str = ""
    sheet: Sheet | None = None
    chart: Bars | None = None
    papers: tuple[Paper, ...] = ()
    ways: tuple[Way, ...] = ()
    change: Change | None = None
    wipe: bool = False
    sound: bool = True


class RefusedError(ValueError):
    """A command cannot be carried out as things are; the message says why, in the operator's language."""


@dataclass(frozen=True, slots=True)
class AdminCommand:
    """One operators' command.

    ``help`` is one sentence; the phrase ``office.does.NAME`` says it in the operator's language. ``roles`` may give it
    besides the owners; ``dangerous`` ones ask once more, ``traced`` ones stand in the audit trail, and those ``away``
    from the server can be given in a chat too; of ``slow`` ones a chat says at once that they run. ``run`` only reads:
    whatever it wants to change it hands back.
    """

    name: str
    help: str
    run: Callable[[Desk, Any], Told]
    roles: frozenset[Role] = frozenset()
    arguments: type[Arguments] = Arguments
    dangerous: bool = False
    traced: bool = True
    away: bool = True
    group: Group = "machine"
    slow: bool = False
