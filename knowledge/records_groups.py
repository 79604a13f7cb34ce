"""From a sheet to what advisers bring to a group: quiz questions, and replies kept ready."""

from __future__ import annotations

from knowledge.entries import Words
from knowledge.entries_of_groups import Quiz, Ready
from knowledge.sheets import Sheet


def read_quiz(sheet: Sheet) -> Quiz:
    """One question with its options."""
    return Quiz(
        id=sheet.text("id"),
        title=sheet.words("title"),
        question=sheet.words("question"),
        options=tuple(_option(item) for item in sheet.sheets("options")),
        right=sheet.whole("right"),
        why=sheet.words("why"),
        facts=sheet.texts("facts"),
    )


def read_ready(sheet: Sheet) -> Ready:
    """One reply kept ready."""
    return Ready(
        id=sheet.text("id"), title=sheet.words("title"), words=sheet.words("words"), facts=sheet.texts("facts")
    )


def _option(sheet: Sheet) -> Words:
    words = Words(sheet.text("zh"), sheet.text("en"))
    sheet.close()
    return words
