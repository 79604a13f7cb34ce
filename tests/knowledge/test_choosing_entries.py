"""What must hold of the choice among an intent's articles: special words get the special one, the rest the main one."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.loading import load
from tests.knowledge.shipped import shipped
from tests.knowledge.small_library import FILES, changed, write_library

LIBRARY, _ = shipped()
FIND = LIBRARY.finder.find

SECOND = FILES["articles/raise.md"].replace("id: raise", "id: raise_paid").replace("怎么提额？", "代提额是骗局吗？")
"""Another article for the intent of the first one in the small library."""


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("还不起钱会坐牢吗", "cannot_repay_jail"),
        ("他们说要去法院告我", "cannot_repay_court"),
        ("催收凌晨两点还在打电话", "cannot_repay_call_hours"),
        ("催收打给我老婆了", "cannot_repay_contacts"),
        ("想停息挂账慢慢还", "cannot_repay_card_60"),
        ("欠的钱太多，可以申请破产不", "cannot_repay_bankruptcy"),
        ("还不上了，借别的网贷来还行吗", "cannot_repay_new_for_old"),
        ("有人收两千帮我协商还款", "scam_safety_negotiators"),
        ("没钱还怎么办", "cannot_repay"),
        ("放款前让我交一笔保证金", "scam_safety_fee_first"),
        ("朋友叫我刷脸给他做担保", "scam_safety_ab_loan"),
        ("96110打给我是真的吗", "scam_safety_96110"),
        ("有人说走内部渠道能提额，要收费", "scam_safety_inside_raise"),
        ("怎么提额", "limit_raise_how"),
        ("大三学生可以开通吗", "open_conditions_student"),
        ("开通要多少芝麻分", "open_conditions"),
        ("在借呗借过钱，办房贷有影响吗", "credit_bureau_mortgage"),
        ("借呗上不上征信", "credit_bureau"),
        ("借呗里的钱拿去炒股行吗", "use_of_funds_house_stocks"),
        ("借呗是哪家公司放款", "what_is_lender"),
        ("my friend wants me to be a witness for his loan", "scam_safety_ab_loan"),
        ("我的被停用了，还要还钱吗", "close_effect_reopen"),
        ("will I go to jail for not paying", "cannot_repay_jail"),
        ("can students apply", "open_conditions_student"),
    ],
)
def test_special_words_get_the_special_article(question: str, article: str) -> None:
    """What the question says decides among the articles of its intent, among the first three."""
    entries = FIND(question).entries[:3]
    assert article in entries
    assert entries[0] == article


def test_every_article_can_be_chosen() -> None:
    """An article that is the main one of no intent listens for words of its own; the main ones need none."""
    mains = {names[0] for names in LIBRARY.serving.values()}
    deaf = [article.id for article in LIBRARY.articles.values() if article.id not in mains and not article.heard]
    assert deaf == []


def test_general_questions_stay_with_the_main_article() -> None:
    """Of our own phrasings nine in ten are answered by their intent's main article, two in five in every intent."""
    shares = {}
    for slug, names in LIBRARY.serving.items():
        found = [FIND(text) for text in LIBRARY.intents[slug].phrasings[::3]]
        first = [finding.entries[0] == names[0] for finding in found if finding.intents[0][0] == slug]
        shares[slug] = sum(first) / len(first)
    assert sum(shares.values()) / len(shares) > 0.9
    assert min(shares.values()) > 0.4, min(shares, key=lambda slug: shares[slug])


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_the_first_entry_serves_the_first_intent(question: str) -> None:
    """Whatever is typed, entries are distinct and the first of them serves the intent believed most."""
    finding = FIND(question)
    assert len(set(finding.entries)) == len(finding.entries)
    assert finding.entries[0] in LIBRARY.serving[finding.intents[0][0]]


def test_a_choice_takes_a_moment() -> None:
    """Once the articles have been read, a question with its choice takes less than four milliseconds."""
    questions = [intent.phrasings[0] for intent in LIBRARY.intents.values() if intent.in_scope]
    for question in questions:
        FIND(question)
    before = time.process_time()
    for question in questions:
        FIND(question)
    assert (time.process_time() - before) / len(questions) < 0.004


def _with_second(folder: Path, heard: str) -> Library:
    second = SECOND.replace("reviewed:", f"heard: [{heard}]\nreviewed:")
    library, problems = load(write_library(folder, {"articles/raise_paid.md": second}))
    assert problems == ()
    return library


def test_a_second_article_waits_for_its_words(tmp_path: Path) -> None:
    """The second article of an intent is first only for a question that says what it listens for."""
    library = _with_second(tmp_path, "'代提', 'paid'")
    assert library.finder.find("怎么提额").entries[0] == "raise"
    assert library.finder.find("找人代提额度").entries[0] == "raise_paid"
    assert library.finder.find("increase my line, paid service").entries[0] == "raise_paid"


def test_words_nobody_can_read_are_a_problem(tmp_path: Path) -> None:
    """A pattern that does not compile leaves its article out and is named."""
    broken = changed("articles/raise.md", "reviewed:", "heard: ['(']\nreviewed:")
    library, problems = load(write_library(tmp_path, broken))
    assert "raise" not in library.articles
    assert [problem.field for problem in problems if problem.grave] == ["heard"]
