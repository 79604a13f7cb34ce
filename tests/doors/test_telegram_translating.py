"""Translating: whatever a person sends in private is heard for what it is, and none of it is a crash."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import CallbackQuery, Chat, InaccessibleMessage, Update, User

from bot.channels.telegram.sealing import seal
from bot.channels.telegram.translating import arrival_of, read_update
from bot.dialogue.messages import Arrival
from tests.doors.telegram_hearing import AT, KEY, Hearing


@pytest.fixture
def scene() -> Hearing:
    """Alice, Bob and Carol, and nothing waiting."""
    return Hearing()


def test_a_text_in_private_arrives(scene: Hearing) -> None:
    """A typed text is heard with its chat, its speaker and their language, once and for the moment given."""
    alice = scene.stage.alice
    sight = alice.says(alice.home, " 3万5 ")
    heard = scene.last()
    assert heard.arrival == Arrival(key=heard.key, at=AT, text="3万5", locale=alice.user.language)
    assert (heard.kind, heard.chat_kind, heard.group) == ("message", "private", False)
    assert (heard.chat_id, heard.user_id, heard.message_id) == (alice.id, alice.id, sight.id)
    assert heard.conversation == f"tg:{alice.id}"
    assert heard.key == f"tg:{heard.update_id}"


@pytest.mark.parametrize(
    ("said", "command", "text"),
    [
        ("/start", "start", ""),
        ("/start abc_DEF-1", "start", "abc_DEF-1"),
        ("/ASK@{bot}  提前还款 要钱吗", "ask", "提前还款 要钱吗"),
        ("/ask\n第一行\n第二行", "ask", "第一行\n第二行"),
        ("/3万", None, "/3万"),
        ("/ no", None, "/ no"),
        ("1/2", None, "1/2"),
        ("a\u202eb\u200bc", None, "abc"),
    ],
)
def test_commands_and_texts(scene: Hearing, said: str, command: str | None, text: str) -> None:
    """A command comes with its argument, in small letters and without our name; all else is a text."""
    alice = scene.stage.alice
    alice.says(alice.home, said.format(bot=scene.name))
    arrival = scene.last().arrival
    assert arrival is not None
    assert (arrival.command, arrival.text) == (command, text)


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "video", "document", "contact", "location", "dice"])
def test_what_cannot_be_read_is_named(scene: Hearing, kind: str) -> None:
    """A picture, a voice and the like arrive as media of their kind, also with words under them."""
    alice = scene.stage.alice
    caption = "" if kind in {"contact", "location", "dice", "sticker"} else "8000"
    alice.sends(kind, alice.home, caption=caption)
    arrival = scene.last().arrival
    assert arrival is not None
    assert (arrival.media, arrival.text or "", arrival.command, arrival.action) == (kind, caption, None, None)


def test_a_press_arrives_for_its_owner(scene: Hearing) -> None:
    """An honest press brings the action and the revision of its card, and the query to be answered."""
    alice = scene.stage.alice
    card = scene.card(alice.id, alice.id)
    press = alice.presses(card, "x")
    heard = scene.last()
    assert heard.arrival == Arrival(key=heard.key, at=AT, action="pick:kind:0", revision=5, locale=alice.user.language)
    assert (heard.kind, heard.query_id, heard.message_id) == ("callback_query", press.id, card.id)
    assert heard.conversation == f"tg:{alice.id}"


@pytest.mark.parametrize("data", ["", "x", "pick:kind:0", "5..pick:kind:0", "5.AAAAAAAAAAA.pick:kind:0", "额" * 20])
def test_a_forged_press_is_refused(scene: Hearing, data: str) -> None:
    """Data that we never sealed say nothing, but the query can still be answered."""
    alice = scene.stage.alice
    alice.forges(scene.card(alice.id, alice.id), data)
    heard = scene.last()
    assert (heard.arrival, heard.reason) == (None, "forged")
    assert heard.query_id


def test_an_edit_says_again_only_what_is_still_open(scene: Hearing) -> None:
    """A changed text counts while nothing has come of it; a change of an older one answers no newer card."""
    alice = scene.stage.alice
    older, newer = alice.says(alice.home, "3万"), alice.says(alice.home, "hm")
    alice.edits(older, "5万")
    assert scene.last(newer.id).reason == "edited"
    alice.edits(newer, "8000")
    assert scene.last().reason == "edited"
    heard = scene.last(newer.id)
    assert heard.edited
    assert heard.arrival is not None
    assert (heard.arrival.text, heard.message_id) == ("8000", newer.id)


def test_a_changed_picture_says_nothing(scene: Hearing) -> None:
    """New words under a picture are no answer, whichever message is open."""
    alice = scene.stage.alice
    photo = alice.sends("photo", alice.home, caption="a")
    told = scene.stage.updates()[-1]
    changed = {"update_id": told["update_id"] + 1, "edited_message": told["message"] | {"caption": "8000"}}
    heard = scene.hear(changed, photo.id)
    assert (heard.arrival, heard.reason, heard.edited) == (None, "edited", True)


def test_blocking_and_coming_back(scene: Hearing) -> None:
    """Whoever blocks the bot, or lets it write again, says so by it."""
    scene.stage.alice.blocks()
    assert (scene.last().reason, scene.last().user_id) == ("blocked", scene.stage.alice.id)
    scene.stage.alice.unblocks()
    assert scene.last().reason == "unblocked"


def test_kinds_from_the_future_are_unknown_and_kept() -> None:
    """An update of a kind that nobody knows yet has a name and a reason; unknown fields of a known one do no harm."""
    scene = Hearing()
    heard = scene.hear({"update_id": 9, "thought": {"id": 1}})
    assert (heard.kind, heard.reason, heard.conversation) == ("thought", "unknown", "")
    assert scene.hear({"update_id": 9}).kind == "unknown"
    alice = scene.stage.alice
    alice.says(alice.home, "8000")
    told = scene.stage.updates()[-1]
    told["message"] |= {"mood": "curious"}
    told["message"]["from"] |= {"mood": "curious"}
    arrival = scene.hear(told | {"urgency": 3}).arrival
    assert arrival is not None
    assert arrival.text == "8000"
    del told["message"]["text"]
    assert scene.hear(told).arrival == Arrival(key=arrival.key, at=AT, media="unknown", locale=alice.user.language)


def test_presses_without_a_message_and_games_are_unknown(scene: Hearing) -> None:
    """A press on something that we did not send as a message is answered, not obeyed."""
    alice = scene.stage.alice
    alice.presses(scene.card(alice.id, alice.id), "x")
    told = scene.stage.updates()[-1]
    query = told["callback_query"]
    far = {**query, "message": {"chat": query["message"]["chat"], "message_id": 3, "date": 0}}
    heard = scene.hear({**told, "callback_query": far})
    assert heard.arrival is not None
    assert (heard.chat_id, heard.message_id) == (alice.id, 3)
    in_group = {**far, "message": {**far["message"], "chat": {"id": -5, "type": "group", "title": "g"}}}
    assert scene.hear({**told, "callback_query": in_group}).chat_id == -5
    inline = {name: value for name, value in query.items() if name != "message"} | {"inline_message_id": "9"}
    assert scene.hear({**told, "callback_query": inline}).reason == "unknown"
    game = {name: value for name, value in query.items() if name != "data"} | {"game_short_name": "g"}
    assert scene.hear({**told, "callback_query": game}).reason == "unknown"


def test_a_press_on_a_card_too_old_to_be_read_counts() -> None:
    """A card that Telegram itself cannot show any more is still the owner's, however the library tells of it."""
    user = User(7, "A", is_bot=False)
    card = InaccessibleMessage(Chat(7, Chat.PRIVATE), 3)
    query = CallbackQuery("1", user, "c", message=card, data=seal(KEY, 7, 5, "now:"))
    heard = arrival_of(Update(1, callback_query=query), KEY, "guide_bot", AT)
    assert heard.arrival is not None
    assert (heard.arrival.action, heard.conversation, heard.message_id) == ("now:", "tg:7", 3)


def test_nothing_personal_is_logged(scene: Hearing, caplog: pytest.LogCaptureFixture) -> None:
    """Hearing writes nothing down."""
    caplog.set_level(logging.DEBUG)
    alice = scene.stage.alice
    alice.says(alice.home, "6222 0200 0000 0000")
    scene.all()
    assert caplog.text == ""


VALUES: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(st.text(), st.dictionaries(st.text(min_size=1, max_size=10), VALUES, max_size=4))
def test_any_words_and_any_new_fields_are_heard(words: str, new: dict[str, object]) -> None:
    """Whatever is typed, and whatever fields Telegram adds, comes in as words of a person."""
    chat = {"id": 7, "type": "private", "first_name": "A"}
    sender = {"id": 7, "is_bot": False, "first_name": "A"}
    known = {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": words}
    added = {f"new_{name}": value for name, value in new.items()}
    heard = arrival_of(read_update({"update_id": 1, "message": known | added}), KEY, "guide_bot", AT)
    assert heard.arrival is not None
    assert heard.arrival.text is not None or heard.arrival.media is not None
