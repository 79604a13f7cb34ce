"""The shapes on the wire, read by aiogram's models as an oracle: every field is one it knows, none is missing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_
from types import ModuleType

import pytest
from pydantic import BaseModel, TypeAdapter

from bot.channels.playground.talking import PIXEL
from bot.channels.playground.wire import Wire
from tests.street.stage import Stage, buttons

OPTIONS = [{"text": "scam"}, {"text": "fair"}]
ALL_KINDS = frozenset({
    *("message", "edited_message", "callback_query", "my_chat_member", "chat_member", "poll", "poll_answer"),
    "message_reaction",
})


def _unknown(value: object, where: str = "") -> Iterator[str]:
    """Every field of a model, at any depth, that the schema does not know."""
    if isinstance(value, BaseModel):
        yield from (f"{where}.{name}" for name in value.model_extra or {})
        for name in type(value).model_fields:
            yield from _unknown(getattr(value, name), f"{where}.{name}")
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _unknown(one, where)


def _full_life() -> Stage:
    """A stage on which about everything has happened."""
    stage = Stage()
    stage.street.town.updates.allowed = ALL_KINDS
    kinds = (
        "photo",
        "document",
        "voice",
        "audio",
        "video",
        "video_note",
        "animation",
        "sticker",
        "contact",
        "location",
    )
    for kind in (*kinds, "dice"):
        stage.alice.sends(kind, stage.alice.home, caption="look https://a.b" if kind == "photo" else "")
    stage.alice.edits(stage.alice.says(stage.alice.home, "8000"), "9000")
    stage.send(reply_markup=buttons("Go"))
    stage.alice.presses(stage.alice.home.last, "Go")
    stage.alice.deletes(stage.alice.home.last)
    stage.alice.forges(stage.alice.home.message(stage.alice.home.last.id + 1), "x")
    stage.alice.forwards(stage.alice.home.messages[0], stage.alice.home)
    stage.carol.promotes(stage.talk)
    _group_life(stage)
    return stage


def _group_life(stage: Stage) -> None:
    for speaks_as in ("group", "A channel", ""):
        stage.carol.says(stage.talk, "hello #all", speaks_as=speaks_as)
    stage.dan.joins(stage.talk)
    stage.carol.restricts(stage.talk, stage.dan)
    stage.carol.kicks(stage.talk, stage.dan)
    stage.bob.whispers(stage.talk, "/mine")
    stage.call("sendPoll", chat_id=stage.talk.id, question="?", options=OPTIONS, is_anonymous=False)
    stage.bob.votes(stage.talk.last, "scam")
    stage.bob.reacts(stage.talk.last, "\N{THUMBS UP SIGN}")
    topic = stage.carol.opens_topic(stage.forum, "Rates")
    stage.carol.closes_topic(stage.forum, topic)
    stage.carol.moves(stage.small)
    stage.alice.blocks()


def test_every_update_is_one_that_the_schema_knows(schema: ModuleType) -> None:
    """A life in which everything happens gives updates of every kind, without a field too many or too few."""
    seen = set()
    for told in _full_life().updates():
        update = schema.Update.model_validate(told)
        assert list(_unknown(update)) == []
        seen.add(update.event_type)
    assert seen == ALL_KINDS


RESULTS: dict[str, tuple[str | list[str], Wire]] = {
    "getMe": ("User", {}),
    "getWebhookInfo": ("WebhookInfo", {}),
    "getMyName": ("BotName", {}),
    "getMyDescription": ("BotDescription", {}),
    "getMyShortDescription": ("BotShortDescription", {}),
    "getMyCommands": (["BotCommand"], {}),
    "getChatMenuButton": ("MenuButtonCommands", {}),
    "getChat": ("ChatFullInfo", {"chat_id": "forum"}),
    "getChatAdministrators": (["ChatMemberOwner", "ChatMemberAdministrator"], {"chat_id": "forum"}),
    "getChatMember": ("ChatMemberMember", {"chat_id": "forum", "user_id": "bob"}),
    "createForumTopic": ("ForumTopic", {"chat_id": "forum", "name": "x"}),
    "sendMessage": ("Message", {"chat_id": "alice", "text": "x"}),
    "sendDice": ("Message", {"chat_id": "alice"}),
    "sendPoll": ("Message", {"chat_id": "alice", "question": "?", "options": OPTIONS, "type": "quiz",
                                 "correct_option_id": 0, "explanation": "why"}),
    "sendPhoto": ("Message", {"chat_id": "alice", "caption": "x", "show_caption_above_media": True}),
    "copyMessage": ("MessageId", {"chat_id": "alice", "from_chat_id": "alice", "message_id": 1}),
}  # fmt: skip
"""What each method answers with, by the schema's names, in brackets where it is a list; and what it is told."""


def _shape(names: str | list[str], schema: ModuleType) -> object:
    if isinstance(names, str):
        return getattr(schema, names)
    return list[reduce(or_, [getattr(schema, name) for name in names])]


@pytest.mark.parametrize("method", RESULTS)
def test_every_result_is_one_that_the_schema_knows(method: str, schema: ModuleType) -> None:
    """What a method answers with has the fields that the schema knows for it."""
    stage = Stage()
    stage.carol.promotes(stage.forum)
    names, params = RESULTS[method]
    filled = {name: getattr(stage, value).id if hasattr(stage, str(value)) else value for name, value in params.items()}
    said = stage.call(method, {"photo": PIXEL}, **filled)
    assert said.code == 200, said.body
    parsed: object = TypeAdapter(_shape(names, schema)).validate_python(said.body["result"])
    assert list(_unknown(parsed)) == []
