"""Harmless texts: what no file may hold, whoever wrote it, looked for before anything is read into the library."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

import yaml

from bot.publishing.paths import PACKS, is_path, shelf_of, shipped
from bot.publishing.patterns import TooHardError, check_pattern
from bot.publishing.templates import strange
from bot.publishing.yaml_marks import leaves
from knowledge.paper import MOST_DEPTH, parse
from knowledge.problems import Problem

MOST_BYTES = 200_000
MOST_FILES = 400
_MOST_NODES = 20_000

_UNSEEN = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_MARKUP = re.compile(r"(?<!\(\?)(?<!\(\?P)<\s*[A-Za-z/!?][^\s>]{0,20}|&(?:#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot);")
_LINK = re.compile(
    r"\]\(\s*(?!https://)[^)]{0,80}|\b(?!https:)[A-Za-z][A-Za-z0-9+.-]{1,20}://\S{0,80}"
    r"|https://[^\s/?#]*(?:@|[\u0370-\u058f]|xn--)[^\s/]{0,40}"
    r"|\b(?:java|vb)script\s*:|\bdata:[a-z]+/\S{0,20}",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"\{[{%#]")
_LETTERS = (
    (_UNSEEN, "a letter that nobody can see"),
    (_MARKUP, "tags of HTML are not read here"),
    (_LINK, "links begin with https://"),
)
_PLACES = (_TEMPLATE, "places for data stand in phrases only")
_ID = re.compile(r"[A-Za-z0-9_-]{1,60}", re.ASCII)
_KEY = re.compile(r"[A-Za-z0-9_./-]{1,80}", re.ASCII)
_WORDED = frozenset({"phrases", "documents"})
_PATTERNS = frozenset({"patterns", "unless", "rules", "heard", "concepts"})
_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


def harms(path: str, text: str) -> Iterator[Problem]:
    """Everything that may not stand in one file."""
    if not is_path(path):
        yield Problem("file", "", "a path such as articles/fees.md would be right")
        return
    if len(text.encode(errors="replace")) > MOST_BYTES:
        yield Problem(path, "", f"the file is larger than {MOST_BYTES:,} bytes")
        return
    yield from _in_letters(path, text)
    yaml_text = _yaml_in(path, text)
    wrong = _in_structure(yaml_text)
    if wrong:
        yield Problem(path, "", wrong)
        return
    data = parse(yaml_text, path)
    if not isinstance(data, Problem):
        yield from _in_letters(path, "\n".join(_said(data)))
        yield from _in_values(path, data)


def _said(data: object) -> Iterator[str]:
    """Every name and text in plain data, whatever way it was escaped when it was written."""
    for where, value in leaves(data):
        yield from where
        yield from (str(one) for one in (value if isinstance(value, list) else (value,)))


def _yaml_in(path: str, text: str) -> str:
    """The YAML of a file: all of it, or what stands at the head of an article."""
    return (_FRONT.match(text) or ("", ""))[1] if path.endswith(".md") else text


def _in_letters(path: str, text: str) -> Iterator[Problem]:
    """What is wrong with the letters themselves, as they are written or as they are read."""
    before = shipped().get(path, "")
    for pattern, reason in (*_LETTERS, *(() if shelf_of(path) in _WORDED else (_PLACES,))):
        known = {found[0] for found in pattern.finditer(before)}
        found = next((found for found in pattern.finditer(text) if found[0] not in known), None)
        if found:
            yield Problem(path, f"line {text.count(chr(10), 0, found.start()) + 1}", reason)


def _in_structure(text: str) -> str:
    """What is wrong with the bones of a YAML text; depth is counted before anything is built of it."""
    depth = nodes = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            nodes += 1
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if getattr(event, "anchor", None) is not None:
                return "anchors and aliases are not read"
            if getattr(event, "tag", None) is not None:
                return "tags are not read"
            if depth > MOST_DEPTH or nodes > _MOST_NODES:
                return f"nested deeper than {MOST_DEPTH} levels, or more than {_MOST_NODES:,} values"
    except (yaml.YAMLError, ValueError) as error:
        return " ".join(str(error).split())[:200]
    return ""


def _in_values(path: str, data: object) -> Iterator[Problem]:
    shelf = shelf_of(path)
    if shelf in _WORDED and isinstance(data, dict):
        yield from _in_phrases(path, data)
    known = parse(_yaml_in(path, shipped().get(path, "")), path)
    before = {str(one) for _, value in leaves(known) for one in (value if isinstance(value, list) else (value,))}
    for where, value in leaves(data):
        field = ".".join(where)
        last = next((part for part in reversed(where) if not part.isdecimal()), "")
        if last in {"id", "slug"} and shelf != PACKS and not _ID.fullmatch(str(value)):
            yield Problem(path, field, "an id of plain letters, numbers, - and _ would be right")
        if _PATTERNS & set(where):
            yield from _in_patterns(path, field, value, before)


def _in_patterns(path: str, field: str, value: object, before: set[str]) -> Iterator[Problem]:
    for pattern in value if isinstance(value, list) else [value]:
        if str(pattern) in before:
            continue
        try:
            check_pattern(str(pattern))
        except TooHardError as error:
            yield Problem(path, field, str(error))


def _in_phrases(path: str, data: dict[object, object]) -> Iterator[Problem]:
    for key, words in data.items():
        if not _KEY.fullmatch(str(key)):
            yield Problem(path, str(key)[:40], "a key of plain letters, numbers and dots would be right")
        for language, source in words.items() if isinstance(words, dict) else ():
            reason = strange(str(source), _shipped_words(str(key)))
            if reason:
                yield Problem(path, f"{key}.{language}"[:100], reason)


def _shipped_words(key: str) -> tuple[str, ...]:
    """A phrase in all languages as it ships; none for a new one."""
    return _all_shipped().get(key, ())


@lru_cache(maxsize=1)
def _all_shipped() -> Mapping[str, tuple[str, ...]]:
    found = {}
    for path, text in shipped().items():
        data = parse(text, path) if shelf_of(path) in _WORDED else None
        for key, words in data.items() if isinstance(data, dict) else ():
            found[str(key)] = tuple(str(one) for one in words.values())
    return found
