"""What a group of people who speak different languages is told: each in theirs, and nobody in danger is left alone."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from bot.channels.telegram.rendering import render
from bot.consultation.anonymising import cards_of, why_wide
from bot.consultation.protecting import found_in
from bot.consultation.sitting import Sitting, Word
from bot.consultation.wording import private_words
from bot.dialogue.abilities.ask import folded_reply
from bot.dialogue.conversation import Conversation, Language
from bot.dialogue.messages import Arrival, Text
from bot.dialogue.protected import DANGER, language_heard
from bot.dialogue.public import public_turn
from bot.dialogue.scene import Scene, Turn
from simulator.vocabulary import Facts, Kind
from tests.consultation.gathering import Gathering, moments, pressed, toast
from tests.consultation.protecting_measured import TALK, library
from tests.faults.living import lent_house
from tests.faults.named import lived

NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)
GROUP = Conversation(id="tg:-100", language="zh", language_chosen=True)


def _cries(words: str) -> bool:
    return library().watch.hears(DANGER, words)


def _turn(**arrival: object) -> Turn:
    told = {"key": "k", "at": NOW, "public": True, "place": 7, "speaker": "tg:9", **arrival}
    return public_turn(GROUP, Arrival.model_validate(told), Scene(lent_house().library, {}, NOW))


def _words(turn: Turn) -> str:
    return "\n".join(block.markup for reply in turn.replies for block in reply.blocks if isinstance(block, Text))


@pytest.mark.parametrize(
    ("words", "device", "heard"),
    [
        ("does it hurt", "zh-hans", "en"),
        ("提前还款 early", "en", "zh"),
        ("提前還款", "zh-hant", "zh-hant"),
        ("ok", "zh-hans", "zh"),
        ("", "en", "en"),
    ],
)
def test_the_language_of_words_comes_before_that_of_a_device(words: str, device: str, heard: Language) -> None:
    """Words that tell their language are answered in it; a device is asked only where they do not."""
    assert language_heard(words, device) == heard


def test_a_question_is_answered_in_its_language_and_the_group_keeps_its_own() -> None:
    """An English question gets English words and choices, also after a press; a Chinese one gets Chinese."""
    answer = _turn(text="does repaying early hurt my line?", command="ask")
    assert "Sources" in _words(answer)
    assert [reply.answers for reply in answer.replies] == [7]
    unsure = _turn(text="how did it get lower", command="ask")
    ways = [button.action for row in unsure.replies[0].buttons for button in row]
    assert all(way.startswith("en/") for way in ways)
    assert "Sources" in _words(_turn(action=ways[0], press="p"))
    assert "来源" in _words(_turn(text="提前还款会影响额度吗", command="ask"))
    assert {turn.conversation.language for turn in (answer, unsure)} == {"zh"}


def test_a_cry_is_comforted_without_asking_anything_before_everybody() -> None:
    """Whoever is in danger is told in their language whom to call; nothing is asked of them, and nothing removed."""
    said = _turn(text="I want to kill myself because of debts", command="ask")
    plain = _turn(found="distress", locale="zh-hans")
    assert ("12356" in _words(said), "12356" in _words(plain)) == (True, True)
    assert "Debts can wait" in _words(said)
    assert "?" not in _words(said)
    assert "？" not in _words(plain)
    assert [(reply.answers, reply.removes, reply.whisper_to) for reply in plain.replies] == [(7, (), None)]
    assert {turn.notes[-1].detail for turn in (said, plain)} == {DANGER}


def test_offers_come_before_cries_and_cries_before_numbers() -> None:
    """A scammer who plays with despair is one, a cry with a number stays, and plain talk is no cry."""
    lures = library().lures
    assert found_in("我不想活了，我的电话13812345678", lures, _cries) == "distress"
    assert {found_in(said, lures, _cries) for said in TALK["offers"]} == {
        found_in(said, lures) for said in TALK["offers"]
    }
    assert not any(_cries(said) for said in TALK["plain"])


def test_a_cry_said_to_nobody_is_answered_on_the_street() -> None:
    """A bot that reads along answers whoever cries, once in two minutes, and leaves their message where it stands."""
    town = Gathering(members=2)
    town.ada.promotes(town.group)
    one, two = town.members

    def cry(who: Person) -> int:
        return who.says(town.group, "欠了这么多，真的不想活了").id

    async def life(parts: Parts) -> None:
        first = cry(one)
        await moments(parts)
        cry(two)
        await moments(parts)
        told = [sight for sight in town.group.messages if sight.by_bot and "12356" in sight.text]
        assert [sight.message.reply_to for sight in told] == [first]
        assert sum("不想活" in sight.text for sight in town.group.messages) == 2
        town.clock.advance(121)
        cry(two)
        await moments(parts)
        assert sum("12356" in sight.text for sight in town.group.messages) == 2

    lived(town, life)


def test_who_presses_is_told_in_their_own_language() -> None:
    """In a group that is spoken to in English, a Chinese member's press gets Chinese words; the table keeps English."""
    town = Gathering()
    lin = town.street.person("lin", "zh-hans")
    lin.joins(town.group)

    async def life(parts: Parts) -> None:
        table = await town.three_show(parts, "tongues")
        press = await pressed(parts, lin, table, "A")
        assert "案例 A" in toast(press)
        assert "Case A" in toast(await pressed(parts, town.olga, table, "A"))
        assert "顾问" in toast(await pressed(parts, lin, table, "For advisers"))
        assert "Under way" in town.table("tongues").text

    lived(town, life)


def test_a_preview_says_why_it_says_little() -> None:
    """Nobody is called rare who has only answered little, and nobody's rare card is laid to their silence."""
    told = {"current_line": 30_000.0, "overdue_now": False}
    few = Facts(Kind.PERSON, told)
    every = Facts(
        Kind.PERSON, {**told, "used_balance": 3e3, "on_time_months": 30, "lenders_count": 0, "monthly_income": 8e3}
    )
    wide, narrow = (list(cards_of(few)), list(cards_of(every)))
    assert why_wide(few, wide[0]) == "unanswered"
    assert why_wide(few, wide[-1]) == "rare"
    assert why_wide(every, narrow[0]) == ""
    assert why_wide(every, narrow[-1]) == "rare"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", ["seated", "queued", "shown", "ended", "adviser_here"])
def test_a_consultation_without_a_topic_is_not_named_by_nothing(language: Language, code: str) -> None:
    """Where there is no topic, no empty quotation marks stand in its place."""
    sitting = Sitting(id="s", group="tg:-1", opened_at=NOW, secret="")
    said = private_words(Word("tg:9", code), sitting, library().phrases, language, NOW)
    assert not re.search(r"“”|\"\"|「」", said)


def test_an_entry_takes_little_room_in_a_group() -> None:
    """Of an answer for many the short part shows, and everything else, the sources too, stands in one folded box."""
    (reply,) = _turn(text="提前还款会影响额度吗", command="ask").replies
    shown = render(reply, lambda action: action)
    (page,) = shown.parts
    assert page.count("<blockquote expandable>") == page.count("<blockquote") == 1
    outside = re.sub(r"<blockquote.*?</blockquote>", "", page, flags=re.DOTALL)
    assert "<b>来源" not in outside
    assert len(outside) < 300


@pytest.mark.parametrize("language", ["zh", "zh-hant", "en"])
def test_an_answer_in_a_group_is_one_message(language: Language) -> None:
    """Every entry, in every language, fits; where sources stay out it is said how many, and where to read them."""
    scene, group = Scene(lent_house().library, {}, NOW), GROUP.but(language=language)
    whole = 0
    for entry in scene.library.articles.values():
        (block,) = folded_reply(group, entry, scene).blocks
        assert isinstance(block, Text)
        assert len(block.markup.encode("utf-16-le")) // 2 < 4000, entry.id
        whole += not re.search(r"more sources?: ask|还有 \d+ 条来源|還有 \d+ 條來源", block.markup)
    assert whole > 0.7 * len(scene.library.articles)
