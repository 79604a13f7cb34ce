"""coming: the bot comes into a group and says what it is there for; taken out, its sittings sleep until it is back."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.consultation.crews import disbanded
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import sittings_of
from bot.consultation.pausing import AWAY
from bot.consultation.posting import together
from bot.consultation.telling import advisers_told
from bot.dialogue.footing import Footing
from bot.dialogue.messages import Reply
from bot.store.boards import board_at, draw_anew
from bot.store.engine import reading

_HELLO = "hello"
"""The board of the first words in a group: where it was put up once, they are not said again."""


def _come_or_gone(host: Host, event: str) -> Done:
    gone = event == "removed"
    asleep = {"snoozed_until": host.now + AWAY if gone else None, "away": gone}
    with reading(host.store) as connection:
        here = sittings_of(connection, host.who.id)
        known = board_at(connection, host.who.id, _HELLO) is not None
    changes = tuple((kept, kept.sitting.model_copy(update=asleep)) for kept in here)

    def act(connection: Connection) -> bool:
        if event == "added":
            draw_anew(connection, host.who.id)
        return True

    come = Done(() if event == "removed" or known or here else (_hello(host),), changes=changes, act=act)
    sittings = [kept.sitting for kept in here]
    told = together(come, advisers_told(host, sittings, f"consultation.{event}", days=AWAY.days))
    return together(told, disbanded(host)) if event == "removed" else told


def _hello(host: Host) -> Reply:
    """What the bot does here, what belongs in no group, how an adviser begins, and what it may not do yet."""
    footing = host.arrival.footing or Footing(deletes=True, reads=True)
    words = host.text("consultation.hello", deletes=footing.deletes, reads=footing.reads)
    return Reply(blocks=(words,), board=_HELLO, hint="none")


ACT = Act(_come_or_gone, frozenset({"group"}), events=frozenset({"added", "removed"}), footed=True)
