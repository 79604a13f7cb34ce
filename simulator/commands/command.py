"""What a command of the simulator is, what it reads and says, and how it fails: one line and exit 2."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from simulator.loading import read_packs
from simulator.reading import MOST_CHARACTERS, Profile, parse_document, read_profile
from simulator.vocabulary import Problem

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Mapping

    from simulator.policy import Pack

_MOST_BYTES = 4 * MOST_CHARACTERS  # as many as the characters of a document can take


class CommandError(Exception):
    """Bad input, as the problem that the one line and the JSON document tell."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Command:
    """One verb: its name, what it does in a few words, its arguments, and its doing (which returns the exit code)."""

    name: str
    does: str
    arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


class PlainParser(ArgumentParser):
    """A parser whose errors are exceptions, so that every failure leaves by the same door."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the usage over several lines."""
        raise CommandError(Problem("usage", "arguments", message))


def whole(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers between two bounds, for an argument."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) <= 18 and least <= int(text) <= most):
            raise CommandError(
                Problem("out_of_bounds", "arguments", f"{text[:40]!r} was read; {least} to {most} is right")
            )
        return int(text)

    return read


def known_packs() -> Mapping[str, Pack]:
    """The packs that ship with the simulator.

    Raises:
        CommandError: naming the first problem in them.
    """
    packs, problems = read_packs()
    if problems:
        raise CommandError(problems[0])
    return packs


def profile_in(name: str, packs: Mapping[str, Pack]) -> Profile:
    """The profile in a file, or on standard input for ``-``.

    Raises:
        CommandError: naming the first field that is wrong.
    """
    document = parse_document(_text(name))
    profile = (document,) if isinstance(document, Problem) else read_profile(document, packs)
    if isinstance(profile, Profile):
        return profile
    raise CommandError(profile[0])


def pack_in(packs: Mapping[str, Pack], preset: str, product: str) -> Pack:
    """The pack of a product, once it is clear that it has the preset.

    Raises:
        CommandError: naming the presets there are.
    """
    pack = packs[product]
    if preset not in pack.presets:
        right = ", ".join(pack.presets)
        raise CommandError(Problem("unknown_preset", "--preset", f"{preset[:40]!r} was read; one of {right} is right"))
    return pack


def say(document: object) -> None:
    """One JSON document on standard output and nothing else."""
    say_lines([json.dumps(document, ensure_ascii=False, allow_nan=False)])


def say_lines(lines: Iterable[str]) -> None:
    """Some lines on standard output."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def fail(problem: Problem, *, as_json: bool) -> int:
    """Tell one problem in one line on standard error; the exit code is 2."""
    sys.stderr.write(f"{problem.field}: {' '.join(problem.message.split())}\n")
    if as_json:
        say({"error": problem._asdict()})
    return 2


def _text(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read(_MOST_BYTES + 1) if name == "-" else _bytes(Path(name))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not a path"
        raise CommandError(Problem("no_file", "FILE", f"{name[:80]} cannot be read: {reason}")) from None
    if len(raw) > _MOST_BYTES:
        message = (
            f"{name[:80]} is too large: a profile has a few kilobytes, {_MOST_BYTES // 1_000_000} MB at most are read"
        )
        raise CommandError(Problem("too_large", "FILE", message))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError(Problem("no_file", "FILE", f"{name[:80]} cannot be read: it is not UTF-8 text")) from None


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES + 1)
