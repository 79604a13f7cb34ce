"""What must hold of the lints: each mistake is found with its file and field, and clean shelves stay silent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from knowledge.advice import BannedAdvice
from knowledge.checking import check
from knowledge.loading import load
from knowledge.problems import Problem
from tests.knowledge.shipped import shipped
from tests.knowledge.small_library import changed, write_library

TODAY = dt.date(2026, 11, 21)


def found(folder: Path, changes: Mapping[str, str | None], today: dt.date = TODAY) -> tuple[Problem, ...]:
    library, problems = load(write_library(folder, changes))
    assert problems == ()
    return check(library, today)


def test_a_sound_library_has_no_fault(tmp_path: Path) -> None:
    """The small library is clean."""
    assert found(tmp_path, {}) == ()


def test_the_library_that_ships_has_no_grave_fault() -> None:
    """Everything that ships is loaded and passes every lint."""
    library, problems = shipped()
    assert [problem.line() for problem in (*problems, *check(library, TODAY)) if problem.grave] == []


FOR_EDITORS = ("种子", "起点文章", "本库", "孤证", "须核", "用前", "观察于", "推断", "founding article")
"""Words by which editors speak to each other; no reservation that readers see may hold one."""


def test_reservations_speak_to_readers() -> None:
    """Every reservation that is shown is one short sentence without editors' words."""
    notes = [fact.note for fact in shipped()[0].facts.values() if fact.use == "caution" and fact.note is not None]
    assert [words for note in notes for words in note if any(word in words for word in FOR_EDITORS)] == []
    assert max(len(note.zh) for note in notes) <= 48
    assert max(len(note.en) for note in notes) <= 140


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("articles/raise.md", "facts: [LI-01]", "facts: [LI-77]", ("articles/raise.md", "facts", "no fact LI-77")),
        ("facts/limits.yaml", "  use: ok", "  use: 'no'", ("articles/raise.md", "facts", "must not be told")),
        (
            "facts/limits.yaml",
            "  use: ok",
            "  use: ok\n  valid_to: '2025'",
            ("articles/raise.md", "facts", "until 2025"),
        ),
        (
            "facts/limits.yaml",
            "  note: {zh: 只是个人说法。, en: One person's view.}\n",
            "",
            ("facts/LI-02", "note", "reservation"),
        ),
        ("facts/limits.yaml", "只是个人说法。", "和LI-01矛盾。", ("facts/LI-02", "note", "LI-01 speaks to editors")),
        ("facts/limits.yaml", "One person's view.", "See a.org.", ("facts/LI-02", "note", "a.org speaks to editors")),
        (
            "articles/raise.md",
            "intents: [raise]",
            "intents: [rise]",
            ("articles/raise.md", "intents", "no intent rise"),
        ),
        ("articles/raise.md", "intents: [raise]", "intents: []", ("intents/raise.yaml", "slug", "no article")),
        ("articles/raise.md", "intents: [raise]", "intents: []", ("articles/raise.md", "intents", "nothing leads")),
        (
            "articles/raise.md",
            "reviewed: 2026-06-01",
            "reviewed: 2025-06-01",
            ("articles/raise.md", "reviewed", "538 days"),
        ),
        (
            "articles/raise.md",
            "reviewed: 2026-06-01",
            "reviewed: 2027-06-01",
            ("articles/raise.md", "reviewed", "ahead"),
        ),
        (
            "articles/raise.md",
            "最高3000元。",
            "最高4000元。",
            ("articles/raise.md", "why.zh", "says 4000, which no cited fact says"),
        ),
        ("articles/raise.md", "没有公开的公式。", "没有,公开的公式。", ("articles/raise.md", "short.zh", "half-width")),
        (
            "articles/raise.md",
            "There is no public",
            "There is 没有 public",
            ("articles/raise.md", "short.en", "not English"),
        ),
        (
            "articles/raise.md",
            "没有公开的公式。",
            "There is no public formula.",
            ("articles/raise.md", "short.zh", "Chinese"),
        ),
        ("articles/raise.md", "没有公开的公式。", "可以晚点还。", ("articles/raise.md", "short.zh", "keep_debt")),
        (
            "articles/raise.md",
            "There is no public formula.",
            "You may pay later.",
            ("articles/raise.md", "short.en", "keep_debt"),
        ),
        (
            "intents/raise.yaml",
            "name: {zh: 怎么提额, en: Raise my line}\n",
            "",
            ("intents/raise.yaml", "name", "short name"),
        ),
        (
            "intents/late.yaml",
            "[逾期了怎么办, 忘记还款有影响吗, 晚还一天会怎样, 过了还款日]",
            "[]",
            ("intents/late.yaml", "phrasings", "own"),
        ),
        (
            "cases/first.yaml",
            "actions: [pay_on_time]",
            "actions: [fly]",
            ("cases/first.yaml", "actions", "no action fly"),
        ),
        ("cases/first.yaml", ", current_line: 20000}", "}", ("cases/first", "situation", "nobody meets")),
        (
            "actions/pay_on_time.yaml",
            "  habit: true",
            "  habit: true\n  needs: [fly]",
            ("actions/pay_on_time.yaml", "needs", "fly"),
        ),
        ("actions/pay_on_time.yaml", "on_time_months", "monthly_income", ("actions/pay_on_time", "effect", "business")),
        (
            "actions/pay_on_time.yaml",
            "how: by, amount: 1, low: 1, high: 1",
            "how: to, amount: 1, low: 1, high: 999",
            ("actions/pay_on_time", "effect", "999"),
        ),
        ("questions/monthly_income.yaml", "hear: money", "hear: flag", ("questions/monthly_income", "hear", "money")),
        (
            "questions/monthly_income.yaml",
            "kinds: [person]",
            "kinds: [business]",
            ("questions/monthly_income", "kinds", "business"),
        ),
        (
            "questions/monthly_income.yaml",
            "fact: monthly_income",
            "fact: shoe_size",
            ("questions/monthly_income", "fact", "shoe_size"),
        ),
        (
            "questions/monthly_income.yaml",
            "value: 3000, low: 0",
            "value: -3, low: -5",
            ("questions/monthly_income", "choices[0]", "-3"),
        ),
        (
            "questions/monthly_income.yaml",
            "value: 8000",
            "value: 800",
            ("questions/monthly_income", "choices[1]", "low <= value"),
        ),
        (
            "questions/monthly_income.yaml",
            "hear: money",
            "hear: money\nwhen: a b",
            ("questions/monthly_income", "when", "condition"),
        ),
        (
            "questions/monthly_income.yaml",
            "  - {value: 3000, low: 0, high: 5000, label: {zh: 5000以下, en: Under 5000}}\n",
            "",
            ("questions/monthly_income", "choices", "two to six"),
        ),
        ("guards/despair.yaml", "must: [我不想活了]", "must: [你好]", ("guards/despair", "tried.must", "not heard")),
        (
            "guards/despair.yaml",
            "must_not: [今天不想活动]",
            "must_not: [不想活]",
            ("guards/despair", "tried.must_not", "is heard"),
        ),
        (
            "guards/despair.yaml",
            "must_not: [今天不想活动]",
            "must_not: []",
            ("guards/despair", "tried.must_not", "sentences"),
        ),
        (
            "guards/banned_advice.yaml",
            "[可以晚点还。]",
            "[随便。]",
            ("guards/banned_advice.yaml", "tried", "has to be heard"),
        ),
        (
            "guards/banned_advice.yaml",
            "[不要晚点还。]",
            "[晚点还吧。]",
            ("guards/banned_advice.yaml", "tried", "must not be"),
        ),
        ("articles/raise.md", "title_en: How", "title_en: In 7 days how", ("articles/raise.md", "title.en", "says 7")),
        ("cases/first.yaml", "story: {zh: ", "story: {zh: 第17天，", ("cases/first.yaml", "story.zh", "says 17")),
        ("actions/pay_on_time.yaml", "en: Bills", "en: 9 bills", ("actions/pay_on_time.yaml", "proof.en", "says 9")),
        ("phrases/hello.yaml", "en: Hello.", "en: Hello 8.", ("phrases", "hello.plain.en", "no constant")),
        ("phrases/hello.yaml", "{zh: 你好。, en: Hello.}", "{zh: 你好。}", ("phrases", "hello.plain", "one language")),
    ],
)
def test_each_mistake_is_found(tmp_path: Path, name: str, old: str, new: str, expected: tuple[str, str, str]) -> None:
    """One mistake in one file is named where it shows."""
    file, field, reason = expected
    problems = found(tmp_path, changed(name, old, new))
    assert any(p.file == file and p.field == field and reason in p.reason for p in problems), problems


def test_a_number_may_come_from_arithmetic_that_is_told(tmp_path: Path) -> None:
    """A number that the article derives is fine once its front matter says how, and a hotline needs no source."""
    untold = changed("articles/raise.md", "最高3000元。", "最高3000元，十倍是30000元。")["articles/raise.md"]
    told = untold.replace("ability: assess", "ability: assess\nderived: {'30000': ten times 3000}")
    assert found(tmp_path / "untold", {"articles/raise.md": untold}) != ()
    assert found(tmp_path / "told", {"articles/raise.md": told}) == ()
    assert found(tmp_path / "line", changed("articles/raise.md", "没有公开的公式。", "可以打95188。")) == ()


def test_what_is_listed_as_wrong_to_do_may_be_named(tmp_path: Path) -> None:
    """Banned advice may be named where an entry says what not to do, and where a clause negates it."""
    assert found(tmp_path, changed("articles/raise.md", "- 不要付钱", "- 晚点还")) == ()
    assert found(tmp_path, changed("articles/raise.md", "没有公开的公式。", "不要晚点还。")) == ()


def test_code_in_templates_is_no_prose(tmp_path: Path) -> None:
    """Marks inside template code and addresses are not judged as prose."""
    words = "hello.plain: {zh: '{% if 1 > 0, 2 %}你好{% endif %}，见https://example.org/a?b=1。', en: 'Hello.'}"
    assert found(tmp_path, {"phrases/hello.yaml": words}) == ()


def test_grave_faults_stand_first(tmp_path: Path) -> None:
    """Hints follow what is grave, and a line says which it is."""
    changes = changed("articles/raise.md", "reviewed: 2026-06-01", "reviewed: 2025-06-01")
    changes |= changed("articles/late.md", "intents: [late]", "intents: []")
    lines = [problem.line().split(":")[0] for problem in found(tmp_path, changes)]
    assert lines == ["error", "error", "hint"]


def test_no_banned_advice_is_heard_where_none_is_written() -> None:
    """Without a list nothing is banned."""
    assert BannedAdvice().heard("zh", "可以晚点还。") == ()
