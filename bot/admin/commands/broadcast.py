"""broadcast: the broadcasts there are, how one looks, what has become of it, and halting it or letting it go on."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection

from bot.admin.announcing import Which, found, halted, hidden, moment, report_of, wrong_words
from bot.admin.arguments import Arguments, WrongArgumentError
from bot.admin.desk import ADMIN, AdminCommand, Desk, RefusedError, Sheet, Told, Way
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Reply
from bot.dialogue.news import news_reply
from bot.dialogue.scene import Scene
from bot.store import broadcasts
from bot.store.broadcasts import Broadcast, all_broadcasts, change_broadcast
from bot.store.conversations import load_conversation
from bot.store.engine import reading
from bot.store.outbox import promise
from knowledge.entries import Language, Words

_LANGUAGES: tuple[Language, ...] = ("zh", "zh-hant", "en")
_UNDER_WAY = frozenset({broadcasts.SET, broadcasts.GATHERING, broadcasts.RUNNING})


class _Broadcast(Arguments):
    what: Literal["list", "show", "preview", "report", "pause", "resume"] = "list"
    broadcast: Which = 0


def _broadcast(desk: Desk, given: _Broadcast) -> Told:
    if given.what == "list":
        return _listed(desk)
    if not given.broadcast:
        raise WrongArgumentError("missing", "BROADCAST", right=_Broadcast.model_fields["broadcast"])
    one = found(desk, given.broadcast)
    deeds = {"show": _shown, "preview": _previewed, "report": _reported, "pause": _paused, "resume": _resumed}
    return deeds[given.what](desk, one)


def _listed(desk: Desk) -> Told:
    with reading(desk.store) as connection:
        every = all_broadcasts(connection)
    if not every:
        return Told(desk.say("office.broadcast.empty"))
    rows = tuple(
        (one.id, one.state, one.segment, moment(desk, one.began_at or one.starts_at), hidden(one.people))
        for one in every
    )
    ways = tuple(
        Way(desk.say("office.broadcast.number", number=one.id), f"broadcast show {one.id}") for one in every[:4]
    )
    return Told(sheet=Sheet(("broadcast", "state", "segment", "when", "people"), rows), ways=ways)


def _shown(desk: Desk, one: Broadcast) -> Told:
    """The words as they were written, and what may be done with them now."""
    words = desk.say("office.broadcast.shown", one=one._asdict(), when=moment(desk, one.starts_at))
    return Told(words, ways=_ways(desk, one))


def _ways(desk: Desk, one: Broadcast) -> tuple[Way, ...]:
    lines = ["broadcast preview"]
    if one.state == broadcasts.DRAFT:
        lines += ["send"]
    else:
        lines += ["broadcast report"]
    if one.state in _UNDER_WAY:
        lines += ["broadcast pause"]
    if one.state == broadcasts.PAUSED:
        lines += ["broadcast resume"]
    if one.state not in {broadcasts.DONE, broadcasts.CANCELLED}:
        lines += ["cancel"]
    return tuple(Way(desk.say(f"office.broadcast.{line.split()[-1]}"), f"{line} {one.id}") for line in lines)


def _previewed(desk: Desk, one: Broadcast) -> Told:
    """Each script as somebody would get it; in a chat they come as the very messages."""
    wrong = wrong_words(desk, {"zh": one.zh, "en": one.en})
    if wrong:
        raise RefusedError(desk.say("office.broadcast.wrong", faults=wrong))
    replies = tuple(_as_sent(desk, one, language) for language in _LANGUAGES)
    if desk.operator.number is None:
        texts = [block.markup for reply in replies for block in reply.blocks if block.kind == "text"]
        return Told("\n\n---\n\n".join(texts), ways=_ways(desk, one))
    me = desk.operator.name

    def change(connection: Connection) -> bool:
        promise(connection, me, load_conversation(connection, me).revision, replies)
        return True

    return Told(desk.say("office.broadcast.previewed", number=one.id), ways=_ways(desk, one), change=change)


def _as_sent(desk: Desk, one: Broadcast, language: Language) -> Reply:
    reader = Conversation(id=desk.operator.name, language=language)
    reply = news_reply(reader, Words(one.zh, one.en), 0, Scene(desk.library, desk.packs, desk.now))
    return reply.model_copy(update={"news": None, "lapses": None})


def _reported(desk: Desk, one: Broadcast) -> Told:
    sheet, chart = report_of(desk, one)
    return Told(sheet=sheet, chart=chart, ways=_ways(desk, one))


def _paused(desk: Desk, one: Broadcast) -> Told:
    if one.state not in _UNDER_WAY:
        raise RefusedError(desk.say("office.broadcast.not_now", state=one.state))

    def change(connection: Connection) -> bool:
        return halted(connection, one, broadcasts.PAUSED, round(desk.now.timestamp() * 1000))

    way = Way(desk.say("office.broadcast.resume"), f"broadcast resume {one.id}")
    return Told(desk.say("office.broadcast.paused", number=one.id), ways=(way,), change=change)


def _resumed(desk: Desk, one: Broadcast) -> Told:
    """It goes on where it stood: with those who wait, or with finding them."""
    if one.state != broadcasts.PAUSED:
        raise RefusedError(desk.say("office.broadcast.not_now", state=one.state))
    found_all = broadcasts.RUNNING if one.people else broadcasts.GATHERING
    state = broadcasts.SET if one.began_at is None else found_all

    def change(connection: Connection) -> bool:
        return change_broadcast(connection, one.id, frozenset({broadcasts.PAUSED}), state=state)

    way = Way(desk.say("office.broadcast.report"), f"broadcast report {one.id}")
    return Told(desk.say("office.broadcast.resumed", number=one.id), ways=(way,), change=change)


COMMAND = AdminCommand(
    "broadcast", "broadcasts, their previews and reports", _broadcast, ADMIN, _Broadcast, group="announcing"
)
