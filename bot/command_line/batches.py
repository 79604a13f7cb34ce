"""Batches: JSON Lines files read row by row with errors that name the line."""

from __future__ import annotations

import json

from bot.command_line.files import read_text, refused


def rows_of(name: str) -> list[tuple[int, dict[str, object]]]:
    """The rows of a JSON Lines file with their line numbers; blank lines are passed over.

    Raises:
        CommandError: naming the line that is not a JSON object.
    """
    rows = []
    for number, line in enumerate(read_text(name).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise refused("not_json", f"line {number}", f"{line[:40]!r} was read; a JSON object would be right")
        rows.append((number, row))
    return rows


def text_of(number: int, row: dict[str, object], field: str) -> str:
    """A text field of a row.

    Raises:
        CommandError: naming line and field when it is missing or not text.
    """
    value = row.get(field)
    if not isinstance(value, str):
        raise refused("wrong_type", f"line {number}: {field}", f"{value!r:.40} was read; a text would be right")
    return value
