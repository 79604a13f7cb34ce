"""words: plain words typed in private that go to an adviser's desk, to an adviser, or from an adviser to a member."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from bot.consultation.advising import give_back, spoken_with
from bot.consultation.crews import read_along
from bot.consultation.desk_screens import screen
from bot.consultation.desk_steps import Step, typed
from bot.consultation.desks import desk_of
from bot.consultation.doing import said
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept, group_meant
from bot.consultation.leading import not_yours
from bot.consultation.posting import fault_words, kept_desk, own_desk, spread
from bot.consultation.sitting import Heard
from bot.consultation.talking import listens, to_adviser, to_member
from bot.consultation.unfit import unfit
from bot.dialogue.guarding import heard_guard


def _words(host: Host, words: str) -> Done | None:
    if not host.who.aside:
        return None
    return _at_desk(host, words) if host.who.aside == "desk" else _of_member(host, words)


def _of_member(host: Host, words: str) -> Done | None:
    """To the adviser who speaks with them; whatever sets off a guard is met by the guard first."""
    who = host.who
    if who.paused_by is not None or not who.adult or heard_guard(words, host.scene.library) is not None:
        return None
    kept = host.sitting(who.aside)
    adviser = None if kept is None else spoken_with(kept.sitting, who.id)
    if kept is None or adviser is None:
        return None
    if not listens(host, adviser, kept.sitting.id):
        return _nobody_there(host, kept)
    told = (adviser, to_adviser(host, kept.sitting, adviser, words))
    seat = kept.sitting.seat_of(who.id)
    read = () if seat is None else read_along(host, kept.sitting, seat, "consultation.from_member", words)
    return Done(elsewhere=(told, *read))


def _nobody_there(host: Host, kept: Kept) -> Done:
    """Whoever spoke with them has deleted everything; the talk is over, which the member has to know."""
    heard = give_back(kept.sitting, host.who.id)
    mine = tuple(word for word in heard.words if word.to == host.who.id)
    return replace(spread(host, kept, Heard(heard.sitting, mine)), who=host.who.but(aside=""))


def _at_desk(host: Host, words: str) -> Done | None:
    desk = own_desk(host)
    kept = host.sitting(desk.sitting) if desk.typing else None
    if kept is None or host.arrival.secondhand:
        return None
    if desk.typing == "talk":
        return _talked(host, words)
    if desk.asked != host.who.shown:
        return None
    if not host.leads(kept.sitting.group):
        return Done((not_yours(host, kept),))
    return typed(Step(host, kept, desk, desk.letter), words)


def _talked(host: Host, words: str) -> Done:
    """To the member: at once from our own advisers; others press once more, so that the platform can be asked."""
    desk = own_desk(host)
    kept = host.sitting(desk.sitting)
    seat = None if kept is None else kept.sitting.case(desk.letter)
    stop = (host.button("desk.hang_up", f"desk:{desk.sitting}:h:{desk.letter}"),)
    if kept is None or seat is None or seat.adviser != host.who.id:
        return Done((said(host, host.say("desk.talk_nobody"), stop),))
    fault = unfit(words, host.scene.library)
    if fault is not None:
        return Done((said(host, fault_words(host, fault), stop),))
    if host.in_office(host.who.id):
        read = read_along(host, kept.sitting, seat, "consultation.from_adviser", words)
        return Done(elsewhere=((seat.member, to_member(host, kept.sitting, seat.member, words)), *read))
    send = (host.button("desk.talk_send", f"desk:{kept.sitting.id}:u:{desk.letter}"),)
    shown = screen(host.say("desk.talk_check", words=words), send, stop)
    return kept_desk(host, Done((shown,)), desk.but(unsent=words))


def _typed_for(connection: Connection, who: str, _words: str) -> str | None:
    """The group for whose sitting somebody types something at their desk; None for everybody else."""
    desk = desk_of(connection, who)
    return group_meant(connection, who, desk.sitting) if desk.typing in {"note", "draft", "agreed"} else None


ACT = Act(_words, frozenset({"private"}), hears=frozenset({"private"}), led=True, led_in=_typed_for)
