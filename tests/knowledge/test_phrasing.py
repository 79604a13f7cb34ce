"""What must hold of phrases: figures per language, scripts, missing keys, and silence while they are said."""

from __future__ import annotations

import datetime as dt
import re
import sys

import pytest
import yaml

from knowledge.loading import HOME
from knowledge.phrasing import Phrasebook, bind
from knowledge.problems import Problem

heard: list[str] = []
listening: list[bool] = []
sys.addaudithook(lambda event, _details: heard.append(event) if listening else None)

FIGURES = yaml.load((HOME / "phrases" / "figures.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def book(**phrases: str) -> Phrasebook:
    page = {key: {"zh": words, "en": words} for key, words in phrases.items()}
    made, problems = bind([("figures.yaml", FIGURES), ("tried.yaml", page)])
    assert problems == []
    return made


@pytest.mark.parametrize(
    ("template", "zh", "en"),
    [
        ("{{ 8000|yuan }}", "8,000 元", "¥8,000"),
        ("{{ 35000|yuan }}", "3.5 万元", "¥35,000"),
        ("{{ 35123|yuan }}", "35,123 元", "¥35,123"),
        ("{{ 12345.678|yuan }}", "12,345.68 元", "¥12,345.68"),
        ("{{ 120000000|yuan }}", "1.2 亿元", "¥120,000,000"),
        ("{{ -500|yuan }}", "-500 元", "-¥500"),
        ("{{ 34567|about|yuan }}", "3.5 万元", "¥35,000"),
        ("{{ 0|about|yuan }}", "0 元", "¥0"),
        ("{{ 0.1234567|percent }}", "12.3%", "12.3%"),
        ("{{ 0.2|percent }}", "20%", "20%"),
        ("{{ 0.0005|rate('day') }}", "日利率 0.05%", "0.05% a day"),
        ("{{ 0.182|rate }}", "年利率 18.2%", "18.2% a year"),
        ("{{ 1|months }}", "1 个月", "1 month"),
        ("{{ 18|months }}", "18 个月", "18 months"),
        ("{{ 24|months }}", "2 年", "2 years"),
        ("{{ '2024-09'|date }}", "2024 年 9 月", "September 2024"),
        ("{{ '2024'|date }}", "2024 年", "2024"),
        ("{{ 1234567|number }}", "1,234,567", "1,234,567"),
        ("{{ ['a']|joined }}", "a", "a"),
        ("{{ ['a', 'b', 'c']|joined }}", "a、b和c", "a, b and c"),
    ],
)
def test_figures_read_as_each_language_writes_them(template: str, zh: str, en: str) -> None:
    """Every filter writes its figure the way readers of each language expect."""
    said = book(tried=template)
    assert said.say("zh", "tried") == zh
    assert said.say("en", "tried") == en


def test_a_date_is_said_in_full() -> None:
    """A date given as data is written out in the reader's language."""
    said = book(tried="{{ day|date }}")
    assert said.say("zh", "tried", day=dt.date(2026, 11, 21)) == "2026 年 11 月 21 日"
    assert said.say("en", "tried", day=dt.date(2026, 11, 21)) == "21 November 2026"


def test_traditional_is_converted_by_phrases_not_characters() -> None:
    """Traditional readers get the right one of several characters, decided by the phrase around it."""
    said = book(tried="头发和发生，周转，里面，征信，{{ word }}")
    assert said.say("zh-hant", "tried", word="借呗") == "頭髮和發生，週轉，裡面，徵信，借唄"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("总结发到群里", "總結發到群裡"),
        ("再问发卡行，保留发票", "再問發卡行，保留發票"),
        ("剪头发，理发", "剪頭髮，理髮"),
        ("自己签的授权书，要签什么", "自己簽的授權書，要簽什麼"),
        ("不贴标签，抽签", "不貼標籤，抽籤"),
        ("多半只够付利息，是只给用过的", "多半只夠付利息，是只給用過的"),
        ("推荐几只股票，一只", "推薦幾隻股票，一隻"),
        ("写进现金表，手表", "寫進現金表，手錶"),
        ("和已选的互相冲突", "和已選的互相衝突"),
        ("寫明了谁可以查，一目了然", "寫明了誰可以查，一目瞭然"),
        ("法定制度", "法定制度"),
        ("从卡里扣，“先用后付”里，本金里扣", "從卡裡扣，「先用後付」裡，本金裡扣"),
        ("多少天后付款", "多少天後付款"),
        ("三公里，阿里巴巴", "三公里，阿里巴巴"),
    ],
)
def test_where_two_words_meet_the_right_character_stands(written: str, said: str) -> None:
    """Characters that the tables take for those of another word are put right, and true ones stay."""
    assert book(tried=written).say("zh-hant", "tried") == said


def test_a_missing_phrase_is_named() -> None:
    """Asking for a phrase that nobody wrote raises KeyError with its name."""
    with pytest.raises(KeyError, match="no_such_phrase"):
        book().say("en", "no_such_phrase")


def test_missing_data_is_an_error_not_a_blank() -> None:
    """A template never says an empty place where data was forgotten."""
    with pytest.raises(Exception, match="amount"):
        book(tried="{{ amount }} yuan").say("en", "tried")


def test_broken_and_doubled_templates_are_problems() -> None:
    """A broken template and a doubled key come back with file, key and language."""
    page = {"one": {"zh": "{{ a", "en": "fine"}, "two": {"zh": "{{ a|nonsense }}", "en": "fine"}}
    _, problems = bind([("first.yaml", page), ("second.yaml", {"one": {"en": "again"}})])
    assert [(p.file, p.field) for p in problems] == [
        ("first.yaml", "one.zh"),
        ("first.yaml", "two.zh"),
        ("second.yaml", "one.en"),
    ]
    assert all(isinstance(problem, Problem) for problem in problems)


def test_templates_cannot_reach_into_python() -> None:
    """The sandbox refuses attributes that lead out of the data."""
    with pytest.raises(Exception, match="unsafe"):
        book(tried="{{ word.__class__.__mro__ }}").say("en", "tried", word="x")


def test_saying_opens_compiles_and_imports_nothing() -> None:
    """Saying a phrase in any script touches no file, compiler, import or socket."""
    said = book(tried="{{ amount|about|yuan }} {% for one in many %}{{ one|percent }}{% endfor %}")
    heard.clear()
    listening.append(True)
    try:
        for language in ("zh", "zh-hant", "en"):
            said.say(language, "tried", amount=34567.0, many=[0.1, 0.2])
    finally:
        listening.clear()
    assert not {"open", "compile", "import", "exec", "socket.connect"} & set(heard)


def test_words_that_were_converted_before_are_not_converted_again() -> None:
    """Traditional words filled into a phrase keep the characters that a second conversion would take for others."""
    book, _ = bind([])
    for said in ("据说人工干预不了。", "合伙的人了望一下。"):
        once = book.in_script("zh-hant", said)
        assert book.in_script("zh-hant", once) == once


def test_traditional_words_are_quoted_in_corners() -> None:
    """Traditional Chinese has its own quotation marks, also where a quotation stands within one."""
    said = book(tried="他说“别信‘代办’”。")
    assert said.say("zh-hant", "tried") == "他說「別信『代辦』」。"
    assert said.say("zh", "tried") == "他说“别信‘代办’”。"


def test_no_gap_stands_behind_a_wide_mark() -> None:
    """A full-width mark is as wide as a letter and brings its own space; a blank behind it tears the line."""
    pages = sorted((HOME / "phrases").glob("*.yaml"))
    torn = [
        f"{page.stem} {key}"
        for page in pages
        for key, words in yaml.load(page.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader).items()
        if re.search(r"[：，。；、]\**[ ]+[^\s{]", words["zh"])
    ]
    assert torn == []
