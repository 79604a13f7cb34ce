"""A preview: an entry as people would read it, in every language, from the edition that would come of the drafts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple, get_args

from bot.dialogue.cards import question_card
from bot.dialogue.messages import Text
from bot.dialogue.scene import Scene
from bot.publishing.editions import Edition
from bot.publishing.pages import Entry
from bot.publishing.rehearsing import made_up
from knowledge.checking_words import every_words
from knowledge.entries import Language, Question
from knowledge.library import Library

LANGUAGES: tuple[Language, ...] = get_args(Language)


class Row(NamedTuple):
    """One field of a file in every language."""

    file: str
    field: str
    words: tuple[str, ...]


def rows(library: Library) -> Iterator[Row]:
    """Everything that the house says, file by file, in every language."""
    for file, field, words in every_words(library):
        said = tuple(library.phrases.in_script(language, words.said_in(language)) for language in LANGUAGES)
        yield Row(file, field, said)


def rows_of(library: Library, entry: Entry) -> tuple[Row, ...]:
    """What one entry says."""
    return tuple(row for row in rows(library) if _is_of(row, entry))


def _is_of(row: Row, entry: Entry) -> bool:
    if entry.shelf in {"phrases", "documents"}:
        return row.field == entry.id
    return row.file in {f"{entry.shelf}/{entry.id}.yaml", f"{entry.shelf}/{entry.id}.md", f"facts ({entry.id})"}


def card(edition: Edition, question: Question, language: Language, now: dt.datetime) -> str:
    """A question's card as somebody meets it, with its choices."""
    kind = min(one.value for one in question.kinds)
    who = made_up(min(question.goals), kind, language, now).but(focus=question.id)
    reply = question_card(who, question, Scene(edition.library, edition.packs, now), "")
    words = "\n".join(block.markup for block in reply.blocks if isinstance(block, Text))
    return "\n".join([words, *(f"[{button.label}]" for row in reply.buttons for button in row)])
