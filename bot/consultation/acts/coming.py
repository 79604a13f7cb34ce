"""coming: the bot comes into a group and says what it is there for; taken out, its sittings sleep until it is back."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.consultation.crews import disbanded
from bot.consultation.greeting import greeted, greeting
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import sittings_of
from bot.consultation.pausing import AWAY
from bot.consultation.posting import together
from bot.consultation.telling import advisers_told
from bot.store.boards import draw_anew
from bot.store.engine import reading


def _come_or_gone(host: Host, event: str) -> Done:
    gone = event == "removed"
    asleep = {"snoozed_until": host.now + AWAY if gone else None, "away": gone}
    with reading(host.store) as connection:
        here = sittings_of(connection, host.who.id)
    changes = tuple((kept, kept.sitting.model_copy(update=asleep)) for kept in here)

    def act(connection: Connection) -> bool:
        if event == "added":
            draw_anew(connection, host.who.id)
        return True

    come = Done(() if gone or here or greeted(host) else (greeting(host),), changes=changes, act=act)
    sittings = [kept.sitting for kept in here]
    told = together(come, advisers_told(host, sittings, f"consultation.{event}", days=AWAY.days))
    return together(told, disbanded(host)) if event == "removed" else told


ACT = Act(_come_or_gone, frozenset({"group"}), events=frozenset({"added", "removed"}), footed=True)
