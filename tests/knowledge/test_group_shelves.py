"""What must hold of quizzes and of replies kept ready: whole, sourced, short enough for a poll, and no bad advice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from knowledge.checking import check
from knowledge.loading import load
from tests.knowledge.shipped import shipped
from tests.knowledge.small_library import write_library

QUIZ = """
id: fees
title: {zh: 先交钱, en: Fees first}
question: {zh: 先交钱才放款，是骗局吗？, en: Fees before the loan?}
options: [{zh: 是, en: "Yes, a scam"}, {zh: 不是, en: "No, usual"}]
right: 0
why: {zh: 放款前要钱的就是骗。, en: Whoever asks for money before lending is a scam.}
facts: [LI-01]
"""
REPLY = """
id: calm
title: {zh: 慢慢来, en: No hurry}
words: {zh: 额度由平台自己评。, en: The platform decides on the line.}
"""


def _wrong(folder: Path, quiz: str = QUIZ, reply: str = REPLY) -> list[tuple[str, str]]:
    files: dict[str, str | None] = {"quizzes/fees.yaml": quiz, "ready/calm.yaml": reply}
    library, problems = load(write_library(folder, files))
    found = check(library, dt.date(2026, 11, 21))
    return [(problem.field, problem.reason) for problem in (*problems, *found) if problem.grave]


def test_a_sound_quiz_and_reply(tmp_path: Path) -> None:
    """A whole quiz and a whole reply load without a fault."""
    assert _wrong(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "field", "reason"),
    [
        ("right: 0", "right: 2", "right", "place of one"),
        ("right: 0", "right: -1", "right", "place of one"),
        (', {zh: 不是, en: "No, usual"}', "", "options", "2 to 4"),
        ("title: {zh: 先交钱,", f"title: {{zh: {'先交钱' * 14},", "title", "40 letters"),
        ("facts: [LI-01]", "facts: []", "facts", "fact behind"),
        ("facts: [LI-01]", "facts: [LI-99]", "facts", "no fact LI-99"),
        ("en: Fees before the loan?", f"en: Fees {'before ' * 60}the loan?", "question", "300 letters"),
        ("放款前要钱的就是骗。", "放款前要 800 元的就是骗。", "why.zh", "says 800"),
        ("放款前要钱的就是骗。", "可以晚点还。", "why.zh", "keep_debt"),
        ('"Yes, a scam"', '"是 yes"', "options[0].en", "not English"),
    ],
)
def test_a_faulty_quiz_is_named(tmp_path: Path, old: str, new: str, field: str, reason: str) -> None:
    """Each mistake in a quiz is found with its field and what would be right."""
    assert QUIZ.count(old) == 1
    found = _wrong(tmp_path, quiz=QUIZ.replace(old, new))
    assert [one for one in found if one[0] == field and reason in one[1]], found


def test_a_faulty_reply_is_named(tmp_path: Path) -> None:
    """A reply kept ready may neither give bad advice nor say a number that no fact of its own says."""
    for words, reason in (("可以晚点还。", "keep_debt"), ("最多 70 天。", "says 70")):
        found = _wrong(tmp_path, reply=REPLY.replace("额度由平台自己评。", words))
        assert [one for one in found if reason in one[1]], found


def test_what_a_scammer_says_may_be_quoted() -> None:
    """The quizzes that ship quote scammers in question and options, and pass all lints but for our own words."""
    library, _ = shipped()
    assert any(library.banned.heard("en", quiz.question.en) for quiz in library.quizzes.values())
    assert len(library.quizzes) >= 6
    assert len(library.ready) >= 6
