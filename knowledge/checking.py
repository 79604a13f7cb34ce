"""Everything that can be wrong on the shelves beyond a single file: the lints of the library, all in one place."""

from __future__ import annotations

import datetime as dt

from knowledge.checking_figures import check_figures
from knowledge.checking_links import check_links
from knowledge.checking_records import check_records
from knowledge.checking_words import check_words
from knowledge.library import Library
from knowledge.problems import Problem


def check(library: Library, today: dt.date) -> tuple[Problem, ...]:
    """Every problem of a loaded library on a day: links, records, words, figures; grave ones first, then by file."""
    found = (*check_links(library, today), *check_records(library), *check_words(library), *check_figures(library))
    return tuple(sorted(found, key=lambda problem: (not problem.grave, problem.file, problem.field)))
