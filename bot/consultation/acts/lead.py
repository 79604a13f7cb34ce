"""lead: an adviser's way from the table to their own screen of a sitting, and every step on it."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace

from sqlalchemy import Connection

from bot.consultation.doing import done, said
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept, invite
from bot.consultation.leading import lead_screen
from bot.consultation.sitting import Deed, Way

_WAYS: dict[str, Way] = {way: way for way in ("resolve", "reopen", "snooze", "wake", "close")}
_LONGEST = 24 * 7


def _lead(host: Host, argument: str) -> Done:
    number, _, rest = argument.partition(":")
    kept = host.sitting(number)
    if kept is None or (host.arrival.public and kept.sitting.group != host.who.id):
        return _refused(host, "gone")
    if not host.leads(kept.sitting.group):
        return _refused(host, "not_adviser")
    if host.arrival.public:
        return _door(host, kept)
    what, _, of = rest.partition(":")
    if what not in _WAYS:
        return Done((lead_screen(host, kept.sitting),))
    step = done(host, kept, _deed(host, _WAYS[what], of))
    above = host.say("consultation.desk.done", what=what, letter=of)
    return replace(step, replies=(lead_screen(host, step.changes[0][1], above),))


def _deed(host: Host, way: Way, of: str) -> Deed:
    hours = min(int(of), _LONGEST) if way == "snooze" and of.isdecimal() else 1
    return Deed(way=way, letter=of, until=host.now + dt.timedelta(hours=hours) if way == "snooze" else None)


def _refused(host: Host, code: str) -> Done:
    words = host.say(f"consultation.group.{code}")
    return Done(toast=words, alert=True) if host.arrival.public else Done((said(host, words),), show=True)


def _door(host: Host, kept: Kept) -> Done:
    """Into the adviser's private talk, where the steps are."""
    code, speaker = "d" + secrets.token_urlsafe(12), host.speaker or ""

    def act(connection: Connection) -> bool:
        invite(connection, code, kept.sitting.id, speaker, host.now)
        return True

    return Done(act=act, start=code)


ACT = Act(_lead, frozenset({"group", "private"}), verbs=frozenset({"lead"}), led=True)
