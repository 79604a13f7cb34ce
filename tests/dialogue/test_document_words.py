"""The words of files: every text of report, chart, sheet and calendar is said for the whole cast in every language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from bot.dialogue.cards import said
from bot.dialogue.conversation import Conversation, Language
from bot.dialogue.estimate import Estimate, estimate
from bot.dialogue.estimate_words import line_words, widest
from bot.dialogue.sources import source_lines
from knowledge.figures import about
from tests.dialogue.cast import CAST, LANGUAGES, Person
from tests.dialogue.judging import DOUBLED, HAN, SURELY_SIMPLIFIED, UNFILLED, hits
from tests.dialogue.ledger import allowed, tokens, without_sources
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

PAGE, PAGES = 3, 7
SPOKEN: Mapping[str, Mapping[str, object]] = {"document.chart.span": {"low": str(PAGE), "high": str(PAGES)}}
"""Texts that are given figures in words already."""
SHEETS = ("offer", "schedule", "compare", "estimate", "reasons", "plan", "sources", "notes")
LONGEST_SHEET_NAME = 31


def _keys() -> list[str]:
    return sorted(key for key in scene_now().library.phrases.keys("zh") if key.startswith("document."))


@cache
def _found(name: str) -> Estimate:
    person = next(person for person in CAST if person.name == name)
    return estimate(person.asking("assess"), scene_now())


def _data(who: Conversation, found: Estimate) -> Mapping[str, object]:
    """All that any text of a file may need, from one estimate."""
    scene = scene_now()
    base = found.base
    action = scene.library.actions[found.plan.plan[0].action if found.plan.plan else "pay_on_time_autopay"]
    step = found.plan.plan[0] if found.plan.plan else None
    return {
        "kind": found.facts.kind,
        "day": NOW.date(),
        "page": PAGE,
        "pages": PAGES,
        "gated": found.gated,
        "assumed": base.share_grade_a,
        "seed": base.seed,
        "preset": scene.say(who, f"preset.{base.preset}"),
        "source": source_lines(who, ("JB-11",), scene)[0],
        "month": 0,
        "past": False,
        "line": line_words(who, base, scene),
        "planned": bool(found.planned),
        "start": base.line[0].p10,
        "end": base.line[-1].p90,
        "count": PAGE,
        "what": said(who, scene, action.title),
        "summary": said(who, scene, action.summary),
        "steps": said(who, scene, action.steps),
        "hours": 0.0 if step is None else step.effort_hours,
        "money": 0.0 if step is None else step.money,
        "lender": "",
        "path": "limit-guide.pdf",
        "told": (said(who, scene, action.title),),
        "n": PAGE,
        "unit": "",
        "yuan": base.line[0].p50,
        "low": base.line[-1].p10,
        "high": base.line[-1].p90,
        "share": round(base.share_grade_a, 2),
        "probability": base.no_change_probability,
        "held": scene.say(who, "estimate.held", binding=base.binding),
        "wide": scene.say(who, "estimate.width", wide=widest(base)),
        "gate": found.plan.gate or ("persistent_debt",),
        **dict.fromkeys(("ratio", "whole", "left", "reserve")),
    }


def _texts(person: Person, language: Language) -> dict[str, str]:
    scene, who = scene_now(), person.asking("assess", language)
    data = _data(who, _found(person.name))
    return {key: scene.library.phrases.say(language, key, **{**data, **SPOKEN.get(key, {})}) for key in _keys()}


def test_every_kind_of_file_has_its_words() -> None:
    """Report, chart, sheet and calendar have their texts, and so has sending them, in both written languages."""
    kinds = {key.split(".")[1] for key in _keys()}
    assert kinds == {"report", "chart", "sheet", "calendar", "sending"}
    english = scene_now().library.phrases.keys("en")
    assert {key for key in _keys() if key not in english} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
def test_every_text_is_filled_and_clean(person: Person, language: Language) -> None:
    """With the data of one estimate every text is whole, in its own script, and cleanly punctuated."""
    texts = _texts(person, language).values()
    assert all(text.strip() for text in texts)
    assert hits(UNFILLED, texts) == []
    assert hits(DOUBLED, texts) == []
    joined = "".join(texts)
    assert language != "en" or HAN.findall(joined) == []
    assert language != "zh-hant" or set(joined) & set(SURELY_SIMPLIFIED) == set()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
def test_files_say_no_number_of_unknown_origin(person: Person, language: Language) -> None:
    """Numbers in files are those of the result, the day, the pages, or constants of the house."""
    scene, who = scene_now(), person.asking("assess", language)
    words = without_sources("\n".join(_texts(person, language).values()), who, scene)
    day = tokens(scene.library.phrases.say(language, "document.report.footer", day=NOW.date(), page=PAGE, pages=PAGES))
    assert tokens(words) - allowed(who, scene) - day == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_sheets_fit_a_spreadsheet(language: Language) -> None:
    """A sheet's name is short, free of forbidden characters, and no two are alike."""
    names = [scene_now().library.phrases.say(language, f"document.sheet.{sheet}") for sheet in SHEETS]
    assert max(map(len, names)) <= LONGEST_SHEET_NAME
    assert set("".join(names)) & set("[]:*?/\\") == set()
    assert len(set(names)) == len(names)


def test_a_burdened_persons_report_speaks_of_no_weights() -> None:
    """Where the debts come first, the report does not tell how a line was weighed."""
    burdened = next(person for person in CAST if person.name == "five_lenders")
    assert _found("five_lenders").gated
    assert "weights" not in _texts(burdened, "en")["document.report.limits_text"]


def test_the_waterfall_rounds_like_every_estimate() -> None:
    """Start and end of the waterfall are rounded to what is known."""
    start = scene_now().library.phrases.say(
        "en", "document.chart.waterfall_caption", start=31_417.0, end=88_609.0, day=NOW.date(), seed=1
    )
    assert f"¥{about(31_417.0):,.0f}" in start
    assert f"¥{about(88_609.0):,.0f}" in start
