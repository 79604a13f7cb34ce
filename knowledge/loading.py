"""The one door of the library: a folder in, a library and everything wrong with it out."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar, cast

from knowledge.advice import BannedAdvice, read_advice
from knowledge.choosing_entries import Nearest
from knowledge.entries import Article, Intent
from knowledge.finding import Finder
from knowledge.learning import Learned, learn
from knowledge.library import Library, serving
from knowledge.lures import NO_LURES, Lures, read_lures
from knowledge.pages import article_on, phrases_on, records_on
from knowledge.paper import parse
from knowledge.phrasing import Phrasebook, bind
from knowledge.problems import Problem
from knowledge.records import read_case, read_cause, read_fact, read_guard, read_intent, read_question
from knowledge.records_actions import read_action
from knowledge.records_groups import read_quiz, read_ready
from knowledge.remembering import fingerprint, recall, remembered
from knowledge.sheets import Sheet
from knowledge.stack import NO_OVERLAY, Overlay, Stack
from knowledge.synonyms import NO_SYNONYMS, Reader, Synonyms, read_synonyms
from knowledge.watching import Watch

HOME = Path(__file__).parent
SYNONYMS = "intents/synonyms.yaml"
BANNED = "guards/banned_advice.yaml"
OFFERS = "guards/scam_offers.yaml"
LEARNED = "intents/learned.npz"
APART = frozenset({SYNONYMS, BANNED, OFFERS})
"""Files on a shelf that are not one of its records."""


WORDED = ("phrases", "documents")
"""The shelves of phrases: what is said in a conversation, and what is written into files."""

FRONT = frozenset({"phrases", "questions", "guards"})
"""The shelves of the front room: all that the first card needs."""

Record = TypeVar("Record")


def load(
    folder: Path | None = None, only: frozenset[str] | None = None, over: Overlay | None = None
) -> tuple[Library, tuple[Problem, ...]]:
    """The library in a folder (default: the one that ships), with everything that is wrong in it.

    ``only`` names the shelves to read (``FRONT`` for a quick first card); the others stand empty. Files that lie
    ``over`` the folder's count in their place. Never raises on content: an entry with a problem is left out and its
    problem names file, field and reason.
    """
    shelves = _Shelves(folder or HOME, only, over or NO_OVERLAY)
    articles = shelves.articles()
    serves = serving(articles)
    intents = shelves.intents()
    guards = shelves.named("guards", read_guard, lambda guard: guard.id)
    library = Library(
        facts=shelves.named("facts", read_fact, lambda fact: fact.id),
        questions=shelves.named("questions", read_question, lambda question: question.id),
        actions=shelves.named("actions", read_action, lambda action: action.id),
        articles=articles,
        cases=shelves.named("cases", read_case, lambda case: case.id),
        causes=shelves.named("causes", read_cause, lambda cause: cause.id),
        intents=intents,
        guards=guards,
        phrases=shelves.phrases(),
        finder=shelves.finder(tuple(intents.values()), articles, serves),
        watch=Watch(guards.values()),
        banned=shelves.banned(),
        serving=serves,
        lures=shelves.lures(),
        quizzes=shelves.named("quizzes", read_quiz, lambda quiz: quiz.id),
        ready=shelves.named("ready", read_ready, lambda reply: reply.id),
    )
    if shelves.home == HOME and over is None and not shelves.problems:
        library.phrases.keep_compiled(whole=only is None)
    return library, tuple(shelves.problems)


def relearn(folder: Path | None = None) -> Path:
    """Learn from the phrasings of a library and keep what was learned beside them; the file written."""
    path = (folder or HOME) / LEARNED
    lesson = lesson_of(folder or HOME)
    path.write_bytes(lesson.learned())
    return path


class Lesson(NamedTuple):
    """What the phrasings of a library are, by their fingerprint, and how to learn from them; that takes seconds."""

    mark: str
    learned: Callable[[], bytes]


def lesson_of(folder: Path | None = None, over: Overlay | None = None) -> Lesson:
    """The lesson that the phrasings in a folder, with others laid over them, have to teach."""
    shelves = _Shelves(folder or HOME, over=over or NO_OVERLAY)
    intents, synonyms = tuple(shelves.intents().values()), shelves.synonyms()
    mark = fingerprint(intents, synonyms)
    return Lesson(mark, lambda: remembered(learn(intents, Reader(synonyms)), mark))


def learned_is_fresh(folder: Path | None = None) -> bool:
    """Whether what is kept was learned from exactly the phrasings that stand in the folder now."""
    shelves = _Shelves(folder or HOME)
    mark = fingerprint(tuple(shelves.intents().values()), shelves.synonyms())
    return recall(shelves.home / LEARNED, mark) is not None


class _Shelves:
    """The folders of one library while they are read; problems gather on the way."""

    def __init__(self, home: Path, only: frozenset[str] | None = None, over: Overlay = NO_OVERLAY) -> None:
        self.home = home
        self.stack = Stack(home, over.files)
        self.learned = over.learned
        self.only = only
        self.problems: list[Problem] = []

    def closed(self, shelf: str) -> bool:
        """Whether a shelf is not wanted now."""
        return self.only is not None and shelf not in self.only

    def named(
        self, shelf: str, read: Callable[[Sheet], Record], name_of: Callable[[Record], str]
    ) -> Mapping[str, Record]:
        """The records of one shelf by id; a file is one record named like the file, or a list of records."""
        kept: dict[str, Record] = {}
        for file, text in self._texts(shelf):
            records, problems = records_on(read, file, text)
            self.problems.extend(problems)
            for record, single in records:
                self._keep(kept, cast("Record", record), name_of(cast("Record", record)), file, single=single)
        return MappingProxyType(kept)

    def articles(self) -> Mapping[str, Article]:
        """The articles by id."""
        kept: dict[str, Article] = {}
        for file, text in self._texts("articles", ".md"):
            article, problems = article_on(file, text)
            self.problems.extend(problems)
            if article is not None:
                self._keep(kept, article, article.id, file, single=True)
        return MappingProxyType(kept)

    def phrases(self) -> Phrasebook:
        """The phrasebook, every template compiled."""
        pages = []
        for file, text in (page for shelf in WORDED for page in self._texts(shelf)):
            page, wrong = phrases_on(file, text)
            self.problems.extend(wrong)
            pages.append((file, page))
        book, problems = bind(pages)
        self.problems.extend(problems)
        return book

    def synonyms(self) -> Synonyms:
        """The words that mean the same to the finder; none where nobody wrote any."""
        sheet = self._single(SYNONYMS)
        return NO_SYNONYMS if sheet is None else read_synonyms(sheet)

    def intents(self) -> Mapping[str, Intent]:
        """The intents by slug."""
        return self.named("intents", read_intent, lambda intent: intent.slug)

    def finder(
        self, intents: Sequence[Intent], articles: Mapping[str, Article], serves: Mapping[str, tuple[str, ...]]
    ) -> Finder:
        """The finder, from what was learned before or, where phrasings have changed since, learned anew."""
        synonyms = self.synonyms()
        reader = Reader(synonyms)
        learned = (self._recalled(intents, synonyms) if intents else None) or learn(intents, reader)
        return Finder(intents, learned, reader, Nearest(articles, serves, reader, learned))

    def banned(self) -> BannedAdvice:
        """The advice that nobody may give; none where nobody wrote any."""
        sheet = self._single(BANNED)
        return BannedAdvice() if sheet is None else read_advice(sheet)

    def _recalled(self, intents: Sequence[Intent], synonyms: Synonyms) -> Learned | None:
        """What was learned from exactly these phrasings: kept with the overlay, or beside the shipped files."""
        mark = fingerprint(intents, synonyms)
        laid = None if self.learned is None else recall(io.BytesIO(self.learned), mark)
        return laid or recall(self.home / LEARNED, mark)

    def lures(self) -> Lures:
        """The words of scammers' offers; none where nobody wrote any."""
        sheet = self._single(OFFERS)
        return NO_LURES if sheet is None else read_lures(sheet)

    def _single(self, file: str) -> Sheet | None:
        wanted = self.stack.has(file) and not self.closed(file.split("/", maxsplit=1)[0])
        data = self._parsed(file) if wanted else None
        return None if data is None else Sheet(file, data, self.problems)

    def _keep(self, kept: dict[str, Record], record: Record, name: str, file: str, *, single: bool) -> None:
        if single and name != Path(file).stem:
            self.problems.append(Problem(file, "id", f"was {name}; the name of its file would be right"))
        if name in kept:
            self.problems.append(Problem(file, "id", f"{name} stands on this shelf twice"))
        kept.setdefault(name, record)

    def _texts(self, shelf: str, ending: str = ".yaml") -> Iterator[tuple[str, str]]:
        for file in () if self.closed(shelf) else self.stack.names(shelf, ending):
            text = "" if file in APART else self.stack.text(file)
            if isinstance(text, Problem):
                self.problems.append(text)
            elif file not in APART:
                yield file, text

    def _parsed(self, file: str) -> object | None:
        text = self.stack.text(file)
        data = text if isinstance(text, Problem) else parse(text, file)
        if isinstance(data, Problem):
            self.problems.append(data)
            return None
        if data is None:
            self.problems.append(Problem(file, "", "the file is empty"))
        return data
