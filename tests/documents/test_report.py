"""Reports: whole words on few pages, no number but those of the same result, no raise for the burdened."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache

import pytest
from pydantic import JsonValue
from pypdf import PdfReader

from bot.dialogue.conversation import Conversation, Language
from bot.dialogue.estimate import estimate
from bot.dialogue.estimate_words import shows_in
from bot.dialogue.interview import facts_of
from bot.dialogue.messages import Fan, Paper, Waterfall
from bot.dialogue.papers import report_of
from bot.dialogue.papers_parts import Report, Sources, Stages, Words
from bot.documents.figures import Tongue
from bot.documents.making import make_paper
from bot.documents.report import pages
from bot.documents.report_words import paragraphs, runs
from knowledge.figures import about, number, percent
from knowledge.folding import fold
from simulator.burden import SERVICE_LINE, Span, burden
from tests.dialogue.cast import CAST, LANGUAGES, OFFER, SEEN, TARGET, Person
from tests.dialogue.judging import DOUBLED, HAN, SURELY_SIMPLIFIED, UNFILLED, hits
from tests.dialogue.ledger import allowed, tokens, without_sources
from tests.journeys.walking import scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

EXTRA = {"assess": {}, "plan": {"target": TARGET}, "diagnose": SEEN, "cost": OFFER}
LIVES = [
    *((person, "assess") for person in CAST),
    *((person, "diagnose") for person in CAST if person.name in {"clerk", "factory", "late"}),
    *((person, goal) for person in CAST if person.name == "engineer" for goal in ("plan", "cost")),
]
NAMED = [f"{person.name}-{goal}" for person, goal in LIVES]
MOST_PAGES = 4
NAMES = frozenset({"kind", "role", "tone", "language", "markup", "footer"})
"""Data that tells the template what something is, or words that it is given in runs as well."""


def _who(person: Person, goal: str, language: Language = "zh") -> Conversation:
    return person.asking(goal, language, **EXTRA[goal])


@cache
def _of(name: str, goal: str, language: Language) -> Paper:
    person = next(person for person in CAST if person.name == name)
    paper = report_of(_who(person, goal, language), scene_now())
    assert paper is not None
    return paper


def _paper(who: Conversation) -> Paper:
    return _of(who.id, who.goal or "", who.language)


@cache
def _pdf(name: str, goal: str, language: Language) -> PdfReader:
    made = make_paper(_of(name, goal, language), scene_now().library.phrases)
    return PdfReader(io.BytesIO(made.data))


@cache
def _read(name: str, goal: str, language: Language) -> str:
    return "\n".join(page.extract_text() for page in _pdf(name, goal, language).pages)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _strings(data: JsonValue) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _strings(part)


def _besides(who: Conversation) -> set[str]:
    """What a report may say of the burden, and when a step may show: from the facts and the actions alone."""
    scene = scene_now()
    facts = facts_of(who, scene.library)
    weight = burden(facts)
    shares = [span for span in (weight.service_ratio, weight.service_ratio_with_line) if span is not None]
    said = [percent(end, 0) for span in shares for end in (span.low, span.high)]
    left = [about(abs(end)) for end in _ends(weight.bad_month_left)]
    said += [scene.say(who, "document.report.about_yuan", yuan=yuan) for yuan in left]
    said += [] if weight.reserve_months is None else [number(weight.reserve_months, 1)]
    ranged = who.goal in {"assess", "plan"}
    steps = estimate(who, scene).plan.plan if ranged else ()
    said += [str(shows_in(scene.library.actions[step.action], step)) for step in steps]
    return tokens(" ; ".join([*said, percent(SERVICE_LINE, 0), percent(0.01, 0)]))


def _ends(span: Span | None) -> tuple[float, ...]:
    return () if span is None else (span.low, span.high)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("person", "goal"), LIVES, ids=NAMED)
def test_a_report_says_no_number_of_unknown_origin(person: Person, goal: str, language: Language) -> None:
    """Every number in the words of a report is one of the result, the answers, the sources or the house's own."""
    scene, who = scene_now(), _who(person, goal, language)
    report = Report.model_validate(_paper(who).content)
    spoken = report.model_copy(update={"parts": tuple(p for p in report.parts if not isinstance(p, Fan | Waterfall))})
    words = without_sources("\n".join(_strings(spoken.model_dump(mode="json"))), who, scene)
    day = tokens(scene.library.phrases.say(language, "document.report.footer", day=scene.now.date(), page=1, pages=1))
    assert tokens(words) - allowed(who, scene) - _besides(who) - day == set()


@pytest.mark.parametrize("person", [CAST[0], CAST[4], CAST[8]], ids=lambda person: person.name)
def test_the_chart_of_a_report_is_the_estimate_itself(person: Person) -> None:
    """The drawn months are those of the same estimate, with the plan and without."""
    who, scene = _who(person, "assess"), scene_now()
    found = estimate(who, scene)
    report = Report.model_validate(_paper(who).content)
    (fan,) = (part for part in report.parts if isinstance(part, Fan))
    assert fan.without == tuple((one.p10, one.p50, one.p90) for one in found.base.line)
    assert fan.with_plan == tuple((one.p10, one.p50, one.p90) for one in found.planned)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("person", "goal"), LIVES, ids=NAMED)
def test_all_that_is_said_can_be_read_out_of_the_pages(person: Person, goal: str, language: Language) -> None:
    """Every word of every part is found in the text of the PDF, and no number is there that no part has."""
    scene, who = scene_now(), _who(person, goal, language)
    data = pages(Report.model_validate(_paper(who).content), Tongue(language, scene.library.phrases))
    text = _read(person.name, goal, language)
    read = _squeezed(text)
    assert [words for words in _strings(_shown(data)) if _squeezed(words) not in read] == []
    numbers = re.compile(r"\d+(?:[.,]\d+)*")
    ordinals = {str(n) for n in range(100)}
    assert set(numbers.findall(text)) - set(numbers.findall(" ".join(_strings(data)))) - ordinals == set()


def _shown(data: JsonValue) -> JsonValue:
    """The data without what names a kind, a role, a tone or a language, and without what is set elsewhere or not."""
    if isinstance(data, dict):
        hidden = NAMES | ({"note"} if data.get("kind") in {"fan", "waterfall"} else set())
        return {name: _shown(part) for name, part in data.items() if name not in hidden}
    return [_shown(part) for part in data] if isinstance(data, list) else data


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("person", "goal"), LIVES, ids=NAMED)
def test_a_report_is_whole_clean_and_short(person: Person, goal: str, language: Language) -> None:
    """At most four pages, every text filled, in its script, cleanly punctuated; our own words give no banned advice."""
    assert len(_pdf(person.name, goal, language).pages) <= MOST_PAGES
    words = list(_strings(_paper(_who(person, goal, language)).content))
    assert hits(UNFILLED, words) == []
    assert hits(DOUBLED, words) == []
    report = Report.model_validate(_paper(_who(person, goal, language)).content)
    own = [part.model_dump(mode="json") for part in report.parts if not isinstance(part, Sources)]
    banned, spoken = scene_now().library.banned, "en" if language == "en" else "zh"
    assert [text for text in _strings(own) if banned.heard(spoken, fold(text) if spoken == "zh" else text)] == []
    joined = "".join(words)
    assert language != "en" or HAN.findall(joined) == []
    assert language != "zh-hant" or set(joined) & set(SURELY_SIMPLIFIED) == set()


@pytest.mark.parametrize("person", [CAST[5], CAST[6], CAST[9]], ids=lambda person: person.name)
def test_a_burdened_person_reads_nothing_of_a_raise(person: Person) -> None:
    """Where the debts come first the report has no range and no chart, and no step says when a line may show it."""
    who = _who(person, "assess", "en")
    assert estimate(who, scene_now()).gated
    report = Report.model_validate(_paper(who).content)
    assert {part.kind for part in report.parts} == {"words", "stages", "pairs", "sources"}
    assert {stage.shows for part in report.parts if isinstance(part, Stages) for stage in part.stages} == {""}
    assert "12 months" not in "".join(part.markup for part in report.parts if isinstance(part, Words))


def test_equal_results_give_equal_bytes() -> None:
    """A report says nothing of the moment it was made at besides its day."""
    paper, phrases = _paper(_who(CAST[0], "assess")), scene_now().library.phrases
    assert make_paper(paper, phrases).data == make_paper(paper, phrases).data


def test_small_markdown_becomes_paragraphs() -> None:
    """Headings, items, numbers, quotes and bold pieces are told apart, and lines that follow each other are joined."""
    found = paragraphs("## Head\n\none\ntwo **three**\n\n- item\n1. first\n> said")
    assert [part["kind"] for part in found] == ["heading", "words", "item", "number", "quote"]
    assert found[1]["runs"] == [{"text": "one two ", "bold": False}, {"text": "three", "bold": True}]
    assert runs("") == []
