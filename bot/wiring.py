"""The one place where parts are joined: library, packs, store and settings become a house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.loading import read_packs
from sqlalchemy import Engine

from bot.settings import Settings
from bot.store.engine import open_store
from knowledge.library import Library
from knowledge.loading import load
from simulator.policy import Pack


@dataclass(frozen=True, slots=True)
class House:
    """Everything a door needs: settings, the library, the packs by product, and the store."""

    settings: Settings
    library: Library
    packs: Mapping[str, Pack]
    store: Engine


class BrokenShelfError(ValueError):
    """Content that ships with the house is wrong; the message says which file, where and why."""


def read_shelves() -> tuple[Library, Mapping[str, Pack]]:
    """The library and the packs.

    Raises:
        BrokenShelfError: naming the first problem and how many there are.
    """
    library, wrong_words = load()
    packs, wrong_numbers = read_packs()
    problems = [*wrong_words, *wrong_numbers]
    if problems:
        raise BrokenShelfError(f"{problems[0]} ({len(problems)} in all; run: limit-guide check)")
    return library, packs


def open_house(settings: Settings, *, address: str | None = None) -> House:
    """A house with its store at the settings' database, or at another address."""
    library, packs = read_shelves()
    return House(settings, library, packs, open_store(address or settings.database))
