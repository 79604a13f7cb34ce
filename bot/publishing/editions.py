"""Editions: library and packs that belong together, read from the shipped files and what was published over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine

from bot.publishing.paths import packs_in, words_in
from bot.store.editions import Published, newest_number, read_edition, read_lesson
from bot.store.engine import reading
from knowledge.library import Library
from knowledge.loading import load
from knowledge.stack import Overlay
from simulator.loading import read_packs
from simulator.policy import Pack


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """Library and packs of one number; whoever takes a turn takes both from one edition. 0 is as it ships."""

    number: int
    library: Library
    packs: Mapping[str, Pack]


class UnusableEditionError(ValueError):
    """An edition does not fit the files that ship with this program; the message names the first problem."""


def number_in(store: Engine) -> int:
    """The number of the newest edition in a store."""
    with reading(store) as connection:
        return newest_number(connection)


def published_in(store: Engine) -> tuple[Published, Overlay]:
    """The newest edition in a store as it is kept, and as files that lie over the shipped words.

    Raises:
        UnusableEditionError: when there is none.
        BrokenEditionError: when it was changed after it was published.
    """
    with reading(store) as connection:
        kept = read_edition(connection, newest_number(connection))
        learned = read_lesson(connection, kept.lesson) if kept else None
    if kept is None:
        raise UnusableEditionError("nothing is published")
    return kept, Overlay(words_in(kept.files), learned)


def read_newest(store: Engine, only: frozenset[str] | None = None) -> Edition:
    """The newest edition in a store, whole, which takes about a second, or ``only`` some shelves of its library.

    Raises:
        UnusableEditionError: when something in it is wrong.
        BrokenEditionError: when it was changed after it was published.
    """
    kept, over = published_in(store)
    library, wrong_words = load(only=only, over=over)
    packs, wrong_numbers = read_packs(over=packs_in(kept.files))
    for problem in (*wrong_words, *wrong_numbers):
        raise UnusableEditionError(f"edition {kept.number}: {problem}")
    return Edition(kept.number, library, packs)


def read_front_of(store: Engine, shelves: frozenset[str]) -> Library:
    """Some shelves of the newest edition in a store.

    Raises:
        UnusableEditionError: when something on them is wrong.
        BrokenEditionError: when it was changed after it was published.
    """
    kept, over = published_in(store)
    library, problems = load(only=shelves, over=over)
    for problem in problems:
        raise UnusableEditionError(f"edition {kept.number}: {problem}")
    return library
