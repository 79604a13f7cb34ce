"""The canary: figures that nobody else has are planted in every member, and no word that a group sees holds one."""

from __future__ import annotations

import random
import re

import pytest

from bot.consultation.anonymising import anonymous
from bot.consultation.deeds import hear
from bot.consultation.laying import laid
from bot.consultation.sitting import Deed, Sitting, Word
from bot.consultation.wording import group_words, private_words, table_of
from bot.dialogue.messages import Reply
from knowledge.entries import Language
from simulator.vocabulary import FACTS, Facts, FactSpec, FactValue, Unit
from tests.consultation.canary import Aviary, sung
from tests.consultation.desking import MEMBERS
from tests.consultation.playing import ADVISER, FIRST, NOW, at_laying, crowd, moves, opened, people
from tests.consultation.secrecy import leaks
from tests.journeys.walking import scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

PHRASES = scene_now().library.phrases
NUMBERS = re.compile(r"\d[\d,.]*")


def _odd(spec: FactSpec, value: FactValue, chance: random.Random) -> FactValue:
    """A value near the drawn one that no band ends with and nobody else has, nor any standing word (270 minutes)."""
    if spec.unit in {Unit.YUAN, Unit.YUAN_PER_MONTH}:
        return float(value) // 1000 * 1000 + chance.randrange(301, 899) + chance.randrange(11, 99) / 100
    return value


def _planted(facts: Facts, chance: random.Random) -> Facts:
    return Facts(facts.kind, {name: _odd(FACTS[name], value, chance) for name, value in facts.values.items()})


def _figures(facts: Facts) -> set[str]:
    """The planted amounts as they could be written."""
    money = [value for name, value in facts.values.items() if FACTS[name].unit in {Unit.YUAN, Unit.YUAN_PER_MONTH}]
    return {form for one in map(float, money) for form in (f"{one:.2f}", f"{one:,.2f}", f"{one:.0f}", f"{one:,.0f}")}


def _all_words(reply: Reply) -> str:
    return reply.model_dump_json()


def _seen(sitting: Sitting, words: tuple[Word, ...], language: Language) -> list[str]:
    """Everything that the group sees after a deed."""
    to_all = [group_words(word, PHRASES, language) for word in words if word.to == ""]
    return [_all_words(table_of(sitting, PHRASES, language, NOW)), *to_all]


@pytest.mark.parametrize("seed", range(100))
def test_no_planted_figure_is_ever_seen_by_the_group(seed: int) -> None:
    """In a random sitting neither a figure nor a number of any member appears in a table, a case or a button."""
    chance, members = random.Random(seed), 8
    facts = [_planted(one, chance) for one in people(1000 + seed % 5, 400)[seed : seed + members]]
    planted = {form for one in facts for form in _figures(one)}
    language: Language = "zh-hant" if seed % 20 == 0 else ("zh", "en")[seed % 2]
    sitting, everything = opened(seed), []
    for deed, who, adviser in moves(seed, members, 50):
        place = int(who.removeprefix("tg:")) - FIRST
        card = anonymous(facts[place], crowd()) if deed.way == "show" and 0 <= place < members else None
        mine = deed.model_copy(update={"card": card})
        before = sitting
        sitting, words = hear(sitting, mine, who, adviser=adviser, now=NOW)
        everything += _seen(sitting, words, language) if sitting != before or words else []
        sitting = at_laying(sitting) if chance.random() < 0.1 else sitting
    seen = "\n".join(everything)
    assert "consultation" in seen.lower() or "\u54a8\u8be2" in seen or "\u8aee\u8a62" in seen
    assert planted & set(NUMBERS.findall(seen)) == set()
    assert [place for place in range(members + 2) if str(FIRST + place) in seen] == []
    assert ADVISER not in seen


def test_the_canary_would_sing() -> None:
    """The search finds a planted figure where somebody else's words let one out."""
    facts = _planted(people(1000, 400)[0], random.Random(1))
    leaked = f"their line is {facts.number('current_line'):,.2f} yuan"
    assert [form for form in _figures(facts) if form in set(NUMBERS.findall(leaked))] != []


@pytest.mark.parametrize("language", ["zh", "zh-hant", "en"])
def test_every_word_can_be_said(language: Language) -> None:
    """Each code that a sitting answers with has its words, in private and in the group."""
    sitting = opened()
    for number in range(15):
        for way in ("join", "show"):
            card = anonymous(people(1000, 400)[number], crowd())
            heard = hear(sitting, Deed(way=way, card=card), f"tg:{number}", adviser=False, now=NOW)
            for word in heard.words:
                assert private_words(word, heard.sitting, PHRASES, language, NOW)
            sitting = heard.sitting
    came = laid(sitting, sitting.lays_at or NOW)
    slips = hear(came.sitting, Deed(way="slip"), came.sitting.cases[0].member, adviser=False, now=NOW)
    went = laid(slips.sitting, slips.sitting.lays_at or NOW)
    for word in (*came.words, *slips.words, *went.words):
        assert private_words(word, went.sitting, PHRASES, language, NOW)
    sitting = came.sitting
    for way, who in (("case", ""), ("resolve", ADVISER), ("reopen", ADVISER), ("close", ADVISER), ("join", "tg:1")):
        heard = hear(sitting, Deed(way=way, letter="A"), who, adviser=who == ADVISER, now=NOW)
        for word in heard.words:
            said = (
                private_words(word, sitting, PHRASES, language, NOW)
                if word.to
                else group_words(word, PHRASES, language)
            )
            assert said
        sitting = heard.sitting
    for way in ("hide", "withdraw", "withdraw", "show"):
        heard = hear(sitting, Deed(way=way), "tg:1", adviser=False, now=NOW)
        assert all(word.to == "" or private_words(word, sitting, PHRASES, language, NOW) for word in heard.words)


@pytest.mark.parametrize("seed", range(100))
def test_the_wired_bot_lets_nothing_out(seed: int) -> None:
    """Whatever is pressed, typed, drafted and voted: the group, presses there and the log hold no member's figure."""
    assert sung(seed) == []


def test_the_wired_canary_would_sing() -> None:
    """The same search finds members' figures where they belong: in private talks and on the desk of an adviser."""
    room = Aviary(0)
    room.lives()
    for who in MEMBERS:
        room.presses(who, f"own:{room.sitting.id}:see")
        room.take(who, command="mydata")
    room.store.dispose()
    assert leaks("\n".join(room.alone), room.facts.values())


def test_a_figure_off_the_path_is_heard_too() -> None:
    """An adviser's words hold no figure of a member who looks at something else at that moment."""
    assert sung(841) == []
