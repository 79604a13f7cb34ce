"""From a Markdown page with front matter to an article: five short sections in each language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.entries import Article, Words
from knowledge.fields import patterns
from knowledge.paper import parse
from knowledge.problems import Problem
from knowledge.records import GOALS
from knowledge.sheets import Sheet

SECTIONS = ("short", "why", "todo", "avoid", "call")
_PAGE = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_LANGUAGE = re.compile(r"^## +(\w+) *$", re.MULTILINE)
_SECTION = re.compile(r"^### +(\w+) *$", re.MULTILINE)


def read_article(name: str, text: str, problems: list[Problem]) -> Article | None:
    """The article on one page, or None with problems noted; ``name`` is the file as problems call it."""
    page = _PAGE.match(text.lstrip("\ufeff\n"))
    if page is None:
        problems.append(Problem(name, "", "front matter between two --- lines, then sections, would be right"))
        return None
    front = parse(page["front"], name)
    if isinstance(front, Problem):
        problems.append(front)
        return None
    sheet = Sheet(name, front, problems)
    bodies = _bodies(sheet, page["body"])
    return _article(sheet, bodies)


def _article(sheet: Sheet, bodies: dict[str, Words]) -> Article:
    ability = sheet.text("ability", "") or None
    if ability is not None and ability not in GOALS:
        sheet.wrong("ability", f"was {ability}; one of {', '.join(GOALS)} would be right")
    article = Article(
        id=sheet.text("id"),
        intents=sheet.texts("intents"),
        facts=sheet.texts("facts"),
        reviewed=sheet.day("reviewed"),
        title=Words(sheet.text("title_zh"), sheet.text("title_en")),
        questions=sheet.wholes("questions"),
        ability=ability,
        heard=patterns(sheet, "heard"),
        derived=_derived(sheet),
        **bodies,
    )
    sheet.close()
    return article


def _derived(sheet: Sheet) -> Mapping[str, str]:
    """Numbers of the article's own arithmetic, each with how it was worked out; perhaps none."""
    if not sheet.has("derived"):
        sheet.raw("derived")
        return {}
    inside = sheet.sheet("derived")
    return {number: inside.text(number) for number in inside.fields()}


def _bodies(sheet: Sheet, body: str) -> dict[str, Words]:
    languages = _parts(_LANGUAGE, body)
    for extra in languages.keys() - {"zh", "en"}:
        sheet.wrong(extra, "only the headings zh and en are known here")
    sides = {language: _parts(_SECTION, languages.get(language, "")) for language in ("zh", "en")}
    for language, parts in sides.items():
        for section in SECTIONS:
            if not parts.get(section):
                sheet.wrong(f"{language}.{section}", "this section is missing or empty")
        for extra in parts.keys() - set(SECTIONS):
            sheet.wrong(f"{language}.{extra}", f"only the sections {', '.join(SECTIONS)} are known here")
    return {section: Words(sides["zh"].get(section, ""), sides["en"].get(section, "")) for section in SECTIONS}


def _parts(heading: re.Pattern[str], text: str) -> dict[str, str]:
    pieces = heading.split(text)
    return {name: words.strip() for name, words in zip(pieces[1::2], pieces[2::2], strict=True)}
