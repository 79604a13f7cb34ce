"""Plain updates: what is read the short way is what the long way, through the library's objects, would have read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.plain import heard_plainly
from bot.channels.telegram.sealing import seal
from bot.channels.telegram.translating import Ear, arrival_of, read_update

_EAR = Ear(b"key of the test", "guide_bot", dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC))
_IDS = st.integers(1, 2**52)

_USERS = st.fixed_dictionaries(
    {"id": _IDS, "is_bot": st.booleans(), "first_name": st.text(min_size=1, max_size=8)},
    optional={"language_code": st.sampled_from(["zh-hans", "en", "zh-TW"]), "username": st.just("somebody")},
)
_WORDS = st.one_of(
    st.text(min_size=1, max_size=40),
    st.sampled_from(["/start", "/start abc", "/cost@guide_bot 1", "/cost@other_bot", "3\u4e075", "/"]),
)
_CHATS = st.one_of(
    st.fixed_dictionaries({"id": _IDS, "type": st.just("private"), "first_name": st.just("A")}),
    st.fixed_dictionaries({"id": _IDS.map(lambda n: -n), "type": st.just("supergroup"), "title": st.just("G")}),
)
_ODD = {
    "forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": 1},
    "via_bot": {"id": 5, "is_bot": True, "first_name": "b"},
    "caption": "x",
    "message_thread_id": 4,
    "is_topic_message": True,
    "new_field": {"a": 1},
}


@st.composite
def _message(draw: st.DrawFn) -> dict[str, Any]:
    told: dict[str, Any] = {"message_id": draw(st.integers(0, 2**31)), "date": 1, "chat": draw(_CHATS)}
    told |= {"from": draw(_USERS), "text": draw(_WORDS)}
    extra = draw(st.lists(st.sampled_from(sorted(_ODD)), max_size=2))
    return told | {name: _ODD[name] for name in extra}


@st.composite
def _query(draw: st.DrawFn) -> dict[str, Any]:
    user, chat = draw(_USERS), draw(_CHATS)
    whose = draw(st.sampled_from([user["id"], chat["id"], 7]))
    data = draw(st.one_of(st.just(seal(_EAR.key, whose, draw(st.integers(0, 900)), "pick:q:1")), st.text(max_size=20)))
    message = {"message_id": draw(st.integers(0, 2**31)), "date": 1, "chat": chat, "text": "card"}
    return {"id": str(draw(_IDS)), "from": user, "message": message, "chat_instance": "1", "data": data}


@settings(max_examples=300, deadline=None)
@given(
    update_id=_IDS,
    body=st.one_of(_message().map(lambda m: ("message", m)), _query().map(lambda q: ("callback_query", q))),
)
def test_both_ways_hear_the_same(update_id: int, body: tuple[str, dict[str, Any]]) -> None:
    """Whatever the short way does not leave to the long one, it hears just as that would."""
    update = {"update_id": update_id, body[0]: body[1]}
    short = heard_plainly(update, _EAR)
    if short is not None:
        assert short == arrival_of(read_update(update), _EAR.key, _EAR.bot_username, _EAR.at)


@settings(max_examples=60, deadline=None)
@given(update_id=_IDS, number=_IDS, words=_WORDS)
def test_a_plain_text_in_private_goes_the_short_way(update_id: int, number: int, words: str) -> None:
    """A person's own words in a private chat are never left to the long way."""
    told = {"message_id": number, "date": 1, "chat": {"id": 5, "type": "private", "first_name": "A"}, "text": words}
    update = {"update_id": update_id, "message": told | {"from": {"id": 5, "is_bot": False, "first_name": "A"}}}
    assert heard_plainly(update, _EAR) is not None


def test_what_is_no_update_is_left_to_the_long_way() -> None:
    """Broken fields are not guessed at."""
    for broken in ({}, {"update_id": 1}, {"update_id": 1, "message": []}, {"update_id": 1, "message": {"from": None}}):
        assert heard_plainly(broken, _EAR) is None
