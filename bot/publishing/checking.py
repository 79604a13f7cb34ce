"""The one check that everything passes before it is published: letters, formats, lints, protections, a rehearsal."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.publishing.editions import Edition
from bot.publishing.harmless import MOST_FILES, harms
from bot.publishing.paths import packs_in, words_in
from bot.publishing.protecting import unprotected
from bot.publishing.rehearsing import rehearse
from bot.publishing.stealing import Theft
from bot.store.editions import Files
from knowledge.checking import check
from knowledge.loading import learned_is_fresh, lesson_of, load
from knowledge.problems import Problem
from knowledge.stack import Overlay
from simulator.loading import read_packs

Remember = Callable[[str], bytes | None]
"""What was learned before from phrasings with a fingerprint, where it is kept."""


class Checked(NamedTuple):
    """What a check found: grave problems, hints, and the edition that would come of it where it can be read at all.

    ``learned`` is what the phrasings have taught under the fingerprint ``lesson``; None where that is known already.
    ``taken`` are known questions that another entry would answer from then on.
    """

    grave: tuple[Problem, ...]
    hints: tuple[Problem, ...] = ()
    edition: Edition | None = None
    lesson: str = ""
    learned: bytes | None = None
    taken: tuple[Theft, ...] = ()


def check_files(number: int, files: Files, now: dt.datetime, remember: Remember) -> Checked:
    """Check files that are to lie over the shipped ones as an edition of a number.

    Nothing is read into the library before it is known to be harmless. Phrasings that nobody has learned from yet are
    learned, which takes seconds; whatever was found is remembered for the same files and the same day.
    """
    wrong = tuple(_harms(files))
    if wrong:
        return Checked(wrong)
    lesson = lesson_of(over=Overlay(words_in(files)))
    kept = remember(lesson.mark)
    return _checked(number, json.dumps(files, sort_keys=True), now.date(), kept)


def _harms(files: Files) -> Iterator[Problem]:
    if len(files) > MOST_FILES:
        yield Problem("edition", "", f"more than {MOST_FILES} files")
        return
    for path, text in files.items():
        yield from harms(path, text or "")


@lru_cache(maxsize=2)
def _checked(number: int, told: str, today: dt.date, kept: bytes | None) -> Checked:
    files: Files = json.loads(told)
    words = words_in(files)
    lesson = lesson_of(over=Overlay(words))
    learned = None if kept is not None or lesson.mark == shipped_mark() else lesson.learned()
    library, wrong = load(over=Overlay(words, kept or learned))
    packs, wrong_numbers = read_packs(over=packs_in(files))
    found = [*wrong, *(Problem("policies", one.field, one.message) for one in wrong_numbers)]
    edition = Edition(number, library, packs)
    found += [problem for problem in check(library, today) if problem not in _known(today)]
    if not any(problem.grave for problem in found):
        found += unprotected(edition, shipped_edition())
    if not any(problem.grave for problem in found):
        found += rehearse(edition, dt.datetime.combine(today, dt.time(12), dt.UTC))
    grave = tuple(problem for problem in found if problem.grave)
    hints = tuple(problem for problem in found if not problem.grave)
    return Checked(grave, hints, edition, lesson.mark, learned)


@lru_cache(maxsize=1)
def shipped_edition() -> Edition:
    """What ships, as edition 0."""
    return Edition(0, load()[0], read_packs()[0])


@lru_cache(maxsize=1)
def _known(today: dt.date) -> frozenset[Problem]:
    """What is wrong with the files that ship: no editor has brought it."""
    return frozenset(check(shipped_edition().library, today))


@lru_cache(maxsize=1)
def shipped_mark() -> str:
    """The fingerprint of the phrasings that ship, from which somebody has learned already."""
    return lesson_of().mark if learned_is_fresh() else ""
