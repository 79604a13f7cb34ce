"""Files that editors send in a chat: each becomes a typed ``put`` of its text, and goes the way of any command."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Engine

from bot.admin.arguments import LONGEST_TEXT
from bot.admin.office import COMMANDS, allowed, operator_of
from bot.publishing.bench import read_bench
from bot.publishing.paths import SHELVES, is_path, shipped
from bot.service.bringing import Brought
from bot.settings import Settings
from bot.store.editions import BrokenEditionError
from bot.store.engine import reading

_NAME = re.compile(r"[a-z0-9_]{1,60}(\.[a-z]{2,4})", re.ASCII)
_NOWHERE = "-"
"""In place of a path, where none can be told from what was sent: the command says what would be right."""


@dataclass(frozen=True, slots=True)
class EditorsHatch:
    """Takes files in from those who may write drafts."""

    store: Engine
    settings: Settings

    def wants(self, number: int, brought: Brought) -> str | None:
        """The path in the draft that a file of this person goes to; None for whoever may not write there."""
        with reading(self.store) as connection:
            operator = operator_of(connection, self.settings.owners, number)
        if operator is None or not allowed(COMMANDS["put"], operator):
            return None
        return path_of(brought.name, brought.caption, self._known())

    def fit(self, word: str, brought: Brought) -> bool:
        """Whether it goes anywhere, is named as text, and its size is said and small enough."""
        found = _NAME.fullmatch(brought.name.lower())
        texts = found is not None and found[1] in SHELVES.values()
        return word != _NOWHERE and texts and brought.size is not None and 0 < brought.size <= self.most()

    def most(self) -> int:
        """No more than what can be typed."""
        return LONGEST_TEXT

    def line(self, word: str, text: str) -> str:
        """The command that puts the text into the draft."""
        return f"put {word} {text}".rstrip() if not text.strip() else f"put {word} {text}"

    def _known(self) -> Iterable[str]:
        try:
            return read_bench(self.store).paths()
        except BrokenEditionError:
            return shipped()


def path_of(name: str, caption: str, known: Iterable[str]) -> str:
    """Where a file goes: to the path or the shelf in its caption, or to the only file that has its name."""
    file, told = name.lower(), caption.strip()
    if is_path(told):
        return told
    if is_path(f"{told}/{file}"):
        return f"{told}/{file}"
    if told or _NAME.fullmatch(file) is None:
        return _NOWHERE
    same = [path for path in known if path.partition("/")[2] == file]
    return same[0] if len(same) == 1 else _NOWHERE
