"""topics: the topic of a sitting is closed, opened again or gone: it waits, goes on, or moves to the general topic."""

from __future__ import annotations

from functools import reduce

from sqlalchemy import Connection

from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept, sittings_in
from bot.consultation.moving import moved_to_general
from bot.consultation.posting import together
from bot.consultation.sitting import Sitting
from bot.consultation.telling import advisers_told
from bot.store.boards import draw_anew
from bot.store.engine import reading


def _befell(host: Host, event: str) -> Done:
    topic = host.arrival.topic
    with reading(host.store) as connection:
        here = () if topic is None else sittings_in(connection, host.who.id, topic)
    news = [kept for kept in here if event == "topic_gone" or kept.sitting.shut != (event == "topic_closed")]
    if not news:
        return Done()
    told = advisers_told(host, [kept.sitting for kept in news], f"consultation.{event}")
    if event == "topic_gone":
        return reduce(together, (moved_to_general(host, kept) for kept in news), told)
    changes = tuple((kept, _shut(kept, shut=event == "topic_closed")) for kept in news)

    def act(connection: Connection) -> bool:
        if event == "topic_opened":
            draw_anew(connection, host.who.id)
        return True

    return together(told, Done(changes=changes, act=act))


def _shut(kept: Kept, *, shut: bool) -> Sitting:
    return kept.sitting.model_copy(update={"shut": shut})


ACT = Act(_befell, frozenset({"group"}), events=frozenset({"topic_closed", "topic_opened", "topic_gone"}))
