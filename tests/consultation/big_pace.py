"""Pace: how much a group saw in a minute of a large sitting, how long everybody waited, and who was never answered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tests.consultation.big_stage import Awaited, Sent

if TYPE_CHECKING:
    from tests.consultation.big_sitting import BigSitting

COUNTED = ("send", "edit", "delete", "stop")
_ON_ITS_WAY = 10.0
"""Seconds; a press in a group is answered by a word that is shown for a moment, and kept nowhere."""
_FORBIDDEN = 403
_AROUND = 5.0
"""Seconds of calls that are shown before something that was never answered, and three times as many after it."""


def _shown_in(chat: int, sent: list[Sent]) -> list[float]:
    """The moments at which something was sent, changed or taken away in a chat."""
    return [one.at for one in sent if one.call.integer("chat_id") == chat and _counts(one)]


def _counts(one: Sent) -> bool:
    return one.call.method.lower().startswith(COUNTED) and one.call.method.lower() != "sendchataction"


def most_in_a_minute(evening: BigSitting) -> int:
    """The most that a group saw within any sixty seconds, refused calls included."""
    groups = {one.call.integer("chat_id") for one in evening.sent if one.call.integer("chat_id") < 0}
    most = 0
    for group in groups:
        moments = _shown_in(group, evening.sent)
        most = max(most, *(sum(at <= one < at + 60 for one in moments) for at in moments), 0)
    return most


def answer_times(evening: BigSitting) -> list[float]:
    """How long everybody waited who waited for an answer; who never got one waited for ever."""
    return sorted(_waited(evening, one) for one in evening.awaited)


def never_answered(evening: BigSitting) -> list[Awaited]:
    """Who waits for ever, but for what nobody owes an answer to.

    That is a press that the process had in hand when it was killed, and a word whose answer the platform refused
    because the bot had been thrown out meanwhile.
    """
    lost = [one for one in evening.awaited if _waited(evening, one) == float("inf")]
    lost = [one for one in lost if not any(was_shut_out(sent, one) for sent in evening.sent)]
    deaths = evening.watch.kills
    return [one for one in lost if one.press is None or not died_with(evening.handed.get(one.press.id), deaths)]


def died_with(handed: float | None, deaths: Iterable[float]) -> bool:
    """Whether the process to which a press was handed last was killed before it could say what came of it.

    One that was never handed over, or to a process that went on, is not explained by any kill.
    """
    return handed is not None and any(handed <= at < handed + _ON_ITS_WAY for at in deaths)


def was_shut_out(sent: Sent, one: Awaited) -> bool:
    """Whether this was the answer to a word in a group, and the bot was not let in any more."""
    there = sent.at >= one.at and sent.call.integer("chat_id") == one.chat and bool(one.place)
    return there and sent.code == _FORBIDDEN and _answers(sent, one)


def around(evening: BigSitting, one: Awaited) -> Iterator[str]:
    """What the bot did about the time of something that was never answered, for whoever looks for the reason."""
    begun, press = evening.begun, one.press
    what = f"press {press.data}" if press is not None else f"message {one.place}"
    handed = None if press is None else evening.handed.get(press.id)
    moments = {"asked": one.at, "handed": handed, **{f"kill {n}": at for n, at in enumerate(evening.watch.kills)}}
    told = ", ".join(f"{name} at {at - begun:.2f}" for name, at in moments.items() if at is not None)
    yield f"never answered: {what} in {one.chat}; {told}"
    near = [sent for sent in evening.sent if -_AROUND < sent.at - one.at < 3 * _AROUND]
    for sent in near:
        where = sent.call.text("chat_id") or sent.call.text("callback_query_id")
        yield f"  {sent.at - begun:.2f} {sent.call.method} {where} -> {sent.code}"


def _waited(evening: BigSitting, one: Awaited) -> float:
    if one.press is not None and (one.chat < 0 or one.press.answer is not None):
        return one.press.answered_at - one.at if one.press.answer is not None else float("inf")
    for sent in evening.sent:
        if sent.at < one.at or sent.code != 200 or sent.call.integer("chat_id") != one.chat or not _counts(sent):
            continue
        if not one.place or _answers(sent, one):
            return sent.at - one.at
    return float("inf")


def _answers(sent: Sent, one: Awaited) -> bool:
    """Whether a message answers this one: by its number, or as the next in its topic that answers none."""
    told = sent.call.text("reply_parameters")
    if told:
        return json.loads(told).get("message_id") == one.place
    return sent.call.method.lower() == "sendmessage" and sent.call.integer("message_thread_id") == one.topic
