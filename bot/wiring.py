"""The one place where parts are joined: editions, store and settings become a house."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Engine

from bot.dialogue.following_days import CLOCKS
from bot.dialogue.scene import Scene
from bot.publishing.editions import Edition, UnusableEditionError, number_in, read_front_of, read_newest
from bot.settings import PREFIX, Settings, SettingsError, read_settings
from bot.store.editions import BrokenEditionError
from bot.store.engine import look_into, open_store
from bot.store.schema import UnusableStoreError
from bot.store.vault import keep_sealed
from knowledge.library import Library
from knowledge.loading import FRONT, load
from simulator.loading import read_packs
from simulator.policy import Pack

LOG = logging.getLogger(__name__)


class House:
    """Everything a door needs: settings, the edition of library and packs that is in use, and the store.

    The ``front`` room is there at once; the whole edition is read when it is first needed, or in the background
    once a door has shown its first card.
    """

    def __init__(self, settings: Settings, address: str) -> None:
        """Open the store and the front room."""
        self.settings = settings
        self.store: Engine = open_store(address)
        keep_sealed(self.store, settings.secrets)
        self.front = self._front()
        self.zones = read_zones()
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")
        self._reading: Future[Edition] | None = None
        self._newer: Edition | None = None
        self._refused = 0

    def read_ahead(self) -> Future[Edition]:
        """Begin to read the whole edition in the background, once."""
        if self._reading is None:
            self._reading = self._reader.submit(self._first)
            self._reader.shutdown(wait=False)
        return self._reading

    @property
    def edition(self) -> Edition:
        """The edition in use; a turn looks once, so that it never sees half of one and half of another."""
        return self._newer or self.read_ahead().result()

    @property
    def library(self) -> Library:
        """The whole library."""
        return self.edition.library

    @property
    def packs(self) -> Mapping[str, Pack]:
        """The policy packs by product id."""
        return self.edition.packs

    def scene(self, now: dt.datetime) -> Scene:
        """The scene of a turn at a moment (aware)."""
        edition = self.edition
        return Scene(edition.library, edition.packs, now, zones=self.zones, edition=edition.number)

    def look_for_newer(self) -> bool:
        """Take up what was published since; False when there is nothing. One that cannot be used is told of once."""
        number = number_in(self.store)
        if number in {self.edition.number, self._refused}:
            return False
        try:
            self._newer = read_newest(self.store)
        except (UnusableEditionError, BrokenEditionError) as error:
            self._refused = number
            LOG.error("%s; edition %d stays in use", error, self.edition.number)  # noqa: TRY400 - it says all
            return False
        return True

    def _first(self) -> Edition:
        """The newest edition, or what ships where nothing is published or it cannot be used."""
        try:
            if number_in(self.store):
                return read_newest(self.store)
        except (UnusableEditionError, BrokenEditionError) as error:
            LOG.error("%s; what ships is used", error)  # noqa: TRY400 - it says all
        return Edition(0, *read_shelves())

    def _front(self) -> Library:
        with suppress(UnusableEditionError, BrokenEditionError):
            if number_in(self.store):
                return read_front_of(self.store, FRONT)
        return read_front()


def read_zones() -> Mapping[str, dt.tzinfo]:
    """The clocks that people may choose, as far as this machine knows them; read once, for a turn reads no file."""
    zones: dict[str, dt.tzinfo] = {}
    for name in CLOCKS:
        with suppress(OSError, ZoneInfoNotFoundError):
            zones[name] = ZoneInfo(name)
    return zones


class BrokenShelfError(ValueError):
    """Content that ships with the house is wrong; the message says which file, where and why."""


@cache
def read_front() -> Library:
    """The front room of the library alone: enough for a first card, read in a fraction of the time.

    What ships stays as it is while a process runs, so that it is read once.

    Raises:
        BrokenShelfError: naming the first problem.
    """
    library, problems = load(only=FRONT)
    if problems:
        raise BrokenShelfError(f"{problems[0]} ({len(problems)} in all; run: limit-guide check)")
    return library


@cache
def read_shelves(only: frozenset[str] | None = None) -> tuple[Library, Mapping[str, Pack]]:
    """The library, or ``only`` some of its shelves where that is enough, and the packs; read once, too.

    Raises:
        BrokenShelfError: naming the first problem and how many there are.
    """
    library, wrong_words = load(only=only)
    packs, wrong_numbers = read_packs()
    problems = [*wrong_words, *wrong_numbers]
    if problems:
        raise BrokenShelfError(f"{problems[0]} ({len(problems)} in all; run: limit-guide check)")
    return library, packs


def read_shelves_in_use(
    environment: Mapping[str, str], only: frozenset[str] | None = None
) -> tuple[Library, Mapping[str, Pack]]:
    """What is published in the database that the environment names; what ships where it names none, or nothing is.

    Raises:
        SettingsError: when a setting is wrong, or the database cannot be asked.
        BrokenShelfError: naming the first problem of what ships.
    """
    settings = read_settings(environment)
    edition = _published(settings.database, only) if settings.names_a_database else None
    return read_shelves(only) if edition is None else (edition.library, edition.packs)


def _published(address: str, only: frozenset[str] | None) -> Edition | None:
    """The newest edition in a database, which is left as it is; None where there is none that can be used."""
    try:
        store = look_into(address)
    except UnusableStoreError as error:
        raise SettingsError(f"{PREFIX}DATABASE_URL: {error}") from None
    if store is None:
        return None
    try:
        return read_newest(store, only) if number_in(store) else None
    except (UnusableEditionError, BrokenEditionError) as error:
        LOG.error("%s; what ships is used", error)  # noqa: TRY400 - it says all
        return None
    finally:
        store.dispose()


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
