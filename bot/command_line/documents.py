"""Documents that commands read: JSON from a file, and the first thing wrong with it as a failure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.command_line.command import CommandError, read_text
from simulator.policy import Pack
from simulator.reading import Profile, parse_document, read_profile
from simulator.vocabulary import Problem


def document_of(name: str) -> object:
    """The JSON document of a file.

    Raises:
        CommandError: when it cannot be read or is no JSON.
    """
    document = parse_document(read_text(name))
    if isinstance(document, Problem):
        raise failed(document)
    return document


def profile_of(name: str, packs: Mapping[str, Pack]) -> Profile:
    """The profile in a file.

    Raises:
        CommandError: naming the first field that is wrong.
    """
    profile = read_profile(document_of(name), packs)
    if not isinstance(profile, Profile):
        raise failed(profile[0])
    return profile


def failed(problem: Problem) -> CommandError:
    """A problem at the border as the failure of a command."""
    return CommandError(problem.code, problem.field, problem.message)


def whole_number(name: str, text: str, least: int, most: int) -> int:
    """An argument that counts something.

    Raises:
        CommandError: naming the argument, what was read and the bounds.
    """
    if not (text.isdecimal() and len(text) <= 12 and least <= int(text) <= most):
        raise CommandError("out_of_bounds", name, f"{text[:40]!r} was read; a number from {least} to {most} is right")
    return int(text)
