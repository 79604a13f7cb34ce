"""crew: advisers in a group of their own: making it theirs, and speaking with a member from the topic of a case."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection

from bot.consultation.advising import give_back
from bot.consultation.crews import disbanded, opening
from bot.consultation.desks import notes_about
from bot.consultation.doing import said
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept, sittings_of
from bot.consultation.posting import fault_words, spread, together
from bot.consultation.sitting import Seat
from bot.consultation.talking import to_member
from bot.consultation.unfit import unfit
from bot.consultation.wording import shielded
from bot.dialogue.turn import greeted
from bot.store.engine import reading
from bot.store.rooms import join_crew, room_at, rooms_in


class _Talk(NamedTuple):
    """A talk whose topic this is, and the seat of its member; None once it is over."""

    kept: Kept | None
    seat: Seat | None


def _crew(host: Host, argument: str) -> Done | None:
    if host.arrival.command == "desk":
        return _desk(host, argument.strip().lower())
    talk = _talk_here(host)
    if talk is None:
        return Done((said(host, host.say("crew.say_where")),)) if host.arrival.command == "say" else None
    if host.speaker is None or host.arrival.secondhand or not host.in_office(host.speaker):
        return _told(host, "crew.not_office")
    if talk.kept is None or talk.seat is None or talk.seat.adviser is None:
        return _told(host, "crew.over")
    if host.arrival.action is None:
        return _spoken(host, talk.kept, talk.seat, argument)
    return _hung_up(host, talk.kept, talk.seat) if argument == "end" else _notes(host, talk.kept, talk.seat)


def _desk(host: Host, what: str) -> Done:
    """Make this group the advisers' own, or let it go; else it is said where desks are."""
    if what not in {"here", "away"}:
        return Done((said(host, host.say("crew.how")),))
    speaker = host.speaker
    if speaker is None or host.arrival.secondhand or not host.in_office(speaker):
        return Done((said(host, host.say("crew.not_office")),))
    if what == "away":
        return replace(disbanded(host), replies=(said(host, host.say("crew.away")),))
    with reading(host.store) as connection:
        if sittings_of(connection, host.who.id):
            return Done((said(host, host.say("crew.members_here")),))
        footing = host.arrival.footing
        if footing is not None and not (footing.topics and footing.deletes):
            return Done((said(host, host.say("crew.no_right", topics=footing.topics, deletes=footing.deletes)),))
        own = any(not room.sitting and room.thread is not None for room in rooms_in(connection, host.who.id))

    def act(connection: Connection) -> bool:
        join_crew(connection, speaker, host.who.id)
        return True

    begun = Done((said(host, host.say("crew.joined")),)) if own else opening(host)
    leader = greeted(host.conversation(speaker), host.arrival)
    group = host.who.but(language=leader.language, language_chosen=True)
    return replace(together(begun, Done(act=act)), who=group)


def _talk_here(host: Host) -> _Talk | None:
    """The talk of this topic; None where it is no topic of a case."""
    topic, group = host.arrival.topic, host.who.id
    if topic is None:
        return None
    with reading(host.store) as connection:
        room = room_at(connection, group, topic)
    if room is None or not room.sitting:
        return None
    kept = host.sitting(room.sitting)
    seat = None if kept is None else kept.sitting.case(room.letter)
    return _Talk(kept, seat if seat is not None and seat.crew == group else None)


def _spoken(host: Host, kept: Kept, seat: Seat, words: str) -> Done:
    """To the member, as an adviser's words, without whose they are."""
    fault = unfit(words, host.scene.library)
    if fault is not None:
        return Done((said(host, fault_words(host, fault)),))
    sent = ((seat.member, to_member(host, kept.sitting, seat.member, words)),)
    return Done((said(host, host.say("crew.sent")),), sent)


def _hung_up(host: Host, kept: Kept, seat: Seat) -> Done:
    return replace(spread(host, kept, give_back(kept.sitting, seat.member)), toast=host.say("crew.ended"))


def _notes(host: Host, kept: Kept, seat: Seat) -> Done:
    """The advisers' notes about this case, for all in the topic."""
    with reading(host.store) as connection:
        found = notes_about(connection, kept.sitting.id, seat.letter or "")
    notes = [{"at": one.at.date(), "words": shielded(one.words, most=None)} for one in found]
    return Done((said(host, host.say("crew.noted", letter=seat.letter, notes=notes)),))


def _told(host: Host, key: str) -> Done:
    words = host.say(key)
    return Done(toast=words, alert=True) if host.arrival.press is not None else Done((said(host, words),))


ACT = Act(
    _crew,
    frozenset({"group"}),
    commands=frozenset({"desk", "say"}),
    verbs=frozenset({"crew"}),
    hears=frozenset({"group"}),
    footed=True,
)
