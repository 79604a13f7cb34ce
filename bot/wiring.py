"""The one place where parts are joined: library, packs, store and settings become a house."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Engine

from bot.dialogue.following_days import CLOCKS
from bot.settings import PREFIX, Settings, SettingsError
from bot.store.engine import open_store
from bot.store.schema import UnusableStoreError
from bot.store.vault import keep_sealed
from knowledge.library import Library
from knowledge.loading import FRONT, load
from simulator.loading import read_packs
from simulator.policy import Pack


class House:
    """Everything a door needs: settings, the library, the packs by product, and the store.

    The ``front`` room is there at once; the whole library is read when it is first needed, or in the background
    once a door has shown its first card.
    """

    def __init__(self, settings: Settings, address: str) -> None:
        """Open the store and the front room."""
        self.settings = settings
        self.store: Engine = open_store(address)
        keep_sealed(self.store, settings.secrets)
        self.front = read_front()
        self.zones = read_zones()
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")
        self._reading: Future[tuple[Library, Mapping[str, Pack]]] | None = None

    def read_ahead(self) -> Future[tuple[Library, Mapping[str, Pack]]]:
        """Begin to read the whole library in the background, once."""
        if self._reading is None:
            self._reading = self._reader.submit(read_shelves)
            self._reader.shutdown(wait=False)
        return self._reading

    @property
    def library(self) -> Library:
        """The whole library."""
        return self.read_ahead().result()[0]

    @property
    def packs(self) -> Mapping[str, Pack]:
        """The policy packs by product id."""
        return self.read_ahead().result()[1]


def read_zones() -> Mapping[str, dt.tzinfo]:
    """The clocks that people may choose, as far as this machine knows them; read once, for a turn reads no file."""
    zones: dict[str, dt.tzinfo] = {}
    for name in CLOCKS:
        with suppress(OSError, ZoneInfoNotFoundError):
            zones[name] = ZoneInfo(name)
    return zones


class BrokenShelfError(ValueError):
    """Content that ships with the house is wrong; the message says which file, where and why."""


def read_front() -> Library:
    """The front room of the library alone: enough for a first card, read in a fraction of the time.

    Raises:
        BrokenShelfError: naming the first problem.
    """
    library, problems = load(only=FRONT)
    if problems:
        raise BrokenShelfError(f"{problems[0]} ({len(problems)} in all; run: limit-guide check)")
    return library


def read_shelves(only: frozenset[str] | None = None) -> tuple[Library, Mapping[str, Pack]]:
    """The library, or ``only`` some of its shelves where that is enough, and the packs.

    Raises:
        BrokenShelfError: naming the first problem and how many there are.
    """
    library, wrong_words = load(only=only)
    packs, wrong_numbers = read_packs()
    problems = [*wrong_words, *wrong_numbers]
    if problems:
        raise BrokenShelfError(f"{problems[0]} ({len(problems)} in all; run: limit-guide check)")
    return library, packs


def open_house(settings: Settings, *, address: str | None = None) -> House:
    """A house with its store at the settings' database, or at another address.

    Raises:
        SettingsError: when the database cannot be used.
        BrokenShelfError: when the front room of the library cannot be read.
    """
    try:
        return House(settings, address or settings.database)
    except UnusableStoreError as error:
        raise SettingsError(f"{PREFIX}DATABASE_URL: {error}") from None
