"""Leading: an adviser's own screens of a sitting: a row for each case, a page at a time, and how the whole goes on."""

from __future__ import annotations

from bot.consultation.desk_screens import room_words, screen
from bot.consultation.hosting import Host
from bot.consultation.keeping import Kept
from bot.consultation.posting import own_desk
from bot.consultation.reopening import AGAIN, may_go_on
from bot.consultation.sitting import Seat, Sitting
from bot.consultation.turning import Page, page_of, turning_buttons
from bot.consultation.wording import case_line, shielded
from bot.dialogue.cards import CARD
from bot.dialogue.messages import Button, Reply, Text

_CASES = 4
"""Rows of cases on one page: with the ways to turn it and to go on, eight buttons are the most a phone shows well."""

_PAUSES = (1, 24)
"""Hours for which a sitting may be paused by a press."""


def lead_screen(host: Host, sitting: Sitting, above: str = "", page: int = 0) -> Reply:
    """The cases of a sitting, a row each with the case behind it; whoever presses must still lead."""
    state = sitting.state(host.now)
    many = _CASES - sitting.shut if sitting.closed_at is None else max(1, len(sitting.cases))
    shown = page_of(sitting.cases, page, many)
    words = host.say(
        "consultation.desk",
        about=shielded(sitting.about),
        state=state,
        cases=[case_line(seat, host.phrases, host.who.language, resolved=seat.resolved) for seat in shown.items],
        page=shown,
    )
    shut = host.say("desk.topic_shut") if sitting.shut and sitting.closed_at is None and not above else ""
    blocks = tuple(Text(markup=part) for part in (above, shut, words, room_words(host, sitting)) if part)
    return Reply(blocks=blocks, buttons=_ways(host, sitting, shown), slot=CARD)


def _ways(host: Host, sitting: Sitting, page: Page[Seat]) -> tuple[tuple[Button, ...], ...]:
    way, back = f"lead:{sitting.id}", (host.button("menu.back", "menu:"),)
    if sitting.closed_at is not None:
        again = (host.button("consultation.desk.again", f"{way}:again"),)
        return (again, back) if may_go_on(sitting, host.now) else (back,)
    turning = turning_buttons(host, page, f"{way}:page")
    moving = ((host.button("desk.to_general", f"desk:{sitting.id}:G"),),) if sitting.shut else ()
    refresh = () if turning or moving else (host.button("consultation.desk.refresh", f"{way}:look"),)
    on = (host.button("desk.to_group", f"desk:{sitting.id}:m"), host.button("consultation.desk.more", f"{way}:more"))
    return (
        *moving,
        *(_row(host, sitting, seat) for seat in page.items),
        *((turning,) if turning else ()),
        on,
        *((refresh,) if refresh else ()),
    )


def _row(host: Host, sitting: Sitting, seat: Seat) -> tuple[Button, ...]:
    told = {"resolved": seat.resolved, "open": seat.open, "talked": seat.adviser is not None}
    return (host.button("desk.case_row", f"desk:{sitting.id}:c:{seat.letter}", letter=seat.letter, **told),)


def more_screen(host: Host, sitting: Sitting) -> Reply:
    """How a sitting goes on: paused, woken, or ended; one whose group the bot is out of can only be ended."""
    way = f"lead:{sitting.id}"
    rows = (
        *((_sleeping(host, sitting, way),) if not sitting.away else ()),
        (host.button("consultation.desk.close", f"{way}:close"),),
        (host.button("desk.back_sitting", f"{way}:look"),),
        (host.button("desk.back", "desk:"),),
        (host.button("menu.back", "menu:"),),
    )
    return Reply(blocks=(host.text("consultation.desk.more_words"),), buttons=rows, slot=CARD)


def _sleeping(host: Host, sitting: Sitting, way: str) -> tuple[Button, ...]:
    if sitting.state(host.now) == "snoozed":
        return (host.button("consultation.desk.wake", f"{way}:wake"),)
    return tuple(host.button("consultation.desk.snooze", f"{way}:snooze:{one}", hours=one) for one in _PAUSES)


def end_screen(host: Host, sitting: Sitting) -> Reply:
    """What ending does, with the button that does it: nobody ends a sitting by a slip of the thumb."""
    way = f"lead:{sitting.id}"
    rows = (
        (host.button("consultation.end.yes", f"{way}:close:yes"),),
        (host.button("consultation.end.no", f"{way}:look"),),
    )
    return Reply(blocks=(Text(markup=end_words(host, sitting)),), buttons=rows, slot=CARD)


def end_words(host: Host, sitting: Sitting) -> str:
    """What ending a sitting does; the group may read it too."""
    return host.say("consultation.end", about=shielded(sitting.about), hours=round(AGAIN.total_seconds() / 3600))


def not_leading(host: Host) -> str:
    """Words for whoever would lead in this group and may not, as far as can be told."""
    return host.say("consultation.group.unheard" if _unheard(host) else "consultation.group.not_adviser")


def not_yours(host: Host, kept: Kept | None) -> Reply:
    """A screen of the desk for whoever may not lead a sitting; out of its group the bot cannot even ask about them."""
    away = kept is not None and kept.sitting.away and kept.sitting.id in own_desk(host).led
    words = host.say("desk.unheard", away=away) if away or _unheard(host) else host.say("desk.not_yours")
    return screen(words, (host.button("menu.back", "menu:"),))


def _unheard(host: Host) -> bool:
    """Whether the platform was asked how whoever acts stands, and did not answer."""
    standing = host.arrival.standing
    return standing is not None and standing.rank is None
