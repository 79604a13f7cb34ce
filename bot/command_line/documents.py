"""Documents that commands read: JSON from a file, and the first thing wrong with it as a failure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.command_line.files import read_text
from simulator.commands.command import CommandError
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
    return CommandError(problem)
