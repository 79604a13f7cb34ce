"""What must hold of the finder: it finds, it knows its limits, it never trips, and it stands by its measure."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.finding import MOST_INTENTS, ask_document
from knowledge.loading import HOME, LEARNED, learned_is_fresh
from knowledge.remembering import recall
from tests.knowledge.shipped import shipped

LIBRARY, PROBLEMS = shipped()
FINDER = LIBRARY.finder


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("提早把钱还掉会不会拉低我的额度", "early_repay_effect"),
        ("借贝額度怎麼漲", "limit_raise_how"),
        ("ＪＩＥＢＥＩ 逾期一天会不会上征信", "overdue_effect"),
        ("怎么把借呗关掉", "close_how"),
        ("还款日能不能换一天", "repay_date_change"),
        ("有人让我先交保证金才放款", "scam_safety"),
        ("为什么只能分六期", "term_options"),
        ("网商贷怎么换回借呗", "wsd_switch"),
        ("还清之后额度没回来", "limit_not_restored"),
        ("钱什么时候打到卡上", "disburse_time"),
        ("why was my limit cut", "limit_decreased"),
        ("how do i close jiebei", "close_how"),
    ],
)
def test_everyday_questions_are_found(question: str, intent: str) -> None:
    """Typos, scripts, widths and both languages lead to the intent, among the first three."""
    finding = FINDER.find(question)
    assert finding.in_scope
    assert intent in [slug for slug, _ in finding.intents[:3]]


@pytest.mark.parametrize(
    "question",
    [
        "why did it fall",
        "why was it lowered",
        "why did mine drop",
        "why does a line fall",
        "why is it lower now",
        "why do i have less to borrow than before",
        "how come my line fell",
        "what made the line drop",
        "my line keeps shrinking each month why",
        "I never missed a payment but my line fell",
        "they cut my credit line",
        "为什么降了",
        "怎么掉额度了",
        "额度跌了是什么原因",
        "额度怎么缩水了",
        "額度怎麼變少了",
    ],
)
def test_however_somebody_asks_why_a_line_fell(question: str) -> None:
    """Fell, dropped, was cut, went down: the same article comes first, also where "it" is all that is said of it."""
    finding = FINDER.find(question)
    assert finding.in_scope
    assert finding.entries[0] == "limit_decreased"


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("when does the rate go down", "rate_lower"),
        ("my line fell to zero", "limit_zero"),
        ("额度变成0了", "limit_zero"),
    ],
)
def test_what_falls_is_not_always_the_line(question: str, intent: str) -> None:
    """A rate that falls, and a line that is gone altogether, are other questions."""
    assert FINDER.find(question).intents[0][0] == intent


@pytest.mark.parametrize(
    "question", ["今天北京下雨吗", "推荐一首歌", "微粒贷怎么申请", "花呗能在超市用吗", "hello", "", "??", "  "]
)
def test_other_matters_are_out_of_scope(question: str) -> None:
    """Chat, other products and nothing at all are not in scope."""
    assert not FINDER.find(question).in_scope


@pytest.mark.parametrize(
    "question",
    ["法院给我寄来传票", "被骗着把验证码给出去了", "不是我借的，有人冒用我的名字", "collectors rang at midnight"],
)
def test_people_in_trouble_are_not_turned_away(question: str) -> None:
    """A call for help is answered also where it is written as nobody of us would write it."""
    assert FINDER.find(question).in_scope


def test_a_sentence_of_many_meanings_is_never_sure() -> None:
    """What nobody can understand is answered by a choice, however clearly it cannot be understood."""
    vague = [text for text in LIBRARY.intents["unclear"].phrasings if FINDER.find(text).intents[0][0] == "unclear"]
    assert len(vague) > 10
    assert all(FINDER.find(text).unsure for text in vague)


def test_refusals_are_one_however_they_are_typed() -> None:
    """With an apostrophe, a curly one, none at all or in full, a refusal is the same."""
    said = (
        "why can't i borrow",
        "why can\u2019t i borrow",
        "why cant i borrow",
        "why cannot i borrow",
        "Why can not I borrow",
    )
    assert len({FINDER.find(text) for text in said}) == 1
    assert FINDER.find("it doesnt work") == FINDER.find("it does not work") == FINDER.find("it doesn't work")


def test_the_name_of_the_product_does_not_decide() -> None:
    """A question of our matter is in scope without the name, and chat with the name gains nothing from it."""
    assert FINDER.find("提前还款收不收手续费").in_scope
    plain, named = FINDER.find("今天北京下雨吗"), FINDER.find("借呗今天北京下雨吗")
    assert named.score < 0.5
    assert abs(plain.score - named.score) < 0.2


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=700))
def test_any_text_has_a_finding(question: str) -> None:
    """Whatever is typed: beliefs in order and at most one, entries that exist, intents that are in scope."""
    finding = FINDER.find(question)
    beliefs = [belief for _, belief in finding.intents]
    assert len(beliefs) == MOST_INTENTS
    assert beliefs == sorted(beliefs, reverse=True)
    assert sum(beliefs) <= 1.001
    assert 0 <= finding.score <= 1
    assert all(LIBRARY.intents[slug].in_scope for slug, _ in finding.intents)
    assert all(name in LIBRARY.articles for name in finding.entries)


def test_a_question_takes_a_moment() -> None:
    """A question takes less than five milliseconds of the processor, a very long one less than fifty."""
    questions = [text for intent in LIBRARY.intents.values() for text in intent.phrasings[:2]]
    before = time.process_time()
    for question in questions:
        FINDER.find(question)
    assert (time.process_time() - before) / len(questions) < 0.005
    before = time.process_time()
    FINDER.find("借呗提前还款" * 20_000)
    assert time.process_time() - before < 0.05


def test_the_document_is_as_the_contract_says() -> None:
    """Intents are slugs best first, entries are ids, the score is a number."""
    finding = FINDER.find("怎么提额")
    document = ask_document(finding)
    assert document["intents"] == [slug for slug, _ in finding.intents]
    assert document["entries"][0] in LIBRARY.articles
    assert document["in_scope"] is True
    assert 0.5 <= document["score"] <= 1


def test_every_intent_finds_its_own_phrasings() -> None:
    """Learned phrasings lead home: at least nine in ten first, and every intent at least three in four."""
    shares = {}
    for slug, intent in LIBRARY.intents.items():
        if intent.in_scope:
            found = [FINDER.find(text).intents[0][0] == slug for text in intent.phrasings[::5]]
            shares[slug] = sum(found) / len(found)
    assert sum(shares.values()) / len(shares) > 0.9
    assert min(shares.values()) > 0.75, min(shares, key=lambda slug: shares[slug])


def test_what_ships_as_learned_is_fresh() -> None:
    """The kept weights belong to the phrasings that ship; ``python -m knowledge learn`` renews them."""
    assert PROBLEMS == ()
    assert learned_is_fresh(), "run python -m knowledge learn"
    assert recall(HOME / LEARNED, "another fingerprint") is None
