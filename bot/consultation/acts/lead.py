"""lead: an adviser's way from the table to their own screen of a sitting, and every step on it."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace

from sqlalchemy import Connection

from bot.consultation.doing import done, said
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept, invite
from bot.consultation.leading import end_screen, lead_screen, more_screen, not_leading, not_yours
from bot.consultation.reopening import opened_again, why_not_again
from bot.consultation.sitting import Deed, Sitting, Way
from bot.consultation.turning import page_number
from bot.dialogue.messages import Reply

_WAYS: dict[str, Way] = {way: way for way in ("resolve", "reopen", "snooze", "wake", "close")}
_LONGEST = 24 * 7


def _lead(host: Host, argument: str) -> Done:
    number, _, rest = argument.partition(":")
    kept = host.sitting(number)
    if kept is None or (host.arrival.public and kept.sitting.group != host.who.id):
        return _refused(host)
    if not host.leads(kept.sitting.group):
        return Done(toast=not_leading(host), alert=True) if host.arrival.public else Done((not_yours(host, kept),))
    if host.arrival.public:
        return _door(host, kept)
    what, _, of = rest.partition(":")
    if what == "again" and kept.sitting.closed_at is not None:
        return _again(host, kept)
    if what not in _WAYS or (what == "close" and of != "yes"):
        return Done((_looked_at(host, kept, what, of),))
    step = done(host, kept, _deed(host, _WAYS[what], of))
    after = step.changes[0][1]
    return replace(step, replies=(lead_screen(host, after, _came_of(host, kept, after, what, of)),))


def _came_of(host: Host, kept: Kept, after: Sitting, what: str, letter: str) -> str:
    """What came of a step, above the screen that shows it; nothing where nothing was done any more."""
    if what in {"resolve", "reopen"} and after.case(letter) is None:
        return host.say("desk.gone")
    told = {"what": what, "letter": letter, "away": after.away}
    return "" if after == kept.sitting else host.say("consultation.desk.done", **told)


def _looked_at(host: Host, kept: Kept, what: str, of: str) -> Reply:
    """A screen on which nothing is done yet."""
    if what in {"more", "close"} and kept.sitting.closed_at is None:
        return more_screen(host, kept.sitting) if what == "more" else end_screen(host, kept.sitting)
    return lead_screen(host, kept.sitting, page=page_number(of) if what == "page" else 0)


def _again(host: Host, kept: Kept) -> Done:
    """An end is taken back, where that may be; else it is said why not."""
    why = why_not_again(host, kept.sitting)
    if why:
        return Done((lead_screen(host, kept.sitting, why),))
    again = opened_again(host, kept)
    above = host.say("consultation.desk.done", what="again")
    return replace(again, replies=(lead_screen(host, again.changes[0][1], above),))


def _deed(host: Host, way: Way, of: str) -> Deed:
    hours = min(int(of), _LONGEST) if way == "snooze" and of.isdecimal() else 1
    return Deed(way=way, letter=of, until=host.now + dt.timedelta(hours=hours) if way == "snooze" else None)


def _refused(host: Host) -> Done:
    words = host.say("consultation.group.gone")
    return Done(toast=words, alert=True) if host.arrival.public else Done((said(host, words),), show=True)


def _door(host: Host, kept: Kept) -> Done:
    """Into the adviser's private talk, where the steps are."""
    code, speaker = "d" + secrets.token_urlsafe(12), host.speaker or ""

    def act(connection: Connection) -> bool:
        invite(connection, code, kept.sitting.id, speaker, host.now)
        return True

    return Done(act=act, start=code)


ACT = Act(_lead, frozenset({"group", "private"}), verbs=frozenset({"lead"}), led=True)
