"""Passages: a text in its small Markdown, read line by line into stretches with a style, before any tag is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from bot.channels.telegram.letters import cleaned

Frame = Literal["", "pre", "quote"]


class Run(NamedTuple):
    """Letters in one style: ``b``, ``i``, ``bi``, ``code`` or plain, and where they lead."""

    text: str
    style: str = ""
    url: str = ""


class Passage(NamedTuple):
    """Runs that stay together: how many line breaks stand before them, and the frame around them."""

    runs: tuple[Run, ...]
    gap: int = 2
    frame: Frame = ""

    @property
    def text(self) -> str:
        """The bare words."""
        return "".join(run.text for run in self.runs)


_TOKEN = re.compile(
    r"\\(?P<sign>[\\`*\[\]#>|_~-])"
    r"|(?P<stars>\*{3,})"
    r"|(?P<bold>\*\*)"
    r"|`(?P<code>[^`]+)`"
    r"|\[(?P<label>[^\[\]]{1,300})\]\((?P<url>https?://[^\s()<>\"'`*]{1,1500})\)"
    r"|(?<![\w*])\*(?P<italic>[^\s*](?:[^*]*[^\s*])?)\*(?![\w*])"
)
_SIGN = re.compile(r"[*`\[\\]")
_HEADING = re.compile(r" {0,3}#{1,6} +(?P<words>\S.*)")
_ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d{1,3}[.)]) +(?P<words>\S.*)")
_QUOTED = re.compile(r" {0,3}>(?:[ >]*>)? ?(?P<words>\S.*)")
_FENCE = re.compile(r" {0,3}```(?P<language>[\w+-]*)\s*")
_BULLET = "\u2022"


def read_markup(markup: str) -> list[Passage]:
    """The passages of a text, one for each line that says something; what is no markup stands as it was written."""
    lines = iter(cleaned(markup).split("\n"))
    passages: list[Passage] = []
    gap: int = 2
    for line in lines:
        if not line.strip():
            gap = 2
            continue
        passage = _fenced(lines) if _FENCE.fullmatch(line) else _line(line.rstrip(), gap)
        if passage.text.strip():
            passages.append(passage)
        gap = 2 if passage.frame == "pre" else 1
    return passages


def _fenced(lines: Iterator[str]) -> Passage:
    """Everything up to the end of the fence, letter by letter."""
    inside = []
    for line in lines:
        end = _FENCE.fullmatch(line)
        if end and not end["language"]:
            break
        inside.append(line)
    return Passage((Run("\n".join(inside)),), 2, "pre")


def _line(line: str, gap: int) -> Passage:
    quoted = _QUOTED.fullmatch(line)
    if quoted:
        return _line(quoted["words"].rstrip(), gap)._replace(frame="quote")
    heading = _HEADING.fullmatch(line)
    if heading:
        return Passage(tuple(_emboldened(read_runs(heading["words"]))), gap)
    item = _ITEM.fullmatch(line)
    if item:
        mark = item["mark"] if item["mark"][0].isdigit() else _BULLET
        before = Run(f"{'  ' * (len(item['indent']) // 2)}{mark} ")
        return Passage((before, *read_runs(item["words"])), gap)
    return Passage(tuple(read_runs(line.lstrip())), gap)


def _emboldened(runs: list[Run]) -> list[Run]:
    bold: list[Run] = []
    for run in runs:
        plain = "b" in run.style or run.style == "code"
        _add(bold, run.text, run.style if plain else f"b{run.style}", run.url)
    return bold


def read_runs(line: str) -> list[Run]:
    """The runs of one line; stars that open or close nothing stand as stars."""
    if not _SIGN.search(line):
        return [Run(line)]
    tokens = list(_TOKEN.finditer(line))
    turns = _turns(line, tokens)
    runs: list[Run] = []
    at, bold = 0, ""
    for token in tokens:
        _add(runs, line[at : token.start()], bold)
        at = token.end()
        if token.start() in turns:
            bold = "" if bold else "b"
        else:
            _add_token(runs, token, bold)
    _add(runs, line[at:], bold)
    return runs


def _turns(line: str, tokens: Iterable[re.Match[str]]) -> frozenset[int]:
    """Where bold begins and ends: two stars before a letter, and the next two behind one."""
    turns: list[int] = []
    opened: int | None = None
    for token in tokens:
        if token["bold"] is None:
            continue
        if opened is None:
            opened = token.start() if line[token.end() : token.end() + 1].strip() else None
        elif not line[token.start() - 1].isspace():
            turns += [opened, token.start()]
            opened = None
    return frozenset(turns)


def _add_token(runs: list[Run], token: re.Match[str], bold: str) -> None:
    if token["code"] is not None:
        _add(runs, token["code"], "code")
    elif token["label"] is not None:
        _add(runs, token["label"], bold, token["url"])
    elif token["italic"] is not None:
        _add(runs, token["italic"], f"{bold}i")
    else:
        _add(runs, token["sign"] or token.group(), bold)


def _add(runs: list[Run], text: str, style: str, url: str = "") -> None:
    """One more stretch, joined to the last one where both look the same."""
    if not text:
        return
    if runs and runs[-1].style == style and runs[-1].url == url:
        runs[-1] = Run(runs[-1].text + text, style, url)
    else:
        runs.append(Run(text, style, url))
