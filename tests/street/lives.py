"""Lives for the screenshots: what somebody says and presses on the page, step by step, until the card is looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One thing somebody does: say words, or press the last button whose label begins so; and the picture's name."""

    words: str
    press: bool = False
    picture: str = ""


@dataclass(frozen=True)
class Life:
    """A person, and what happens in one of their chats."""

    name: str
    person: str
    language: str
    steps: tuple[Step, ...]
    theme: str = "light"
    group: bool = False


def says(words: str, picture: str = "") -> Step:
    """Somebody writes."""
    return Step(words, press=False, picture=picture)


def presses(label: str, picture: str = "") -> Step:
    """Somebody presses a button."""
    return Step(label, press=True, picture=picture)


LIVES = (
    Life(
        "assess_zh",
        "lin",
        "zh",
        (
            says("/start", "consent"),
            presses("同意", "age"),
            presses("已满", "menu"),
            presses("估一估", "first_question"),
            presses("个人", "line"),
            says("1万", "next_question"),
            presses("为什么问", "why"),
            says("半年"),
            says("先看结果", "result"),
            says("提前还款会影响额度吗", "answer"),
            says("我的数据", "data"),
            says("/plan", "plan_target"),
            says("3万", "plan"),
        ),
    ),
    Life(
        "assess_hant",
        "mei",
        "zh-hant",
        (
            says("/start", "consent"),
            presses("同意", "age"),
            presses("已滿", "menu"),
            presses("估一估", "first_question"),
            presses("生意", "line"),
            says("20萬", "next_question"),
            says("先看結果", "result"),
        ),
        theme="dark",
    ),
    Life(
        "assess_en",
        "emma",
        "en",
        (
            says("/start", "consent"),
            presses("I agree", "age"),
            presses("I am 18 or older", "menu"),
            presses("Assess", "first_question"),
            presses("Myself", "line"),
            says("10k", "next_question"),
            says("half a year"),
            says("show me now", "result"),
            says("/plan", "plan_target"),
            says("30k", "plan"),
        ),
    ),
    Life(
        "vanished_zh",
        "adviser",
        "zh",
        (
            says("/start"),
            presses("同意"),
            presses("已满"),
            presses("额度为什么", "first_question"),
            presses("个人", "second_question"),
            says("还清以后额度就没了", "third_question"),
            says("先看结果", "causes"),
        ),
    ),
    Life(
        "group_zh",
        "lin",
        "zh",
        (
            says("/ask@limit_guide_bot 提前还款会影响额度吗", "answer"),
            says("/consult@limit_guide_bot", "consult"),
        ),
        group=True,
    ),
)
