"""What a command of the command line is, and how it fails: one line, exit 2, and JSON where JSON was asked for."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

LARGEST = 20_000_000
"""Bytes of input that a command reads at most; a larger file is refused with a sentence."""


class CommandError(Exception):
    """Bad input: a stable code, the field, and one sentence with what was read and what would be right."""

    def __init__(self, code: str, field: str, message: str) -> None:
        """Keep the three parts for the one line and for the JSON document."""
        super().__init__(message)
        self.code, self.field, self.message = code, field, " ".join(message.split())


@dataclass(frozen=True, slots=True)
class Command:
    """One verb of the command line: its help, its arguments, and what it does (returning the exit code)."""

    name: str
    help: str
    arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


class OneLineParser(ArgumentParser):
    """A parser whose errors are exceptions, so that every failure leaves by the same door."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing usage over several lines."""
        raise CommandError("usage", "arguments", message)


def say_json(document: object) -> None:
    """One JSON document on standard output and nothing else."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n")


def fail(error: CommandError, *, as_json: bool) -> int:
    """Tell what was wrong in one line on standard error; the exit code is 2."""
    sys.stderr.write(f"{error.field}: {error.message}\n")
    if as_json:
        say_json({"error": {"code": error.code, "field": error.field, "message": error.message}})
    return 2


def read_text(name: str) -> str:
    """The text of a file, or of standard input for ``-``.

    Raises:
        CommandError: when it is missing, too large, or not UTF-8.
    """
    try:
        raw = sys.stdin.buffer.read(LARGEST + 1) if name == "-" else _bytes(Path(name))
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise CommandError("no_file", "FILE", f"{name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CommandError("not_text", "FILE", f"{name} is not UTF-8 text") from None
    if len(raw) > LARGEST:
        raise CommandError("too_large", "FILE", f"{name} is larger than {LARGEST // 1_000_000} MB")
    return text


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
        raise CommandError("no_file", "--out", f"{name} cannot be written: {error.strerror}") from None
