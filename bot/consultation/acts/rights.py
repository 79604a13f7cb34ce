"""rights: what the bot may do in a group has changed; those who lead there are told, and its first words say it."""

from __future__ import annotations

from bot.consultation.greeting import greeting
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import sittings_of
from bot.consultation.posting import together
from bot.consultation.telling import advisers_told
from bot.store.engine import reading


def _changed(host: Host, _event: str) -> Done:
    footing = host.arrival.footing
    if footing is None:
        return Done()
    with reading(host.store) as connection:
        here = [kept.sitting for kept in sittings_of(connection, host.who.id)]
    told = {"deletes": footing.deletes, "topics": footing.topics, "reads": footing.reads}
    return together(Done((greeting(host),)), advisers_told(host, here, "consultation.rights", **told))


ACT = Act(_changed, frozenset({"group"}), events=frozenset({"rights"}), footed=True)
