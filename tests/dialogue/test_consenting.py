"""Consent and one's own data: asked in words that have a number, shown, corrected, taken along, taken back."""

from __future__ import annotations

import hashlib

import pytest

from bot.dialogue import consenting
from bot.dialogue.consenting import LAPSED, WORDS
from bot.dialogue.conversation import Answer, Conversation, Language
from bot.dialogue.messages import Arrival, Paper, Reply, Text
from bot.dialogue.scene import Turn
from bot.dialogue.turn import show_again, take_turn
from bot.store.conversations import load_conversation, read_state, save_conversation
from bot.store.engine import open_store, writing
from tests.dialogue.cast import CAST, LANGUAGES
from tests.journeys.walking import NOW, scene_now

AGREED_TO = {1: "c1052c00dfa2", 2: "4c879a55cce6"}
"""The words of consent by their number, as a hash: whoever changes what is kept, why or how long raises the number
in consenting.py and adds a line here; whoever only mends the wording writes the new hash over the old one."""

CARRIERS = ("welcome.consent", "privacy.details")


def _turn(who: Conversation, **arrival: str) -> Turn:
    return take_turn(who, Arrival(key="k", at=NOW, **arrival), scene_now())


def _words(replies: tuple[Reply, ...]) -> str:
    return "\n".join(block.markup for reply in replies for block in reply.blocks if isinstance(block, Text))


def _actions(replies: tuple[Reply, ...]) -> list[str]:
    return [button.action for reply in replies for row in reply.buttons for button in row]


@pytest.fixture
def adult() -> Conversation:
    """Somebody of age who agreed and told a line."""
    line = Answer(value=31417.0, low=31417.0, high=31417.0, at=NOW, source="said")
    kind = Answer(value="person", at=NOW, source="pressed")
    return Conversation(id="x", consent_at=NOW, adult=True, goal="assess", answers={"kind": kind, "current_line": line})


def test_the_words_of_consent_have_a_number() -> None:
    """No word about what is kept changes unnoticed: it is a new number, or a new hash of the same."""
    phrases = scene_now().library.phrases
    written = "".join(phrases.written(language, key) for key in CARRIERS for language in LANGUAGES[:2])
    assert hashlib.sha256(written.encode()).hexdigest()[:12] == AGREED_TO[WORDS]


def test_consent_is_kept_with_its_date_and_words() -> None:
    """One tap agrees; when, and to which words, is written down."""
    turn = _turn(Conversation(id="x"), action="consent:yes")
    assert turn.conversation.consent_at == NOW
    assert turn.conversation.consent_words == WORDS
    assert [(note.kind, note.detail) for note in turn.notes] == [("consent", "yes"), ("consent_words", str(WORDS))]


@pytest.mark.parametrize(
    "arrival", [{"action": "goal:assess"}, {"text": "8000"}, {"command": "plan"}, {"action": "now:"}]
)
def test_other_words_are_asked_about_again(adult: Conversation, arrival: dict[str, str]) -> None:
    """Who agreed to other words is asked before anything else; what they told waits, and goes on once they agree."""
    before = adult.but(consent_words=WORDS + 1)
    turn = _turn(before, **arrival)
    assert turn.conversation.consent_at is None
    assert turn.conversation.consent_words == LAPSED
    assert turn.conversation.answers == before.answers
    assert {"consent:yes", "consent:no"} <= set(_actions(turn.replies))
    assert "改过了" in _words(turn.replies)
    assert _actions(show_again(before, scene_now())) == _actions(turn.replies)
    again = _turn(turn.conversation, action="consent:yes")
    assert again.conversation.consent_words == WORDS
    assert again.conversation.answers == before.answers
    assert "consent:yes" not in _actions(again.replies)


def test_who_agreed_before_words_were_numbered_in_the_store_is_asked_again(adult: Conversation) -> None:
    """A state that names no words is read as an agreement to the first; every state that is written names its own."""
    old = adult.model_dump_json(exclude_defaults=True)
    assert "consent_words" not in old
    assert read_state("x", old).consent_words == 1
    assert _turn(read_state("x", old), text="8000").conversation.consent_words == LAPSED
    assert read_state("x", old).answers == adult.answers
    store = open_store("sqlite://")
    with writing(store) as connection:
        for who in (adult, adult.but(id="y", consent_words=1), adult.but(id="z", consent_words=LAPSED)):
            save_conversation(connection, who, NOW)
            assert load_conversation(connection, who.id) == who
    store.dispose()


def test_the_number_can_rise(adult: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the number of the words has risen, everybody who agreed before is asked again, once."""
    monkeypatch.setattr(consenting, "WORDS", WORDS + 1)
    assert _turn(adult, text="8000").conversation.consent_at is None


def test_refusing_new_words_deletes_the_answers(adult: Conversation) -> None:
    """Who does not agree again is told what goes, and after one more tap nothing of it is left."""
    lapsed = _turn(adult.but(consent_words=WORDS + 1), action="menu:").conversation
    asked = _turn(lapsed, action="consent:no")
    assert "withdrawn:" in _actions(asked.replies)
    gone = _turn(asked.conversation, action="withdrawn:")
    assert gone.forget
    assert gone.conversation.answers == {}
    assert gone.conversation.refused_at == NOW


def test_details_are_one_tap_away() -> None:
    """Before anything is agreed to, everything about what is kept can be read, and agreed to from there."""
    first = _turn(Conversation(id="x"), command="start")
    assert "privacy:" in _actions(first.replies)
    details = _turn(first.conversation, action="privacy:")
    for word in (
        "谁在记",
        "管理的人能看到什么",
        "不到 10 个人的不显示",
        "加密留 90 天",
        "13 个月",
        "2 天",
        "30 天",
        "撤回同意",
        "Telegram",
        "不是放款机构",
    ):
        assert word in _words(details.replies)
    assert {"consent:yes", "consent:no"} <= set(_actions(details.replies))
    assert "consent:yes" not in _actions(_turn(Conversation(id="x", adult=False), action="privacy:").replies)


@pytest.mark.parametrize("typed", ["我的数据", "删除我的数据", "撤回同意", "导出"])
def test_rights_hold_at_every_moment(typed: str, adult: Conversation) -> None:
    """Before consent, in an interview, under age and in a pause, one's own data can be reached by typing."""
    states = (
        Conversation(id="x"),
        Conversation(id="x", refused_at=NOW),
        adult,
        adult.but(focus="current_line"),
        adult.but(paused_by="self_harm"),
        Conversation(id="x", adult=False),
    )
    for who in states:
        turn = _turn(who, text=typed)
        reached = {"forget:", "erase:", "withdrawn:", "menu:"} & set(_actions(turn.replies))
        assert reached or (typed == "撤回同意" and who.adult is False), who


def test_own_data_is_shown_by_topic(adult: Conversation) -> None:
    """Every answer stands with its value, its day and how it was told, and can be corrected from there."""
    turn = _turn(adult, command="data")
    assert turn.wants_held
    words = _words(turn.replies)
    assert "31,417 元（记于 2026-11-21，打字）" in words
    assert "个人（记于 2026-11-21，点选）" in words
    assert {"export:", "review:", "withdraw:", "forget:", "privacy:"} <= set(_actions(turn.replies))


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybodys_export_is_whole(language: Language) -> None:
    """Whoever of the cast exports gets two files that hold each of their answers, named in their own language."""
    for person in CAST:
        who = person.asking("assess", language)
        turn = _turn(who, action="export:")
        found = {block.form: block for reply in turn.replies for block in reply.blocks if isinstance(block, Paper)}
        assert set(found) == {"export", "record"}
        data = str(found["export"].content)
        page = str(found["record"].content)
        for value in person.told.values():
            assert str(value) in data
            assert str(int(value) if isinstance(value, float) and value.is_integer() else value) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_of_the_state_has_words(language: Language) -> None:
    """Whoever reads their export meets no name of ours where words would do."""
    keys = scene_now().library.phrases.keys(language)
    assert [name for name in Conversation.model_fields if f"field.{name}" not in keys and name != "answers"] == []


def test_no_consent_by_an_old_card(adult: Conversation) -> None:
    """Refusing on an old card of somebody who agreed meanwhile asks once more before anything is deleted."""
    turn = _turn(adult, action="consent:no")
    assert turn.conversation.answers == adult.answers
    assert turn.conversation.consent_at == NOW
    assert "withdrawn:" in _actions(turn.replies)


def test_agreeing_by_words_after_a_refusal() -> None:
    """Who refused may type that they agree."""
    assert _turn(Conversation(id="x", refused_at=NOW), text="同意").conversation.consent_at == NOW


@pytest.mark.parametrize("typed", ["我点错了", "我成年了", "wrong button"])
def test_a_wrong_tap_at_the_age_gate_is_mended(typed: str) -> None:
    """Who pressed the wrong button may say so, and is asked everything anew."""
    turn = _turn(Conversation(id="x", adult=False), text=typed)
    assert turn.conversation.adult is None
    assert "consent:yes" in _actions(turn.replies)


def test_without_consent_nothing_is_noted() -> None:
    """What somebody asks who did not agree leaves no note, what others ask does."""
    asked = {"text": "提前还款会不会影响额度"}
    assert _turn(Conversation(id="x", refused_at=NOW), **asked).notes == ()
    assert _turn(Conversation(id="x", consent_at=NOW, adult=True), **asked).notes
