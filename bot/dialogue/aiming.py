"""Aiming: words that begin with the name of a question are an answer to that question, whichever card is open."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import path
from bot.dialogue.scene import Scene
from knowledge.entries import Question
from knowledge.folding import fold
from knowledge.library import Library

_BETWEEN = " \t:=,\uff1a\uff0c\u662f\u4e3a\u5927\u6982\u7ea6"
_MINE = ("\u6211\u7684", "\u6211", "my ", "the ")
_IS = ("is ", "about ", "of ")
_SHORTEST = 2


def aimed(who: Conversation, open_card: Question, words: str, scene: Scene) -> tuple[Question, str]:
    """The question that some words answer, and the words without its name.

    Words that name the open card, or none on the path, belong to the open card as they stand. The longest name wins.
    """
    plain, names = _own(fold(words)), _names(scene.library)
    if any(name in plain for name in names[open_card.id]):
        return open_card, words
    fitting = [
        (len(name), question, name)
        for question in path(who, scene.library)
        for name in names[question.id]
        if plain.startswith(name) and len(plain) > len(name)
    ]
    if not fitting:
        return open_card, words
    _, question, name = max(fitting, key=lambda one: one[0])
    return question, _rest(plain[len(name) :])


def _own(words: str) -> str:
    for opening in _MINE:
        words = words.removeprefix(opening)
    return words


def _rest(words: str) -> str:
    rest = words.lstrip(_BETWEEN)
    for filler in _IS:
        rest = rest.removeprefix(filler)
    return rest


@lru_cache(maxsize=4)
def _names(library: Library) -> Mapping[str, tuple[str, ...]]:
    """What people call each question: its label, and other names where the phrases know some."""
    said = library.phrases.keys("zh")
    return {name: tuple(dict.fromkeys(_named(library, name, said))) for name in library.questions}


def _named(library: Library, name: str, said: frozenset[str]) -> list[str]:
    key, label = f"named.{name}", library.questions[name].label
    other = [library.phrases.say(language, key) for language in ("zh", "en")] if key in said else []
    names = [fold(one) for words in (*label, *other) for one in words.split("|")]
    return [one for one in names if len(one) >= _SHORTEST]
