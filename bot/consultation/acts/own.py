"""own: what a member alone decides about their case: whether advisers see it all, talk with them, or it may teach."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from sqlalchemy import Connection

from bot.consultation.advising import allow, give_back, take_over, teach
from bot.consultation.crews import reads_along, room_opened
from bot.consultation.desks import Desk, change_desk, desk_of
from bot.consultation.doing import said
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept
from bot.consultation.posting import closed_views, no_example, own_desk, spread, together
from bot.consultation.seats import seat_screen
from bot.consultation.sitting import Heard
from bot.consultation.talking import talk_of_desk, talk_of_member
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Reply
from bot.store.engine import reading


def _own(host: Host, argument: str) -> Done:
    number, _, rest = argument.partition(":")
    kept = host.sitting(number)
    if kept is None or kept.sitting.seat_of(host.who.id) is None:
        return Done((said(host, host.say("consultation.private.no_seat")),), show=True)
    what, _, of = rest.partition(":")
    step = _STEPS.get(what)
    return Done(show=True) if step is None else step(host, kept, of)


def _asked(host: Host, kept: Kept, what: str) -> Reply:
    """The words of a consent with yes and no."""
    ways = (
        host.button("consultation.agree", f"own:{kept.sitting.id}:{what}"),
        host.button("consultation.rather_not", f"seat:{kept.sitting.id}"),
    )
    key = "consultation.open_ask" if what == "see" else "consultation.example_ask"
    return seat_screen(host, kept.sitting).model_copy(update={"blocks": (host.text(key),), "buttons": (ways,)})


def _hang(host: Host, kept: Kept, _of: str) -> Done:
    return replace(spread(host, kept, give_back(kept.sitting, host.who.id)), who=_without_talk(host, kept))


def _without_talk(host: Host, kept: Kept) -> Conversation:
    """Whoever acts, whose plain words go to no adviser of this sitting any more."""
    return host.who.but(aside="") if host.who.aside == kept.sitting.id else host.who


def _teach(host: Host, kept: Kept, of: str) -> Done:
    taught = _on_screen(host, kept, teach(kept.sitting, host.who.id, wanted=not of))
    return taught if not of else together(taught, no_example(host))


def _see(host: Host, kept: Kept, of: str) -> Done:
    """Consent to the whole result, or its end: what lies open on desks is gone with it, and so is a talk."""
    seen = not of
    heard = allow(kept.sitting, host.who.id, seen=seen)
    done = _on_screen(host, kept, heard)
    if seen:
        return done
    return replace(together(done, closed_views(host, heard.sitting)), who=_without_talk(host, kept))


def _on_screen(host: Host, kept: Kept, heard: Heard) -> Done:
    """What was decided, above the member's own screen; others are told where they are."""
    done = spread(host, kept, heard)
    shown = seat_screen(host, heard.sitting)
    told = tuple(block for reply in done.replies for block in reply.blocks)
    return replace(done, replies=(shown.model_copy(update={"blocks": (*told, *shown.blocks)}),))


def _talk(host: Host, kept: Kept, of: str) -> Done:
    """The member agrees to talk with the adviser of that number, who had asked.

    The adviser's group reads along only where the member was told so before.
    """
    if _talks_elsewhere(host, kept):
        return Done((said(host, host.say("consultation.talk_busy")),))
    number, _, told = of.partition(":")
    adviser, letter = f"tg:{number}", _letter(host, kept)
    crew = reads_along(host, kept.sitting, adviser) if told else None
    before = kept.sitting.seat_of(host.who.id)
    heard = take_over(kept.sitting, letter if _waits(host, kept, adviser, letter) else "", adviser, crew)
    seat = heard.sitting.seat_of(host.who.id)
    if seat is None or seat.adviser != adviser:
        return Done((said(host, host.say("consultation.talk_late")),))
    begun = replace(spread(host, kept, heard), who=host.who.but(aside=kept.sitting.id))
    return begun if before == seat else together(begun, room_opened(host, heard.sitting, seat))


def _talks_elsewhere(host: Host, kept: Kept) -> bool:
    """Whether whoever acts talks with somebody else already, as a member or as an adviser."""
    return talk_of_member(host) not in {"", kept.sitting.id} or talk_of_desk(host, own_desk(host)) is not None


def _no_talk(host: Host, kept: Kept, of: str) -> Done:
    """The member would rather not; the adviser who asked is told so, and does not wait any more."""
    adviser, letter = f"tg:{of}", _letter(host, kept)
    done = Done((said(host, host.say("consultation.talk_no")),))
    if not _waits(host, kept, adviser, letter):
        return done
    words = host.scene.text(host.conversation(adviser), "desk.talk_declined", letter=letter)

    def act(connection: Connection) -> bool:
        return change_desk(connection, adviser, partial(_waiting_no_more, kept.sitting.id, letter))

    return replace(done, elsewhere=((adviser, Reply(blocks=(words,), hint="none")),), act=act)


def _waiting_no_more(sitting: str, letter: str, desk: Desk) -> Desk:
    """A desk at which nothing is typed for the owner of this case; one that has gone on to something else stays."""
    waits = (desk.typing, desk.sitting, desk.letter) == ("talk", sitting, letter)
    return desk.but(typing="") if waits else desk


def _letter(host: Host, kept: Kept) -> str:
    seat = kept.sitting.seat_of(host.who.id)
    return "" if seat is None else seat.letter or ""


def _waits(host: Host, kept: Kept, adviser: str, letter: str) -> bool:
    """Whether an adviser still waits to talk about a case."""
    with reading(host.store) as connection:
        desk = desk_of(connection, adviser)
    return (desk.typing, desk.sitting, desk.letter) == ("talk", kept.sitting.id, letter)


def _ask(host: Host, kept: Kept, of: str) -> Done:
    return Done((_asked(host, kept, of),))


_STEPS: Mapping[str, Callable[[Host, Kept, str], Done]] = MappingProxyType({
    "ask": _ask,
    "see": _see,
    "teach": _teach,
    "talk": _talk,
    "hang": _hang,
    "no": _no_talk,
})

ACT = Act(_own, frozenset({"private"}), verbs=frozenset({"own"}))
