"""Phrases in three scripts: templates compiled once at load, said later without file, compiler or import."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from types import CodeType

import jinja2
from jinja2 import StrictUndefined, Template, TemplateSyntaxError
from jinja2.exceptions import SecurityError, TemplateAssertionError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedEnvironment
from opencc import OpenCC

from knowledge.compiled import keep, recall
from knowledge.entries import Language
from knowledge.figures import Figures
from knowledge.problems import Problem

Said = Callable[..., str]
Page = tuple[str, Mapping[str, Mapping[str, str]]]
_WRITTEN = ("zh", "en")
_TO_SIMPLIFIED = OpenCC("t2s")
_QUOTES = str.maketrans("\u201c\u201d\u2018\u2019", "\u300c\u300d\u300e\u300f")
"""Quotation marks as they stand in Traditional Chinese: corners, single ones within double ones."""


_COUNTED = (
    "\u4e00\u4e8c\u5169\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e\u5343\u5e7e\u6bcf\u9019\u54ea\u82390-9"
)
"""What stands before a thing that is counted one by one."""

_MISTAKEN = tuple(
    (re.compile(wrong), right)
    for wrong, right in (
        # hair: something is sent, or a card issued
        ("(?<![\u982d\u7406\u7f8e\u6bdb\u67d3\u526a\u6d17\u71d9\u767d\u9ed1\u91d1\u812b\u5047])\u9aee", "\u767c"),
        # a tally: somebody signs
        ("(?<![\u6a19\u66f8\u62bd\u7259\u7af9\u6c42\u4e2d])\u7c64", "\u7c3d"),
        # one of a pair: only
        (f"(?<![{_COUNTED}])\u96bb", "\u53ea"),
        # a watch: a table
        ("(?<![\u624b\u9418\u61f7\u8155\u96fb\u6c34])\u9336", "\u8868"),
        # to rinse: to clash
        ("\u6c96\u7a81", "\u885d\u7a81"),
        # clear: written down
        ("(?<=[\u5beb\u8aaa\u8b1b\u554f\u8a3b])\u660e\u77ad", "\u660e\u4e86"),
        # made by law: the rule
        ("\u6cd5\u5b9a\u88fd", "\u6cd5\u5b9a\u5236"),
        # a mile: inside
        ("(?<=[\u5361\u91d1\u672c\u4ed8])([\u201d\u300d]?)\u91cc", "\\1\u88e1"),
        # a queen: after so many days
        ("(?<=[\u5c11\u5e7e\u591a0-9]\u5929)\u540e", "\u5f8c"),
    )
)
"""What the tables get wrong where two words meet; each line says what they saw, and what was meant."""


@cache
def _traditional() -> OpenCC:
    """The tables of Traditional Chinese: 42 MB and 0.2 s, so that only a house with such readers has them."""
    return OpenCC("s2tw")


class Phrasebook:
    """Every phrase by its key; Traditional Chinese is said in Simplified and converted with phrase tables."""

    def __init__(self, said: Mapping[str, Mapping[str, Said]], sources: Mapping[tuple[str, str], str]) -> None:
        """``said`` holds, for ``zh`` and ``en``, a function from data to words for every key; ``sources`` its text."""
        self._said = said
        self._sources = sources

    def say(self, language: Language, key: str, **data: object) -> str:
        """One phrase filled with data; raises KeyError naming a phrase that is not there."""
        phrases = self._said["en" if language == "en" else "zh"]
        if key not in phrases:
            raise KeyError(f"there is no phrase {key} in {language}")
        return self.in_script(language, phrases[key](**data))

    def in_script(self, language: Language, text: str) -> str:
        """Chinese text as this reader writes it: converted for ``zh-hant``, unchanged otherwise.

        Words that were converted before they were filled into a phrase come out as they went in: a second conversion
        would take some Traditional characters for Simplified ones.
        """
        if language != "zh-hant":
            return text
        converted: str = _traditional().convert(_TO_SIMPLIFIED.convert(text))
        for wrong, right in _MISTAKEN:
            converted = wrong.sub(right, converted)
        return converted.translate(_QUOTES)

    def written(self, language: Language, key: str) -> str:
        """A phrase as its author wrote it, with the places for data still open."""
        return self._sources["en" if language == "en" else "zh", key]

    def keys(self, language: Language) -> frozenset[str]:
        """The keys that can be said in a language."""
        return frozenset(self._said["en" if language == "en" else "zh"])

    def keep_compiled(self, *, whole: bool) -> None:
        """Keep the codes of its templates for later starts; a ``whole`` book says which of the older ones may go."""
        sources = {source.strip() for source in self._sources.values() if "{" in source}
        if not sources <= _kept().keys():
            older = {} if whole else _kept()
            keep({**older, **{source: _code(source) for source in sources}}, _recipe())
            _kept.cache_clear()


def bind(pages: Iterable[Page]) -> tuple[Phrasebook, list[Problem]]:
    """A phrasebook from pages of ``key: {zh, en}`` with the name of their file; broken templates are problems."""
    said: dict[str, dict[str, Said]] = {language: {} for language in _WRITTEN}
    sources: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    environments = {language: _environment(language, said[language]) for language in _WRITTEN}
    for file, key, language, source in _each(pages):
        problem = _bind_one(environments[language], said[language], key, source.strip())
        sources.setdefault((language, key), source)
        if problem:
            problems.append(Problem(file, f"{key}.{language}", problem))
    return Phrasebook(said, sources), problems


def _each(pages: Iterable[Page]) -> Iterator[tuple[str, str, str, str]]:
    for file, page in pages:
        for key, words in page.items():
            for language, source in words.items():
                yield file, key, language, source


def _bind_one(environment: SandboxedEnvironment, said: dict[str, Said], key: str, source: str) -> str | None:
    if key in said:
        return "this phrase is already written elsewhere"
    try:
        said[key] = _constant(source) if "{" not in source else _compiled(environment, source).render
    except (TemplateSyntaxError, TemplateAssertionError) as error:
        return f"the template is broken: {error}"
    return None


def _compiled(environment: SandboxedEnvironment, source: str) -> Template:
    """A template of this environment; its code, which costs by far the most, is made once for every edition.

    Its globals are one plain mapping: a chain of them, copied at each saying, costs as much as the rest of it.
    """
    return environment.template_class.from_code(environment, _code(source), dict(environment.globals))


@lru_cache(maxsize=4096)
def _code(source: str) -> CodeType:
    return _kept().get(source) or _environment("zh", {}).compile(source)


@cache
def _kept() -> Mapping[str, CodeType]:
    """What an earlier process compiled of the phrases that ship."""
    return recall(_recipe())


def _constant(words: str) -> Said:
    return lambda **_data: words


_FILTERS = (
    "abs",
    "capitalize",
    "default",
    "float",
    "int",
    "join",
    "length",
    "lower",
    "max",
    "min",
    "replace",
    "round",
    "upper",
)
"""What templates may use beside our own filters: nothing that looks into data or makes much of little."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Templates can multiply numbers; words, lists and powers never grow, neither when compiled nor when said."""

    intercepted_binops = frozenset({"*", "**", "%", "//"})

    def call_binop(self, _context: Context, operator: str, left: object, right: object) -> object:
        """A product or quotient of two numbers."""
        if operator == "**" or not all(isinstance(one, int | float) for one in (left, right)):
            raise SecurityError(f"{operator} is for numbers here")
        return self.binop_table[operator](left, right)


def _recipe() -> object:
    """All that a code depends on besides its source."""
    filters = sorted(_environment("zh", {}).filters)
    return jinja2.__version__, sorted(_READ_AS.items()), filters, sorted(_Sandbox.intercepted_binops)


_READ_AS = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": False}
"""How templates are read, in every language."""


def _environment(language: str, said: Mapping[str, Said]) -> SandboxedEnvironment:
    environment = _Sandbox(undefined=StrictUndefined, auto_reload=False, cache_size=0, **_READ_AS)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.filters |= Figures(language, said).filters()
    return environment
