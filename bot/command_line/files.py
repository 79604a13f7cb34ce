"""Files that commands read and write, with failures that name the file and what would be right."""

from __future__ import annotations

import sys
from pathlib import Path

from simulator.commands.command import CommandError
from simulator.vocabulary import Problem

LARGEST = 20_000_000
"""Bytes of input that a command reads at most; a larger file is refused with a sentence."""


def refused(code: str, field: str, message: str) -> CommandError:
    """Bad input as a failure: a stable code, the field, and one sentence with what was read and would be right."""
    return CommandError(Problem(code, field, message))


def read_text(name: str) -> str:
    """The text of a file, or of standard input for ``-``.

    Raises:
        CommandError: when it is missing, too large, or not UTF-8; no more is read than what is allowed.
    """
    try:
        raw = sys.stdin.buffer.read(LARGEST + 1) if name == "-" else _bytes(Path(name))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not a path"
        raise refused("no_file", "FILE", f"{name[:80]} cannot be read: {reason}") from None
    if len(raw) > LARGEST:
        most = f"{LARGEST // 1_000_000} MB at most are read"
        raise refused("too_large", "FILE", f"{name[:80]} is too large: {most}")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refused("not_text", "FILE", f"{name[:80]} is not UTF-8 text") from None


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def write_text(name: str, text: str) -> None:
    """Write a file, or standard output for ``-``.

    Raises:
        CommandError: when it cannot be written.
    """
    if name == "-":
        sys.stdout.write(text)
        return
    try:
        Path(name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise refused("no_file", "--out", f"{name} cannot be written: {error.strerror}") from None
