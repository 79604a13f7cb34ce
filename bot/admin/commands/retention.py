"""retention: what has been kept as long as it may be; it goes at night by itself, or with tidy at once."""

from __future__ import annotations

from bot.admin.arguments import Arguments
from bot.admin.desk import AUDITORS, AdminCommand, Desk, Sheet, Told, Way
from bot.dialogue.consenting import DAYS_UNANSWERED, DAYS_UNDECIDED, MONTHS_KEPT
from bot.store.engine import reading
from bot.store.retaining import foreseen, who_must_go
from bot.store.unnaming import DAYS_OF_RECIPIENTS


def _retention(desk: Desk, _given: Arguments) -> Told:
    with reading(desk.store) as connection:
        going = foreseen(connection, desk.now, who_must_go(connection, desk.now))
    sheet = Sheet(("what", "rows"), tuple(zip(going._fields, going, strict=True)))
    kept = {"months": MONTHS_KEPT, "undecided": DAYS_UNDECIDED, "unanswered": DAYS_UNANSWERED}
    kept |= {"recipients": DAYS_OF_RECIPIENTS}
    way = (Way(desk.say("office.label.tidy"), "tidy"),) if any(going) else ()
    return Told(desk.say("office.retention.look", any=any(going), **kept), sheet, ways=way)


COMMAND = AdminCommand(
    "retention", "what has been kept as long as it may be", _retention, roles=AUDITORS, traced=False, group="machine"
)
