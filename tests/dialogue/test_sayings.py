"""Sayings: a quick choice said in a person's own words, whole, among other words, denied, or asked about."""

from __future__ import annotations

import pytest

from bot.dialogue.answering import Missed, read_answer
from bot.dialogue.cards import doubt_card
from bot.dialogue.conversation import Answer, Conversation, Doubt
from bot.dialogue.hearing.sayings import hear_saying
from tests.journeys.walking import NOW, scene_now

QUESTIONS = scene_now().library.questions
WHO = Conversation(id="x", consent_at=NOW, adult=True, goal="assess")


@pytest.mark.parametrize("name", sorted(name for name, q in QUESTIONS.items() if any(c.said for c in q.choices)))
def test_every_saying_is_read_as_its_own_choice(name: str) -> None:
    """Each way of saying a choice that the shelf knows gives that choice, with its band, at once."""
    for choice in QUESTIONS[name].choices:
        for saying in choice.said:
            heard = read_answer(WHO, QUESTIONS[name], saying, scene_now())
            assert isinstance(heard, Answer), (saying, heard)
            assert (heard.value, heard.low, heard.high) == (choice.value, choice.low, choice.high), saying


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("kind", "我自己用的", "person"),
        ("kind", "跑外卖的", "person"),
        ("kind", "开店用的", "business"),
        ("kind", "for my shop", "business"),
        ("purpose", "主要是交房租吧", "necessities"),
        ("purpose", "it's mostly for rent", "necessities"),
        ("overdue_now", "都按时还的", False),
        ("overdue_now", "还没还", True),
        ("receivable_days", "月结的", 32),
        ("cost_method", "等额本息", "equal_instalment"),
        ("lower_to", "關掉", 0),
        ("page_says", "页面上写着暂无额度", "no_line"),
    ],
)
def test_small_words_around_a_saying_do_not_matter(name: str, words: str, value: object) -> None:
    """Openings and endings that mean nothing are left out, in either script."""
    heard = read_answer(WHO, QUESTIONS[name], words, scene_now())
    assert isinstance(heard, Answer), heard
    assert heard.value == value


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("page_says", "页面上说额度被冻结，让我过几天再看", "suspended"),
        ("kind", "我是在深圳送外卖的，跑了三年了", "person"),
        ("lender_changed", "好像换成了另一家银行", True),
    ],
)
def test_a_choice_among_other_words_is_asked_back(name: str, words: str, value: object) -> None:
    """A longer sentence that names one choice is told back and waits for a yes, in words and never as a code."""
    heard = read_answer(WHO, QUESTIONS[name], words, scene_now())
    assert isinstance(heard, Doubt), heard
    assert heard.value == value
    card = doubt_card(WHO, QUESTIONS[name], heard, scene_now())
    assert str(value) not in card.model_dump_json(include={"blocks"})


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("kind", "不是做生意"),
        ("page_says", "没有暂停使用"),
        ("cost_lender", "消费金融公司是什么"),
        ("purpose", "能拿来炒股吗"),
    ],
)
def test_a_denied_or_asked_choice_is_not_taken(name: str, words: str) -> None:
    """A choice after a "not", or inside a question, is no answer."""
    assert isinstance(read_answer(WHO, QUESTIONS[name], words, scene_now()), Missed)


def test_a_longer_saying_hides_the_one_inside_it() -> None:
    """Where one saying holds another, only the longer one was said; two apart are both told, in their order."""
    ways = (("open",), ("open soon",), ("shut",))
    assert hear_saying("the page says open soon", ways).within == (1,)
    assert hear_saying("first shut then open again", ways).within == (2, 0)


def test_never_having_changed_is_asked_back_with_what_to_say() -> None:
    """Where nothing ever changed, how long it has stood so cannot be read from a no."""
    for words in ("没有", "一直没变过", "never"):
        heard = read_answer(WHO, QUESTIONS["months_since_change"], words, scene_now())
        assert isinstance(heard, Missed)
        assert heard.why == "never"


@pytest.mark.parametrize(
    ("words", "months"),
    [("半年没动了", 6), ("两年没涨了", 24), ("三个月前降过一次", 3), ("开通到现在一年多没变", 18), ("半年前升的", 6)],
)
def test_talk_of_change_beside_a_time_is_only_talk(words: str, months: float) -> None:
    """How long a line has stood still is read from the way people say it."""
    heard = read_answer(WHO, QUESTIONS["months_since_change"], words, scene_now())
    assert isinstance(heard, Answer), heard
    assert heard.value == months


@pytest.mark.parametrize(("words", "days"), [("11月15日", 6), ("11月15号", 6), ("12月1日", 355)])
def test_a_day_without_its_year_is_the_last_such_day(words: str, days: float) -> None:
    """A day of the calendar where days are counted is that day, and not so many months and days."""
    heard = read_answer(WHO, QUESTIONS["days_since"], words, scene_now())
    assert isinstance(heard, Answer), heard
    assert heard.value == days


@pytest.mark.parametrize(
    ("name", "words", "total"),
    [
        ("monthly_debt_service", "花呗500加信用卡800", 1300.0),
        ("monthly_debt_service", "花呗500，信用卡800，车贷500", 1800.0),
        ("afford_living", "房租1200吃饭1500", 2700.0),
        ("monthly_income", "工资5000，兼职两千", 7000.0),
        ("monthly_debt_service", "card 800 and car 2000", 2800.0),
    ],
)
def test_parts_of_a_sum_are_added_up_and_asked_back(name: str, words: str, total: float) -> None:
    """Somebody who lists what makes up the sum that is asked for hears the sum, and may choose a part instead."""
    heard = read_answer(WHO, QUESTIONS[name], words, scene_now())
    assert isinstance(heard, Doubt), heard
    assert heard.value == total
    assert total not in heard.others


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("monthly_debt_service", "1500，8000"),
        ("current_line", "总额一万，可用三千"),
        ("cost_rate", "日息万三，年化百分之十"),
    ],
)
def test_other_numbers_are_never_added_up(name: str, words: str) -> None:
    """Bare numbers, and numbers where no sum is asked for, stay apart."""
    heard = read_answer(WHO, QUESTIONS[name], words, scene_now())
    assert not isinstance(heard, Answer)
    assert not isinstance(heard, Doubt) or heard.value not in {9500.0, 13000.0}


def test_all_at_once_is_no_number() -> None:
    """Having repaid at one go counts no yuan."""
    heard = read_answer(WHO, QUESTIONS["repaid"], "我一次性把五万都还清了", scene_now())
    assert isinstance(heard, Answer | Doubt)
    assert heard.value == 50_000
    assert not isinstance(heard, Doubt) or not heard.others


def test_a_fee_without_its_unit_is_yuan_where_no_share_is_so_large() -> None:
    """A fee of two thousand on a loan of a hundred thousand is two percent of it; two is two percent as well."""
    who = WHO.but(goal="cost", answers={"cost_amount": Answer(value=100_000.0, at=NOW, source="said")})
    for words in ("手续费两千", "2000", "2%"):
        heard = read_answer(who, QUESTIONS["cost_fee_share"], words, scene_now())
        assert isinstance(heard, Answer | Doubt), words
        assert heard.value == pytest.approx(0.02), words
