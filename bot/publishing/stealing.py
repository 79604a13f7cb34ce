"""Stealing: known questions that drafted entries would answer in place of those that answer them now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.publishing.editions import Edition
from knowledge.entries import Article
from knowledge.fields import compiled
from knowledge.library import Library

MOST_HEARD = 400
"""Known questions that new patterns of one entry may hear: whoever hears more listens for no topic of its own."""


class Theft(NamedTuple):
    """A known question, the entry that answers it and the one that would; ``own`` says that it is that entry's own.

    An entry's own are its titles and what it listens for itself; all else is answered in general. Without a
    ``question`` so many are heard that they were not even looked at.
    """

    thief: str
    victim: str
    question: str
    own: bool


def thefts(before: Edition, after: Edition) -> tuple[Theft, ...]:
    """Everything that would be answered otherwise by what entries newly listen for, own questions first."""
    now, then = before.library, after.library
    changed = [one for name, one in then.articles.items() if _new(one, now.articles.get(name))]
    if not changed:
        return ()
    asked = tuple(_asked(now))
    found = [theft for thief in changed for theft in _of(thief, now, then, asked)]
    return tuple(sorted(found, key=lambda theft: not theft.own))


def _new(article: Article, before: Article | None) -> tuple[str, ...]:
    """What an entry listens for that it did not listen for before."""
    return tuple(one for one in article.heard if before is None or one not in before.heard)


def _asked(library: Library) -> Iterator[tuple[str, str, str]]:
    """Every known question as written and as patterns meet it, with the entry whose title it is, if it is one."""
    for intent in library.intents.values():
        if intent.in_scope:
            yield from (("", words, library.finder.plain(words)) for words in (*intent.phrasings, *intent.phrasings_en))
    for name, article in library.articles.items():
        yield from ((name, words, library.finder.plain(words)) for words in (article.title.zh, article.title.en))


def _of(thief: Article, now: Library, then: Library, asked: Iterable[tuple[str, str, str]]) -> Iterator[Theft]:
    before = now.articles.get(thief.id)
    fresh, known = _new(thief, before), before.heard if before else ()
    heard = [one for one in asked if _hears(fresh, one[2]) and not _hears(known, one[2]) and one[0] != thief.id]
    if len(heard) > MOST_HEARD:
        yield Theft(thief.id, "", "", own=True)
        return
    for titled, words, plain in heard:
        first = now.finder.find(words).entries[:1]
        if not first or first[0] == thief.id or then.finder.find(words).entries[:1] != (thief.id,):
            continue
        yield Theft(thief.id, first[0], words, own=first[0] == titled or _hears(now.articles[first[0]].heard, plain))


def _hears(patterns: Iterable[str], plain: str) -> bool:
    return any(compiled(pattern).search(plain) for pattern in patterns)
