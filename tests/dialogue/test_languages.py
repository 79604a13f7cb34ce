"""Both languages whole: whatever anybody is told stands in their own language, filled in and cleanly punctuated."""

from __future__ import annotations

import re
from functools import cache

import pytest

from bot.dialogue.conversation import Language
from tests.dialogue.cast import LANGUAGES
from tests.dialogue.judging import DOUBLED, HAN, SURELY_SIMPLIFIED, UNFILLED, hits
from tests.dialogue.wandering import interviewed, people, visited
from tests.journeys.walking import scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

CALLED_BY_THEMSELVES = ("简体中文", "繁體中文")
"""Each language is offered under its own name, so that those who need it can read it."""

LATIN_NAMES = frozenset({"App", "Telegram", "PDF", "LPR", "IRR", "XIRR", "APR", "JSON", "English", "AB", "IT"})
"""Latin words that Chinese readers meet in Chinese: what the store, the bank and the police call these things."""

_LATIN = re.compile(r"[A-Za-z]{2,}")
_COMMAND = re.compile(r"/[a-z]+")


@cache
def said_in(language: Language) -> tuple[str, ...]:
    """Everything that the people of the journeys and a curious visitor are told in one language, files left out.

    Traditional Chinese is made from simplified: there every third of them is enough.
    """
    met = people()[::3] if language == "zh-hant" else people()
    told = visited(language).union(*(interviewed(language, answers) for _, answers in met))
    return tuple(sorted(words for words in told if not words.startswith("```")))


def test_the_people_of_the_journeys_walk_far() -> None:
    """Enough people of both kinds are met, and what they are told is much."""
    kinds = {answers["kind"].value for _, answers in people() if "kind" in answers}
    assert kinds == {"person", "business"}
    assert all(len(said_in(language)) > 500 for language in LANGUAGES)


def test_english_readers_meet_no_chinese() -> None:
    """No Chinese character or full-width mark stands in English but the names of the other languages."""
    met = {hit for words in said_in("en") for hit in HAN.findall(words)}
    assert met - set(CALLED_BY_THEMSELVES) == set()


@pytest.mark.parametrize("language", ["zh", "zh-hant"])
def test_chinese_readers_meet_no_latin_prose(language: Language) -> None:
    """Latin words in Chinese are names: of sources as they call themselves, of commands, or of the few listed."""
    phrases = scene_now().library.phrases
    titles = {phrases.in_script(language, fact.source_title) for fact in scene_now().library.facts.values()}
    longest_first = sorted(titles, key=lambda title: -len(title))
    names = re.compile("|".join(map(re.escape, longest_first)))
    left = (_COMMAND.sub("", names.sub("", words)) for words in said_in(language))
    assert {word for words in left for word in _LATIN.findall(words)} - LATIN_NAMES == set()


def test_traditional_readers_meet_no_simplified_characters() -> None:
    """Characters that are written otherwise in every Traditional word stand nowhere but in the other script's name."""
    told = "".join(said_in("zh-hant")).replace(CALLED_BY_THEMSELVES[0], "")
    assert set(told) & set(SURELY_SIMPLIFIED) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_unfilled(language: Language) -> None:
    """No open place of a template and no name of an empty value reaches a reader."""
    assert hits(UNFILLED, said_in(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mark_is_doubled(language: Language) -> None:
    """No doubled mark, empty bracket, space before a mark or run of spaces stands anywhere."""
    assert hits(DOUBLED, said_in(language)) == []
