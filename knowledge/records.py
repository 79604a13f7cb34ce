"""From a sheet to a record: one small function for each kind of thing on the shelves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from knowledge.entries import NO_WORDS, Case, CauseEntry, Choice, Fact, Foreseen, Guard, Intent, Question, Words
from knowledge.fields import kind_named, kinds, number_if_any, one_of, patterns, some_of, words_if_any
from knowledge.folding import fold
from knowledge.sheets import Sheet
from knowledge.worths import WORTH_LINES
from simulator.vocabulary import FACTS, Facts, FactValue, Kind, Problem, Unit

Grade = Literal["official", "reputable_press", "vendor_page", "user_article", "seed_article"]
Use = Literal["ok", "caution", "no"]

GRADES: tuple[Grade, ...] = get_args(Grade)
USES: tuple[Use, ...] = get_args(Use)
GOALS = ("assess", "assess_more", "diagnose", "cost", "compare", "afford", "plan", "lower", "budget", "follow")
HEARD = ("money", "percent", "count", "duration", "rate", "date", "flag", "choice")
_RATE = re.compile(r"0(?:\.\d+)?/(?:day|month|year)")
FAMILIES = ("user", "platform", "system", "lender")
OUTCOMES = ("raised", "slower", "unchanged", "cut", "vanished", "debt_reduced", "closed", "refused", "scammed", "open")


def read_fact(sheet: Sheet) -> Fact:
    """One sourced statement."""
    source = sheet.sheet("source")
    title = source.text("title")
    fact = Fact(
        id=sheet.text("id"),
        topic=sheet.text("topic"),
        statement=Words(sheet.text("zh"), sheet.text("en")),
        source_title=title,
        source_url=source.text("url", ""),
        published=sheet.text("published", ""),
        grade=one_of(sheet, "grade", GRADES),
        use=one_of(sheet, "use", USES),
        valid_from=sheet.text("valid_from", ""),
        valid_to=sheet.text("valid_to", ""),
        notes=sheet.text("notes", ""),
        source_title_en=source.text("title_en", title),
        note=words_if_any(sheet, "note"),
    )
    source.close()
    return fact


def read_question(sheet: Sheet) -> Question:
    """One card of an interview with its quick choices."""
    fact = sheet.text("fact", "") or None
    hear = one_of(sheet, "hear", HEARD)
    return Question(
        id=sheet.text("id"),
        fact=fact,
        goals=frozenset(some_of(sheet, "goals", GOALS)),
        kinds=kinds(sheet),
        topic=sheet.text("topic"),
        order=sheet.whole("order"),
        hear=hear,
        label=sheet.words("label"),
        ask=sheet.words("ask"),
        example=sheet.words("example"),
        why=sheet.words("why"),
        choices=tuple(_choice(item, fact, hear) for item in sheet.sheets("choices")),
        when=sheet.text("when", "") or None,
        unit=sheet.text("unit", ""),
        effort_seconds=sheet.whole("effort_seconds", 10),
        skippable=sheet.flag("skippable", default=True),
        worth=_worth(sheet.sheet("worth")) if sheet.has("worth") else {},
        main_for=frozenset(kind_named(sheet, name, "main_for") for name in sheet.texts("main_for")),
        effect=words_if_any(sheet, "effect") or NO_WORDS,
        least=number_if_any(sheet, "least"),
        most=number_if_any(sheet, "most"),
        never=_sayings(sheet, "never"),
        adds_up=sheet.flag("adds_up", default=False),
    )


def read_cause(sheet: Sheet) -> CauseEntry:
    """Words for one cause of a fallen line."""
    return CauseEntry(
        id=sheet.text("id"),
        family=one_of(sheet, "family", FAMILIES),
        title=sheet.words("title"),
        speaks_for=sheet.words("speaks_for"),
        speaks_against=sheet.words("speaks_against"),
        check=sheet.words("check"),
        todo=sheet.words("todo"),
        wait=sheet.words("wait"),
        call=sheet.words("call"),
        facts=sheet.texts("facts"),
    )


def read_case(sheet: Sheet) -> Case:
    """A stated profile, what was done, how it went."""
    kind = kind_named(sheet, sheet.text("kind"))
    return Case(
        id=sheet.text("id"),
        kind=kind,
        situation=_situation(sheet, kind),
        outcome=one_of(sheet, "outcome", OUTCOMES),
        fictional_source=sheet.flag("fictional_source"),
        title=sheet.words("title"),
        story=sheet.words("story"),
        lesson=sheet.words("lesson"),
        actions=sheet.texts("actions"),
        facts=sheet.texts("facts"),
        figures=_foreseen(sheet),
        gathered=sheet.day("gathered").isoformat() if sheet.has("gathered") else "",
    )


def read_intent(sheet: Sheet) -> Intent:
    """What people want to know, in their own ways of saying it."""
    return Intent(
        slug=sheet.text("slug"),
        group=sheet.text("group", ""),
        phrasings=sheet.texts("phrasings"),
        phrasings_en=sheet.texts("phrasings_en"),
        rules=patterns(sheet, "rules"),
        in_scope=sheet.flag("in_scope", default=True),
        name=words_if_any(sheet, "name"),
    )


def read_guard(sheet: Sheet) -> Guard:
    """A protection with its patterns and the sentences it was tried on."""
    tried = sheet.sheet("tried")
    guard = Guard(
        id=sheet.text("id"),
        order=sheet.whole("order"),
        suspends=sheet.flag("suspends"),
        patterns=patterns(sheet, "patterns"),
        unless=patterns(sheet, "unless"),
        reply=sheet.words("reply"),
        facts=sheet.texts("facts"),
        tried=MappingProxyType({name: tried.texts(name) for name in ("must", "must_not")}),
    )
    tried.close()
    return guard


def _worth(sheet: Sheet) -> Mapping[Kind, tuple[int, ...]]:
    worths = {kind_named(sheet, name, name): sheet.wholes(name) for name in sheet.fields()}
    for kind, stated in worths.items():
        if len(stated) != len(WORTH_LINES[kind]):
            sheet.wrong(kind, f"{len(WORTH_LINES[kind])} whole numbers would be right, one for each line")
    sheet.close()
    return MappingProxyType(worths)


def _choice(sheet: Sheet, fact: str | None, hear: str) -> Choice:
    value = _choice_value(sheet, fact, hear)
    low, high = number_if_any(sheet, "low"), number_if_any(sheet, "high")
    choice = Choice(value, sheet.words("label"), low, high, _sayings(sheet, "said"))
    sheet.close()
    return choice


def _sayings(sheet: Sheet, field: str) -> tuple[str, ...]:
    """Ways of saying something, separated by bars, folded; none where none are written."""
    return tuple(filter(None, map(fold, sheet.text(field, "").split("|"))))


def _choice_value(sheet: Sheet, fact: str | None, hear: str) -> FactValue:
    unit = FACTS[fact].unit if fact is not None and fact in FACTS else None
    if unit is Unit.FLAG or (unit is None and hear == "flag"):
        return sheet.flag("value")
    if unit is Unit.CHOICE or (unit is None and hear in {"choice", "date"}):
        return sheet.text("value")
    if unit is None and hear == "rate":
        return _quoted(sheet)
    return sheet.number("value")


def _quoted(sheet: Sheet) -> str:
    """A rate as it is quoted: its fraction and its period, such as ``0.0004/day``."""
    written = sheet.text("value")
    if _RATE.fullmatch(written) is None:
        sheet.wrong("value", f"was {written}; a fraction per day, month or year such as 0.0004/day would be right")
    return written


def _foreseen(sheet: Sheet) -> Foreseen | None:
    if not sheet.has("figures"):
        sheet.raw("figures")
        return None
    inside = sheet.sheet("figures")
    foreseen = Foreseen(
        months=inside.whole("months"),
        p10=inside.number("p10"),
        p50=inside.number("p50"),
        p90=inside.number("p90"),
        seed=inside.whole("seed"),
    )
    inside.close()
    return foreseen


def _situation(sheet: Sheet, kind: Kind) -> Mapping[str, FactValue]:
    inside = sheet.raw("situation")
    known = Facts(kind)
    if not isinstance(inside, Mapping) or not inside:
        sheet.wrong("situation", "some facts with their values would be right")
        return known.values
    for name, value in inside.items():
        told = known.with_value(str(name), value)
        if isinstance(told, Problem):
            sheet.wrong(f"situation.{name}", told.message)
        else:
            known = told
    return known.values
