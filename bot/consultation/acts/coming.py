"""coming: the bot comes into a group and says what it is there for; taken out, its sittings sleep until it is back."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.consultation.crews import disbanded
from bot.consultation.greeting import greeted, greeting
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept, sittings_of, sittings_past
from bot.consultation.pausing import AWAY
from bot.consultation.posting import together
from bot.consultation.telling import advisers_told
from bot.store.boards import draw_anew
from bot.store.engine import reading
from bot.store.falling_due import hasten


def _come_or_gone(host: Host, event: str) -> Done:
    gone = event == "removed"
    until = host.now + AWAY if gone else None
    with reading(host.store) as connection:
        here, past = sittings_of(connection, host.who.id), sittings_past(connection, host.who.id)
    changes = tuple(
        (kept, kept.sitting.model_copy(update={"away": gone, "snoozed_until": asleep}))
        for kepts, asleep in ((here, until), (past, None))
        for kept in kepts
    )

    def act(connection: Connection) -> bool:
        if event == "added":  # cards were taken back meanwhile that can still be seen there, after an end too
            draw_anew(connection, host.who.id, [kept.sitting.id for kept in past])
            hasten(connection, host.who.id)
        return True

    come = Done((greeting(host),) if not gone and _greets(host, here) else (), changes=changes, act=act)
    sittings = [after for _, after in changes[: len(here)] if gone or (after.ends_at or host.now) > host.now]
    told = together(come, advisers_told(host, sittings, f"consultation.{event}", days=AWAY.days))
    return together(told, disbanded(host)) if event == "removed" else told


def _greets(host: Host, here: tuple[Kept, ...]) -> bool:
    """Whether the first words are to be said, or where they stand to tell what the bot may do from now on."""
    return host.arrival.footing is not None if greeted(host) else not here


ACT = Act(_come_or_gone, frozenset({"group"}), events=frozenset({"added", "removed"}), footed=True)
