"""Crews: advisers who work together read along in a group of their own, a topic for each case that is talked about."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import reduce

from sqlalchemy import Connection

from bot.consultation.group_view import shielded_lines
from bot.consultation.hosting import Done, Host
from bot.consultation.keeping import Kept, load
from bot.consultation.posting import together
from bot.consultation.sitting import Seat, Sitting
from bot.consultation.wording import card_words, shielded
from bot.dialogue.messages import Reply, Text
from bot.store.engine import reading
from bot.store.rooms import Room, crew_of, end_room, forget_room, leave_crew, prepare_room, rooms_in, rooms_of

_LONGEST = 2000
"""Letters of one message that are passed on."""


def reads_along(host: Host, sitting: Sitting, adviser: str) -> str | None:
    """The group that reads along when an adviser talks with a member; never the group of the sitting itself."""
    with reading(host.store) as connection:
        group = crew_of(connection, adviser)
    return group if group != sitting.group and host.in_office(adviser) else None


def room_opened(host: Host, sitting: Sitting, seat: Seat) -> Done:
    """A topic for a case in the group that reads along, with its card as everybody has it on the table."""
    if seat.crew is None or seat.card is None:
        return Done()
    group, phrases = host.conversation(seat.crew), host.phrases
    letter, about = seat.letter or "", shielded(sitting.about)
    room = Room(secrets.token_urlsafe(9), seat.crew, sitting.id, letter)
    card = card_words(seat.card, phrases, group.language)
    ways = (host.scene.button(group, "crew.notes", "crew:notes"), host.scene.button(group, "crew.end", "crew:end"))
    reply = Reply(
        blocks=(host.scene.text(group, "crew.case", letter=letter, about=about, card=card),),
        buttons=(ways,),
        hint="none",
        room=room.id,
        opens=host.scene.say(group, "crew.title", letter=letter, about=about),
    )

    def act(connection: Connection) -> bool:
        prepare_room(connection, room)
        return True

    return Done(elsewhere=((seat.crew, reply),), act=act)


def read_along(host: Host, sitting: Sitting, seat: Seat, key: str, words: str) -> tuple[tuple[str, Reply], ...]:
    """What one of the two said, for the topic of their talk; nothing where nobody reads along."""
    with reading(host.store) as connection:
        rooms = rooms_of(connection, sitting.id)
    here = [room for room in rooms if (room.letter, room.group) == (seat.letter, seat.crew)]
    if not here:
        return ()
    group = host.conversation(here[0].group)
    told = host.scene.text(group, key, letter=seat.letter, words=shielded_lines(words[:_LONGEST]))
    return ((group.id, Reply(blocks=(told,), hint="none", room=here[0].id)),)


def rooms_ended(host: Host, sitting: Sitting) -> Done:
    """The topics of talks that are not any more go, with everything that was said in them."""
    live = {(seat.letter, seat.crew) for seat in sitting.cases}
    with reading(host.store) as connection:
        over = [room for room in rooms_of(connection, sitting.id) if (room.letter, room.group) not in live]
    if not over:
        return Done()

    def act(connection: Connection) -> bool:
        for room in over:
            end_room(connection, room.id)
        return True

    told = tuple((room.group, _ending(host, room)) for room in over)
    here = tuple(reply for name, reply in told if name == host.who.id)
    return Done(here, tuple(one for one in told if one[0] != host.who.id), act=act)


def with_rooms_ended(host: Host, done: Done) -> Done:
    """What was done, with the end of the topics whose talks it ended."""
    ended = (rooms_ended(host, after) for kept, after in done.changes if any(seat.crew for seat in kept.sitting.seats))
    return reduce(together, ended, done)


def _ending(host: Host, room: Room) -> Reply:
    words = host.scene.say(host.conversation(room.group), "crew.left_over")
    return Reply(blocks=(), room=room.id, instead=words)


def disbanded(host: Host) -> Done:
    """Nobody works in this group any more: talks go on in private, and their topics here go."""
    group = host.who.id
    with reading(host.store) as connection:
        rooms = rooms_in(connection, group)
        numbers = dict.fromkeys(room.sitting for room in rooms if room.sitting)
        found = [kept for number in numbers if (kept := load(connection, number)) is not None]

    def act(connection: Connection) -> bool:
        leave_crew(connection, group)
        for room in rooms:
            if not room.sitting:
                forget_room(connection, room.id)
        return True

    return Done(changes=tuple((kept, _alone(kept, group)) for kept in found), act=act)


def _alone(kept: Kept, group: str) -> Sitting:
    alone: Mapping[str, None] = {"crew": None}
    seats = tuple(seat.model_copy(update=alone) if seat.crew == group else seat for seat in kept.sitting.seats)
    return kept.sitting.model_copy(update={"seats": seats})


def opening(host: Host) -> Done:
    """The group's own topic, which says what is written in this group; it is a crew's once the topic stands."""
    room = Room(secrets.token_urlsafe(9), host.who.id)
    reply = Reply(
        blocks=(Text(markup=host.say("crew.welcome")),),
        hint="none",
        room=room.id,
        opens=host.say("crew.own_title"),
        instead=host.say("crew.no_right", topics=False, deletes=False),
    )

    def act(connection: Connection) -> bool:
        prepare_room(connection, room)
        return True

    return Done((reply,), act=act)
