"""Lives for the screenshots: what somebody says and presses on the page, step by step, until the card is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Step:
    """One thing somebody does: say words, or press the last button whose label begins so; and the picture's name.

    ``by`` is whoever does it, the life's own person when empty; with ``chat`` they open that of their chats before.
    Without words nothing more is done, but so many seconds pass that are ``later``.
    """

    words: str
    press: bool = False
    picture: str = ""
    by: str = ""
    chat: int | None = None
    later: int = 0


@dataclass(frozen=True)
class Life:
    """A person, and what happens in one of their chats; in a life of many, what others do is told of each step."""

    name: str
    person: str
    language: str
    steps: tuple[Step, ...]
    theme: str = "light"
    group: bool = False
    many: bool = False


def says(words: str, picture: str = "") -> Step:
    """Somebody writes."""
    return Step(words, press=False, picture=picture)


def presses(label: str, picture: str = "") -> Step:
    """Somebody presses a button."""
    return Step(label, press=True, picture=picture)


def looks(chat: int, picture: str) -> Step:
    """Somebody opens one of their chats and looks at it."""
    return Step("", picture=picture, chat=chat)


def _by(name: str, *steps: Step) -> tuple[Step, ...]:
    return tuple(replace(step, by=name) for step in steps)


def _ready(agree: str, adult: str) -> tuple[Step, ...]:
    return (says("/start", "consent"), presses(agree, "age"), presses(adult, "menu"))


def _comes_in(
    name: str, agree: tuple[str, str], answers: tuple[str, ...], fill: str, show: tuple[str, str]
) -> tuple[Step, ...]:
    """A member takes part in private, answers, adds what a card still needs, and lets the group see their card."""
    door = replace(presses("参加", "door"), chat=1)
    *said, last = map(says, answers)
    filled = (presses(show[0], "missing"), presses(fill), says("3000"), says("0"))
    shown = (replace(last, picture="result"), *filled, presses(show[0], "preview"), presses(show[1], "agreed"))
    return _by(name, door, *map(presses, agree), *said, *shown)


_UNTIL_LAID = (Step("", later=30),) * 2
"""Whoever slept over the moment of a laying hears first what everybody pressed before, and lays a little later."""

_CONSULTATION = (
    *_by("adviser", replace(says("/consult@limit_guide_bot 还款后额度没恢复", "opened"), chat=1)),
    *_comes_in(
        "lin",
        ("同意", "已满"),
        ("个人", "3万", "半年", "没有", "3000", "看结果"),
        "补上：待还本金",
        ("群里可以看到什么", "同意给群里看"),
    ),
    *_comes_in(
        "mei",
        ("同意", "已滿"),
        ("个人", "5万", "一年", "没有", "2000", "9000", "先看结果"),
        "補上：待還本金",
        ("群裡可以看到", "同意給"),
    ),
    *_comes_in(
        "emma",
        ("I agree", "I am 18"),
        ("Myself", "20k", "a year", "no", "1000", "7000", "show me now"),
        "Answer: Still owed",
        ("What the group", "Show it"),
    ),
    *_by("emma", replace(says("/ask@limit_guide_bot does repaying early hurt my line?", "asked"), chat=1)),
    *_by(
        "lin",
        replace(says("我的手机号是13812345678，帮我看看", "own_number"), chat=1),
        looks(1, "waiting"),
        Step("", later=600),
        *_UNTIL_LAID,
        looks(1, "table"),
        replace(presses("查看或更改", "seat"), chat=0),
        presses("悄悄撤回", "leaving"),
    ),
    *_by(
        "adviser",
        presses("顾问入口", "desk"),
        presses("案例 A", "case"),
        presses("回到这场咨询"),
        presses("给群里", "to_group"),
        presses("发起投票", "vote"),
        presses("发到群里"),
        presses("暂停、结束", "more"),
        presses("结束咨询", "sure"),
        presses("确定结束", "ended"),
    ),
    *_by("lin", looks(1, "summary"), looks(0, "told")),
    *_by("adviser", replace(says("/consult@limit_guide_bot 下一期还会降吗"), chat=1)),
    *_by("emma", replace(presses("参加"), chat=1), looks(0, "once_more")),
)

LIVES = (
    Life(
        "assess_zh",
        "lin",
        "zh",
        (
            *_ready("同意", "已满"),
            presses("估一估", "first_question"),
            presses("个人", "line"),
            says("1万", "next_question"),
            presses("为什么", "why"),
            *map(says, ("半年", "没有", "1500", "15000")),
            says("先看结果", "result"),
            presses("全部原因", "reasons"),
            presses("发成图片", "waterfall"),
            presses("回到结果"),
            presses("往后12个月", "months"),
            presses("发成图片", "fan"),
            presses("回到结果"),
            presses("按月计划", "by_month"),
            presses("回到结果"),
            presses("更多", "rest"),
            presses("相近的例子", "case"),
            presses("回到结果"),
            presses("文件和提醒", "files"),
            presses("PDF", "pdf"),
            presses("放进日历", "calendar"),
            presses("回到结果", "below"),
            presses("更多"),
            presses("依据和来源", "sources"),
            says("提前还款会影响额度吗", "answer"),
            says("我的数据", "data"),
        ),
    ),
    Life(
        "plan_hant",
        "mei",
        "zh-hant",
        (
            *_ready("同意", "已滿"),
            presses("想到某個額度", "first_question"),
            presses("生意", "line"),
            *map(says, ("20萬", "一年以上", "沒有", "880000", "12%", "45天")),
            says("先看結果", "result"),
            presses("想到某個額度", "target"),
            says("30萬", "plan"),
            presses("按月計劃", "by_month"),
        ),
        theme="dark",
    ),
    Life(
        "assess_en",
        "emma",
        "en",
        (
            *_ready("I agree", "I am 18"),
            presses("Assess", "first_question"),
            presses("Myself", "line"),
            says("10k", "next_question"),
            *map(says, ("half a year", "no", "1,800", "12k")),
            says("show me now", "result"),
            presses("All reasons", "reasons"),
            presses("Back to the result"),
            presses("Months ahead", "months"),
            presses("As a picture", "fan"),
            presses("Back to the result"),
            presses("Files & reminders", "files"),
            presses("PDF", "pdf"),
            presses("Back to the result"),
            presses("More", "rest"),
            presses("Change an answer", "edit"),
            says("does repaying early hurt my line?", "answer"),
        ),
    ),
    Life(
        "debts_zh",
        "adviser",
        "zh",
        (
            *_ready("同意", "已满"),
            presses("估一估"),
            presses("个人"),
            *map(says, ("5万", "一个月内", "有", "9000", "7500", "5家", "8", "3000", "四万八")),
            says("先看结果", "debt_plan"),
            presses("一步步", "steps"),
            presses("回到减债计划"),
            presses("找谁", "whom"),
            presses("回到减债计划"),
            presses("一起算", "budget"),
        ),
    ),
    Life(
        "vanished_zh",
        "operator",
        "zh",
        (
            *_ready("同意", "已满"),
            presses("额度为什么", "first_question"),
            presses("个人", "second_question"),
            presses("暂无额度", "third_question"),
            *map(says, ("2万", "是的", "3天")),
            says("先看结果", "causes"),
            presses("1.", "cause"),
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
    Life("consultation", "lin", "zh", _CONSULTATION, many=True),
)
