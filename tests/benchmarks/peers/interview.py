"""The interview that all peers hold: twelve cards of one shape and a check, as plain words and buttons."""

from __future__ import annotations

from collections.abc import Mapping

QUESTIONS = 12
CHECK = QUESTIONS
"""The number of the card that shows all answers."""

SLOW = "slow"
"""Who says this makes the bot busy for a while, as a long computation would."""

SLOW_SECONDS = 3.0

Rows = list[list[tuple[str, str]]]

_LABELS = ("5千以下", "5千到2万", "2万到5万", "5万到10万", "10万到30万", "30万以上", "返回", "为什么问")
_WORDS = (
    "**第 {number} 题：页面上显示的这一项大约是多少？**\n例如：3万、35000、2万到5万。大概就行；只看得到可用的部分时，"
    "加上还没还的钱就是总数。不用翻账单，记得多少说多少，之后在核对的那一页还能改；说不清就选一个最接近的范围，"
    "结果里会写明这一项是估的。\n如果最近一个月里变过，请按现在的数说；如果有好几笔，请按合计说。"
    "这里只用来算一个范围，不会发给任何平台，也不会写进日志。\n还有 {left} 题。"
)


def words(number: int, answers: Mapping[int, str]) -> str:
    """The text of a card, about 200 characters."""
    if number == CHECK:
        lines = (f"第 {one + 1} 题：{answers[one]}" for one in sorted(answers))
        return "**看看有没有记错。**\n" + "\n".join(lines)
    return _WORDS.format(number=number + 1, left=QUESTIONS - number)


def rows(number: int) -> Rows:
    """The eight buttons of a card as labels and data, row by row."""
    if number == CHECK:
        changes = [(f"改第 {one + 1} 题", f"change:{one}") for one in range(7)]
        return [[("没错，看结果", "done"), changes[0]], *(changes[one : one + 2] for one in range(1, 7, 2))]
    buttons = [(label, f"{number}:{nth}") for nth, label in enumerate(_LABELS)]
    return [buttons[nth : nth + 2] for nth in range(0, len(buttons), 2)]


def label_of(data: str) -> str:
    """What a pressed choice says."""
    return _LABELS[int(data.partition(":")[2])]


def changed(data: str) -> int:
    """The number of the card that a press on the check card wants to change."""
    return int(data.partition(":")[2])


def following(answers: Mapping[int, str]) -> int:
    """The next card: the first question without an answer, or the check."""
    return next((number for number in range(QUESTIONS) if number not in answers), CHECK)
