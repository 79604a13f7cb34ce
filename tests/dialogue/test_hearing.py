"""Tests of the door of the hearing room: records, splitting, echoes, hostile texts, speed."""

from __future__ import annotations

import datetime as dt
import json
import time

import pytest

from bot.dialogue.hearing.hearing import KINDS, hear
from bot.dialogue.hearing.readings import Heard, heard_document
from bot.dialogue.hearing.splitting import split_answers

TODAY = dt.date(2026, 11, 21)
_HOSTILE = (
    *(
        "9" * 10**6,
        "一" * 199,
        "万" * 199,
        "1万" * 99,
        "-" * 199,
        "1-" * 99,
        "a " * 99,
        "and a half " * 18,
        "one " * 49,
    ),
    *(
        "1 000 " * 33,
        "几" * 199,
        "多" * 199,
        "不到" * 99,
        "百分之" * 66,
        "分之1" * 66,
        "1分" * 99,
        "1年" * 99,
        "零" * 199,
    ),
    *(
        "十" * 199,
        "1." * 99,
        "1,111" * 39,
        "2023年" * 24,
        "2023-05-" * 24,
        "1e" * 99,
        "\U0001f600" * 199,
        "\u0301" * 199,
    ),
    *("不不" * 99, "好几" * 99, "一个月" * 66, "¥1" * 99, "thousand " * 22, "1/2" * 66, "\ufdfa" * 199, "\ud800" * 199),
    *("１" * 400, "." * 200, "1st may 2023 " * 15, "1。1" * 66, "\u202e8000", "8000\x00", "twenty " * 28, "半" * 199),
)


def test_an_unknown_kind_is_an_error_that_names_the_right_ones() -> None:
    """The error says what was read and what would be right."""
    with pytest.raises(ValueError, match="'colour'; one of money, rate"):
        hear("colour", "8000")


def test_nothing_at_all_is_no_number() -> None:
    """Empty and blank texts are refused for every kind."""
    assert {hear(kind, blank, today=TODAY).doubt for kind in KINDS for blank in ("", "  ", "\u200b")} == {"no_number"}


def test_a_long_story_is_refused_as_too_long() -> None:
    """Beyond 200 characters a text is no answer."""
    assert hear("money", "我" * 199 + "8000").doubt == "too_long"
    assert hear("money", "我每个月的收入大概就是8000").status == "value"


@pytest.mark.parametrize("text", ["8000\n3000", "8000;3000", "8000；半年", "8000\r\n没有", "借呗8000\n半年\n没有"])
def test_answers_on_several_lines_are_not_mixed_up(text: str) -> None:
    """Two lines that both answer something are refused whole, so that they can be split."""
    assert hear("money", text).doubt == "several_numbers"


def test_a_line_break_around_one_answer_is_no_harm() -> None:
    """One answer between empty or wordy lines is still heard."""
    assert hear("money", "\n8000\n").value == 8000
    assert hear("money", "你好\n8000").value == 8000


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("8000\n3000\n半年", ("8000", "3000", "半年")),
        ("8000；3000；没有", ("8000", "3000", "没有")),
        ("8000;3000", ("8000", "3000")),
        ("8000，3000", ("8000", "3000")),
        ("8000, 3000, 12个月", ("8000", "3000", "12个月")),
        ("8000、3000", ("8000", "3000")),
        ("收入8000，负债3000", ("收入8000", "负债3000")),
        ("收入八千，负债没有，用了两年", ("收入八千", "负债没有", "用了两年")),
        ("yes, no, three", ("yes", "no", "three")),
        ("收入8000 负债3000", ("收入8000 负债3000",)),
        ("12,000", ("12,000",)),
        ("12，000", ("12，000",)),
        ("１２，０００", ("１２，０００",)),
        ("1,234,567", ("1,234,567",)),
        ("12,000,3,000", ("12,000", "3,000")),
        ("12,000，8000", ("12,000", "8000")),
        ("8000,300", ("8000", "300")),
        ("8000-10000", ("8000-10000",)),
        ("8000-10000，半年", ("8000-10000", "半年")),
        ("七、八千", ("七、八千",)),
        ("7、8千", ("7、8千",)),
        ("3、4家，两年", ("3、4家", "两年")),
        ("8000，谢谢", ("8000，谢谢",)),
        ("嗯，8000", ("嗯，8000",)),
        (",8000", (",8000",)),
        ("8000\n\n\n", ("8000",)),
        ("", ()),
        ("；；", ()),
    ],
)
def test_one_message_is_cut_into_its_answers(text: str, pieces: tuple[str, ...]) -> None:
    """Separators part answers, and never a number or a vague one."""
    assert split_answers(text) == pieces


def test_a_reading_becomes_plain_json() -> None:
    """The document carries the contract's keys, and an alternative is a document too."""
    document = heard_document(hear("rate", "18厘"))
    assert json.loads(json.dumps(document)) == document
    assert {"status", "value", "low", "high", "unit", "read_as"} <= set(document)
    assert (document["status"], document["value"], document["unit"]) == ("confirm", 0.18, "year")
    others = document["alternatives"]
    assert isinstance(others, list)
    assert [(other["value"], other["unit"]) for other in others] == [(0.018, "month")]
    assert heard_document(hear("flag", "没有"))["value"] is False


@pytest.mark.parametrize(
    ("kind", "text", "read_as"),
    [
        ("money", "3万5", "35000 yuan"),
        ("money", "8千到一万", "8000-10000 yuan"),
        ("money", "约8000", "about 8000 yuan"),
        ("money", "至少5000", "at least 5000 yuan"),
        ("money", "不到一万", "at most 10000 yuan"),
        ("money", "80块5", "80.5 yuan"),
        ("money", "年薪20万", "200000 yuan a year"),
        ("rate", "万分之五", "0.0005 per day"),
        ("rate", "月息1分2", "0.012 per month"),
        ("duration", "半年", "6 months"),
        ("duration", "两年多", "24-36 months"),
        ("days", "3天", "3 days"),
        ("percent", "两成", "20 %"),
        ("count", "两三家", "2-3"),
        ("flag", "没有", "no"),
        ("money", "abc", ""),
    ],
)
def test_the_echo_is_plain(kind: str, text: str, read_as: str) -> None:
    """What is shown back is short, in digits, with its unit."""
    assert hear(kind, text).read_as == read_as


def test_a_fall_in_percent_echoes_its_sign() -> None:
    """A range below zero is echoed with both its signs."""
    assert hear("percent", "跌20%到30%", low=-1, high=20).read_as == "-30 to -20 %"


def test_a_record_cannot_be_changed() -> None:
    """A reading is frozen, so nobody downstream can alter what was heard."""
    heard = hear("money", "8000")
    with pytest.raises(AttributeError):
        object.__getattribute__(heard, "__setattr__")("value", 9.0)
    assert isinstance(heard, Heard)


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_texts_are_refused_or_asked_back_quickly(kind: str) -> None:
    """No text of any length or make costs more than a few milliseconds; none raises."""
    for text in _HOSTILE:
        spent = []
        for _ in range(5):
            start = time.process_time()
            hear(kind, text, today=TODAY)
            split_answers(text)
            spent.append(time.process_time() - start)
        assert min(spent) < 0.05, (text[:12], min(spent))  # 10 ms promised, and five times that under a tracer


@pytest.mark.parametrize("kind", ["duration", "days"])
@pytest.mark.parametrize("text", ["300元", "300块", "¥300", "300 yuan", "300rmb", "大概300块钱", "3万元", "2千块"])
def test_money_is_no_length_of_time(kind: str, text: str) -> None:
    """An amount told where a time is asked for is told back as money, and never doubted as years."""
    heard = hear(kind, text, low=0, high=600, today=TODAY)
    assert (heard.status, heard.doubt) == ("refused", "amount_not_time")


@pytest.mark.parametrize("text", ["no", "No.", "nope", "never"])
def test_a_bare_no_is_no_length_of_time(text: str) -> None:
    """How long something has been is not answered by a no: it is asked back instead of read as nothing."""
    assert hear("duration", text, low=0, high=600, today=TODAY).status == "refused"


@pytest.mark.parametrize("text", ["一年，3块钱都没欠", "没有", "半年"])
def test_a_length_of_time_beside_other_words_stays_one(text: str) -> None:
    """Nothing is still nothing, and a time is still a time."""
    assert hear("duration", text, low=0, high=600, today=TODAY).doubt != "amount_not_time"
