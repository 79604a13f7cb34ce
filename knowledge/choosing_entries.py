"""Which article of an intent answers a question: the one whose words are heard, or else the main one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from knowledge.entries import Article
from knowledge.features import Features, features
from knowledge.fields import compiled
from knowledge.learning import Learned
from knowledge.synonyms import Reader

CHOSEN_FOR = 3
"""For so many intents an article is chosen, since no more than three are ever offered."""
HEARD, MAIN = 2.0, 1.0
"""What being heard, and being the main article of an intent, add to nearness, which itself is one at most.

So a question that says nothing special gets the general answer: by likeness alone, one question in seven of our own
left the main article, and often wrongly, while few that ask for something special say none of its words.
"""
APART = 0.05
"""Being less near by this much divides an article's share of its intent's belief by e."""
SHORT = 0.4
"""What a word of the short answer weighs beside a word of the title."""

Weights = dict[str, float]


class Nearest:
    """Puts articles in order for a question: as likely as their intent, less the further they are from it.

    An article is near when the question says what it listens for, then when it is the main article of the intent, then
    by the likeness of the question to its titles and short answers, which also decides between two that are heard.
    """

    def __init__(
        self, articles: Mapping[str, Article], serving: Mapping[str, tuple[str, ...]], reader: Reader, learned: Learned
    ) -> None:
        """``serving`` names the articles of each intent, the main one first; ``learned`` says how rare words are."""
        self._articles = articles
        self._serving = serving
        self._reader = reader
        self._learned = learned
        self._rarest = float(learned.rarity.max(initial=1.0))
        self._heard = {name: tuple(compiled(one) for one in article.heard) for name, article in articles.items()}
        self._written: dict[str, tuple[Weights, ...]] = {}

    def ranked(self, plain: str, sentence: Features, intents: Sequence[tuple[str, float]]) -> tuple[str, ...]:
        """Ids of the articles serving these intents (each with its belief, best first), the likeliest first.

        The question comes as plain text and as its features. The first id always serves the first intent.
        """
        asked = _whole(self._weights(sentence, 1.0))
        likely: dict[str, float] = {}
        for intent, belief in intents[:CHOSEN_FOR]:
            near = self._nearness(plain, asked, self._serving.get(intent, ()))
            best = max(near.values(), default=0.0)
            for name, nearness in near.items():
                likely[name] = max(likely.get(name, 0.0), belief * math.exp((nearness - best) / APART))
        first = sorted(likely, key=lambda name: -likely[name])
        others = (name for intent, _ in intents[CHOSEN_FOR:] for name in self._serving.get(intent, ()))
        return tuple(dict.fromkeys((*first, *others)))

    def _nearness(self, plain: str, asked: Weights, names: Sequence[str]) -> dict[str, float]:
        """How near each article of an intent is; one that has nobody beside it need not be read."""
        if len(names) == 1:
            return {names[0]: 0.0}
        alike = {name: max(_shared(asked, words) for words in self._words(name)) for name in names}
        heard = {name: HEARD for name in names[1:] if any(one.search(plain) for one in self._heard[name])}
        return {name: alike[name] + heard.get(name, MAIN if name == names[0] else 0.0) for name in names}

    def _words(self, name: str) -> tuple[Weights, ...]:
        """The words of an article in each language, read when they are first needed."""
        if name not in self._written:
            article = self._articles[name]
            sides = ((article.title.zh, article.short.zh), (article.title.en, article.short.en))
            self._written[name] = tuple(self._read(title, short) for title, short in sides)
        return self._written[name]

    def _read(self, title: str, short: str) -> Weights:
        words: Weights = {}
        for text, share in ((title, 1.0), (short, SHORT)):
            for name, weight in self._weights(features(self._reader, self._reader.plain(text)), share).items():
                words[name] = words.get(name, 0.0) + weight
        return _whole(words)

    def _weights(self, sentence: Features, share: float) -> Weights:
        """Every character and pair by how often it stands and how rare it is; what nobody wrote yet is the rarest."""
        counts = Counter((*sentence.letters, *sentence.pairs))
        return {name: share * (1 + math.log(count)) * self._rarity(name) for name, count in counts.items()}

    def _rarity(self, name: str) -> float:
        row = self._learned.vocabulary.get(name)
        return self._rarest if row is None else float(self._learned.rarity[row])


def _whole(words: Weights) -> Weights:
    """The same words with a length of one."""
    length = _length(words.values())
    return {name: weight / length for name, weight in words.items()} if length else words


def _length(weights: Iterable[float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights))


def _shared(asked: Weights, words: Weights) -> float:
    return sum(weight * words.get(name, 0.0) for name, weight in asked.items())
