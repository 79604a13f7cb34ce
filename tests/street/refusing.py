"""One small play for each refusal of the table: what a bot does to be refused by exactly that rule."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable

from bot.channels.playground.person import Person
from bot.channels.playground.place import Place
from bot.channels.playground.street import Street
from bot.channels.playground.talking import PIXEL
from bot.channels.playground.town.limits import Allowance, Limits
from bot.channels.playground.wire import Call, Wire
from tests.street.stage import Said, Stage, buttons

Play = Callable[[Stage], Said]
DAY = 86400.0


def _raw(street: Street, method: str, token: str) -> Said:
    answer = street.call(Call(method, {}), token)
    return Said(answer.code, json.loads(answer.body))


def _file(stage: Stage, path: str) -> Said:
    answer = stage.street.file(path)
    return Said(answer.code, json.loads(answer.body))


def _after(act: Callable[[Stage], object], then: Play) -> Play:
    def play(stage: Stage) -> Said:
        act(stage)
        return then(stage)

    return play


def _edit(stage: Stage, message_id: int, text: str = "new", **params: object) -> Said:
    return stage.call("editMessageText", chat_id=stage.alice.id, message_id=message_id, text=text, **params)


def _edit_own(stage: Stage, wait: float = 0.0, text: str = "new", **params: object) -> Said:
    sent = stage.send(**params).result
    stage.clock.advance(wait)
    return _edit(stage, sent["message_id"], text)


def _delete(stage: Stage, message_id: int, chat: Person | Place | None = None) -> Said:
    return stage.call("deleteMessage", chat_id=(chat or stage.alice).id, message_id=message_id)


def _png(width: int, height: int) -> bytes:
    return PIXEL[:16] + struct.pack(">II", width, height) + PIXEL[24:]


def _photo(stage: Stage, data: bytes) -> Said:
    return stage.call("sendPhoto", {"photo": data}, chat_id=stage.alice.id)


def _document(stage: Stage, data: bytes = b"abc") -> Wire:
    sent = stage.call("sendDocument", {"document": data}, chat_id=stage.alice.id).result
    return dict(sent["document"])


def _poll(stage: Stage, question: str = "?", options: Iterable[str] = ("a", "b"), **params: object) -> Said:
    listed = [{"text": one} for one in options]
    return stage.call("sendPoll", chat_id=stage.alice.id, question=question, options=listed, **params)


def _stop(stage: Stage, message_id: int) -> Said:
    return stage.call("stopPoll", chat_id=stage.alice.id, message_id=message_id)


def _stop_twice(stage: Stage) -> Said:
    number = _poll(stage).result["message_id"]
    _stop(stage, number)
    return _stop(stage, number)


def _press(stage: Stage) -> str:
    stage.send(reply_markup=buttons("Yes"))
    return stage.alice.presses(stage.alice.home.last, "Yes").id


def _late_answer(stage: Stage) -> Said:
    number = _press(stage)
    stage.clock.advance(151)
    return stage.call("answerCallbackQuery", callback_query_id=number)


def _markup(markup: object, chat: str = "alice") -> Play:
    return lambda stage: stage.send(getattr(stage, chat), reply_markup=markup)


def _on_group(method: str, place: str = "talk", **params: object) -> Play:
    return lambda stage: stage.call(method, chat_id=getattr(stage, place).id, **params)


def _on_member(method: str, who: str, place: str = "talk", **params: object) -> Play:
    return lambda stage: stage.call(method, chat_id=getattr(stage, place).id, user_id=getattr(stage, who).id, **params)


def _in_charge(stage: Stage) -> None:
    for place in (stage.talk, stage.small, stage.forum):
        stage.carol.promotes(place)


def _bob_too(stage: Stage) -> None:
    _in_charge(stage)
    stage.carol.promotes(stage.talk, stage.bob)


def _commands(commands: object) -> Play:
    return lambda stage: stage.call("setMyCommands", commands=commands)


def _scope(scope: object) -> Play:
    return lambda stage: stage.call("getMyCommands", scope=scope)


def _webhook(url: str, **params: object) -> Play:
    return lambda stage: stage.call("setWebhook", url=url, **params)


def _ended_by(method: str, **params: object) -> Play:
    def play(stage: Stage) -> Said:
        waiting = Call("getUpdates", {"timeout": 10})
        ticket = stage.street.call(waiting).ticket
        stage.call(method, **params)
        answer = stage.street.call_again(waiting, ticket)
        return Said(answer.code, json.loads(answer.body))

    return play


def _whisper(stage: Stage, place: str = "talk", who: str = "bob", **params: object) -> Said:
    told = {"receiver_user_id": getattr(stage, who).id, **params}
    return stage.send(getattr(stage, place), ephemeral_message_parameters=told)


def _too_many(stage: Stage) -> Said:
    hasty = Stage(Limits(chat=Allowance(1, 0.25)))
    hasty.send()
    assert hasty.send().body["parameters"] == {"retry_after": 4}
    del stage
    return hasty.send()


def _topic(stage: Stage) -> int:
    return stage.carol.opens_topic(stage.forum, "Rates")


def _in_closed_topic(stage: Stage) -> Said:
    number = _topic(stage)
    stage.carol.closes_topic(stage.forum, number)
    return stage.send(stage.forum, message_thread_id=number)


def _big_download(stage: Stage) -> Said:
    return stage.call("getFile", file_id=_document(stage, bytes(21 << 20))["file_id"])


def _album(media: object) -> Play:
    return lambda stage: stage.call("sendMediaGroup", {"a": PIXEL}, chat_id=stage.alice.id, media=media)
