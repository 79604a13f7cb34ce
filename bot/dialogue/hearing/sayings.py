"""Hearing: which of a card's quick choices a text names in a person's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.dialogue.hearing.tokens import Lexicon, cut_words
from bot.dialogue.hearing.words import SHARED

_EDGES = " \t.,;!~、。…\"'()"
_OPENING = re.compile(
    "我们|我的|我|咱|俺|就是|就|都是|都|主要是|主要|一般是|一般|基本上|基本|大多是|大多|多半是|多半|应该是|应该|大概是|大概"
    "|好像是|好像|可能是|可能|这个|那个|是|页面上写的是|页面上写着|页面上写|页面上显示|页面上|页面写着|页面写的|页面显示|页面|上面写的|上面写着|显示|写的是|写着|提示|说是|说|用来|拿来|用于|用在"
    "|(?:i am|i'm|it's|it is|it says|it|for|mostly|mainly|just|only|my|the|a|an|to|we|by|i)(?![a-z0-9])"
)
_CLOSING = re.compile(
    "(?:的|了|吧|啊|呀|呢|哦|嘛|啦|用的|用|来的|都有|什么的|之类的|之类|这些|那种|这种|一类|(?<![a-z0-9])(?:please|only|use|mostly))$"
)
_NEGATIONS = ("不", "没", "没有", "不是", "别", "非", "无", "未", "not", "no", "n't", "never", "without")
_LONGEST = 60
_ASKING = Lexicon(SHARED)


class Named(NamedTuple):
    """The choice that a text says and nothing else, by its place, and those it names among other words, in order."""

    whole: int | None = None
    within: tuple[int, ...] = ()


class _Hit(NamedTuple):
    start: int
    end: int
    place: int
    denied: bool


def hear_saying(folded: str, sayings: Sequence[Sequence[str]]) -> Named:
    """Which choice a folded text names, given the folded sayings of each choice.

    A saying after a "not" does not count, nor one inside a longer saying; a question names no choice.
    """
    bare = _bare(folded)
    for place, ways in enumerate(sayings):
        if any(bare == _bare(way) or folded.strip(_EDGES) == way for way in ways if way):
            return Named(place)
    if len(folded) > _LONGEST or {token.role for token in cut_words(folded, _ASKING)} & {"question", "mark"}:
        return Named()
    hits = [hit for place, ways in enumerate(sayings) for way in ways for hit in _hits(folded, way, place)]
    outer = [hit for hit in hits if not any(_covers(other, hit) for other in hits)]
    return Named(None, tuple(dict.fromkeys(hit.place for hit in sorted(outer) if not hit.denied)))


def is_unsure(folded: str) -> bool:
    """Whether somebody says that they do not know, and nothing that could be an answer."""
    roles = {token.role for token in cut_words(folded, _ASKING)}
    return "unsure" in roles and not roles & {"question", "mark"}


def _bare(text: str) -> str:
    """A text without the small words around what is meant; never nothing at all."""
    bare = text.strip(_EDGES)
    shorter = _shorn(bare)
    while shorter != bare:
        bare, shorter = shorter, _shorn(shorter)
    return bare.replace(" ", "")


def _shorn(text: str) -> str:
    opening, closing = _OPENING.match(text), _CLOSING.search(text)
    for rest in (text[opening.end() :] if opening else "", text[: closing.start()] if closing else ""):
        if rest.strip(_EDGES):
            return rest.strip(_EDGES)
    return text


def _breaks(cut: str, rest: str) -> bool:
    """Whether a word in letters goes on beyond what was cut out."""
    return cut.isascii() and rest[:1].isascii() and rest[:1].isalnum()


def _hits(text: str, way: str, place: int) -> list[_Hit]:
    found = []
    start = text.find(way) if way else -1
    while start >= 0:
        end = start + len(way)
        whole = not _breaks(way, text[end:]) and not _breaks(way, text[:start][::-1])
        if whole:
            found.append(_Hit(start, end, place, denied=text[:start].rstrip(" 有是").endswith(_NEGATIONS)))
        start = text.find(way, end)
    return found


def _covers(one: _Hit, other: _Hit) -> bool:
    longer = one.end - one.start > other.end - other.start
    return longer and one.start <= other.start and other.end <= one.end
