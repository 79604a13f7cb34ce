"""Leading: an adviser's own screen of a sitting: its cases, and what may be done with them and with the whole."""

from __future__ import annotations

from bot.consultation.desk_screens import desk_rows, room_words
from bot.consultation.hosting import Host
from bot.consultation.sitting import Sitting
from bot.consultation.wording import case_line, shielded
from bot.dialogue.cards import CARD
from bot.dialogue.messages import Button, Reply, Text

_IN_A_ROW = 3
_PAUSES = (1, 24)
"""Hours for which a sitting may be paused by a press."""


def lead_screen(host: Host, sitting: Sitting, above: str = "") -> Reply:
    """The cases of a sitting with a button each, and how the sitting goes on; whoever presses must still lead."""
    state = sitting.state(host.now)
    lines = [case_line(seat, host.phrases, host.who.language) for seat in sitting.cases]
    words = host.say("consultation.desk", about=shielded(sitting.about), state=state, cases=lines)
    blocks = tuple(Text(markup=part) for part in (above, words, room_words(host, sitting)) if part)
    return Reply(blocks=blocks, buttons=_ways(host, sitting, state), slot=CARD)


def _ways(host: Host, sitting: Sitting, state: str) -> tuple[tuple[Button, ...], ...]:
    number = sitting.id
    back = (host.button("menu.back", "menu:"),)
    if state == "closed":
        return (back,)
    cases = [
        host.button(
            "consultation.desk.reopen" if seat.resolved else "consultation.desk.resolve",
            f"lead:{number}:{'reopen' if seat.resolved else 'resolve'}:{seat.letter}",
            letter=seat.letter,
        )
        for seat in sitting.cases
    ]
    rows = [tuple(cases[at : at + _IN_A_ROW]) for at in range(0, len(cases), _IN_A_ROW)]
    pauses = [host.button("consultation.desk.snooze", f"lead:{number}:snooze:{one}", hours=one) for one in _PAUSES]
    sleep = (host.button("consultation.desk.wake", f"lead:{number}:wake"),) if state == "snoozed" else tuple(pauses)
    refresh = host.button("consultation.desk.refresh", f"lead:{number}:look")
    end = (host.button("consultation.desk.close", f"lead:{number}:close"),)  # alone: it cannot be taken back
    return (*rows, *desk_rows(host, sitting), (*sleep, refresh), end, back)
