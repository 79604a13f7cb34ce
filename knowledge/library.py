"""The library: immutable registers by id, with the phrasebook, the finder, the watch, banned advice and lures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from knowledge.advice import BannedAdvice
from knowledge.entries import ActionEntry, Article, Case, CauseEntry, Fact, Guard, Intent, Question
from knowledge.entries_of_groups import Quiz, Ready
from knowledge.finding import Finder
from knowledge.lures import NO_LURES, Lures
from knowledge.phrasing import Phrasebook
from knowledge.watching import Watch


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """Everything the house says or asks, by id; nothing in it changes after it is loaded.

    A library equals only itself, so that what is worked out from it can be remembered beside it.
    """

    facts: Mapping[str, Fact]
    questions: Mapping[str, Question]
    actions: Mapping[str, ActionEntry]
    articles: Mapping[str, Article]
    cases: Mapping[str, Case]
    causes: Mapping[str, CauseEntry]
    intents: Mapping[str, Intent]
    guards: Mapping[str, Guard]
    phrases: Phrasebook
    finder: Finder
    watch: Watch
    banned: BannedAdvice
    serving: Mapping[str, tuple[str, ...]]
    quizzes: Mapping[str, Quiz] = field(default_factory=dict)
    ready: Mapping[str, Ready] = field(default_factory=dict)
    lures: Lures = NO_LURES

    def entries_for(self, intent: str) -> tuple[Article, ...]:
        """The articles that serve an intent, those that name it first before the others; none for an unknown one."""
        return tuple(self.articles[name] for name in self.serving.get(intent, ()))


def serving(articles: Mapping[str, Article]) -> Mapping[str, tuple[str, ...]]:
    """For every intent the ids of its articles: the earlier an article names the intent, the earlier it stands."""
    ranked = sorted(
        (place, article.id, intent) for article in articles.values() for place, intent in enumerate(article.intents)
    )
    intents = dict.fromkeys(intent for _, _, intent in ranked)
    return MappingProxyType({one: tuple(name for _, name, intent in ranked if intent == one) for one in intents})
