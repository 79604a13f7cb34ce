"""Posting: what an adviser sends from the desk to a group or a member, and who is told of it where."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from sqlalchemy import Connection

from bot.consultation.advising import open_case
from bot.consultation.desks import Desk, change_desk, desk_of, desks_viewing, keep_desk
from bot.consultation.hosting import Done, Host
from bot.consultation.keeping import Kept
from bot.consultation.sitting import Heard, Seat, Sitting, Word
from bot.consultation.talking import talk_of_member
from bot.consultation.unfit import LONGEST, Fault, unfit_for_group
from bot.consultation.wording import private_words
from bot.dialogue.cards import CARD
from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import kind_of
from bot.dialogue.messages import Button, Reply, Text
from bot.dialogue.probing import told_facts
from bot.dialogue.scene import Scene
from bot.store.engine import reading
from bot.store.sharing import take_back_card


def kept_desk(host: Host, done: Done, desk: Desk) -> Done:
    """What was done, with the desk as it is afterwards; while something is to be typed, plain words come to it.

    Afterwards they go where they went before: to whoever talks with the adviser about a case of the adviser's own.
    """
    who = done.who or host.who
    aside = "desk" if desk.typing else talk_of_member(host) if who.aside == "desk" else who.aside

    def act(connection: Connection) -> bool:
        return keep_desk(connection, host.who.id, desk) and done.act(connection)

    return replace(done, act=act, who=who.but(aside=aside))


def desk_noted(host: Host, done: Done) -> Done:
    """What was done at a desk, which remembers that its screen is the newest; who leads nothing has no desk."""
    if not any(reply.slot == CARD for reply in done.replies):
        return done

    def act(connection: Connection) -> bool:
        if not done.act(connection):
            return False
        newest = host.who.revision + 1
        return change_desk(connection, host.who.id, lambda desk: desk.but(card=newest) if desk.led else desk)

    return replace(done, act=act)


def own_desk(host: Host) -> Desk:
    """What lies open before whoever acts."""
    with reading(host.store) as connection:
        return desk_of(connection, host.who.id)


def fault_for_group(host: Host, sitting: Sitting, words: str) -> Fault | None:
    """Why some words may not stand before the group of a sitting; none of its members' own figures may be in them."""
    library = host.scene.library
    people = [host.conversation(seat.member) for seat in sitting.seats]
    every = tuple(library.questions.values())  # also what is off the path of whatever they look at just now
    members = (told_facts(kind_of(who), who.answers, every) for who in people)
    return unfit_for_group(words, members, library)


def fault_words(host: Host, fault: Fault) -> str:
    """What is wrong with some words, in the adviser's language."""
    return host.say(f"desk.unfit.{fault}", most=LONGEST)


def nowhere(host: Host, sitting: Sitting) -> str:
    """Why nothing can be posted in the group of a sitting now, in the adviser's language; empty where it can."""
    if sitting.away:
        return host.say("desk.bot_out")
    return host.say("desk.topic_shut") if sitting.shut else ""


def spread(host: Host, kept: Kept, heard: Heard) -> Done:
    """A change of a sitting, told to everybody whom it concerns in their private talk, each with their way on."""
    told = [(word.to, _told(host, heard.sitting, word)) for word in heard.words]
    here = tuple(reply for name, reply in told if name == host.who.id)
    elsewhere = tuple((name, reply) for name, reply in told if name != host.who.id)
    return Done(here, elsewhere, changes=((kept, heard.sitting),))


def _told(host: Host, sitting: Sitting, word: Word) -> Reply:
    other = host.who if word.to == host.who.id else host.conversation(word.to)
    words = private_words(word, sitting, host.phrases, other.language, host.now)
    return Reply(blocks=(Text(markup=words),), buttons=((_way_on(other, sitting, word, host.scene),),), hint="none")


def _way_on(other: Conversation, sitting: Sitting, word: Word, scene: Scene) -> Button:
    seat = word.seat
    if seat is not None and seat.member != word.to:
        letter = seat.letter or ""
        return scene.button(other, "desk.case_button", f"desk:{sitting.id}:c:{letter}", letter=letter)
    if word.code == "adviser_here":
        return scene.button(other, "consultation.hang_up_button", f"own:{sitting.id}:hang")
    return scene.button(other, "consultation.seat.open", f"seat:{sitting.id}")


def closed_views(host: Host, sitting: Sitting) -> Done:
    """Whole results on advisers' desks whose owners do not let them be seen any more: each is gone from its message."""
    with reading(host.store) as connection:
        viewing = desks_viewing(connection, sitting.id)
    gone = tuple((name, desk) for name, desk in viewing if open_case(sitting, desk.viewed[1]) is None)
    told = tuple((name, view_gone(host, name, desk)) for name, desk in gone)

    def act(connection: Connection) -> bool:
        return all(change_desk(connection, name, partial(_closed, desk.view)) for name, desk in gone)

    return Done(elsewhere=told, act=act)


def _closed(view: str, desk: Desk) -> Desk:
    """A desk on which this board shows no result any more; another one that was opened since stays."""
    return cleared(desk) if desk.view == view else desk


def view_gone(host: Host, name: str, desk: Desk) -> Reply:
    """A board that showed a result, with nothing of it any more."""
    other = host.who if name == host.who.id else host.conversation(name)
    return Reply(
        blocks=(host.scene.text(other, "desk.full_closed", letter=desk.viewed[1]),), board=desk.view, hint="none"
    )


def cleared(desk: Desk) -> Desk:
    """The desk with no result open on it."""
    empty = Desk()
    return desk.but(view=empty.view, viewed=empty.viewed, ways=empty.ways, trial=empty.trial)


def left_alone(host: Host, sitting: Sitting, seat: Seat | None) -> Done:
    """An adviser who was speaking with somebody that takes their case back is told that it is over."""
    if seat is None or seat.adviser is None:
        return Done()
    return Done(elsewhere=((seat.adviser, _told(host, sitting, Word(seat.adviser, "left_you", seat))),))


def no_example(host: Host) -> Done:
    """What whoever acts let become an example becomes none."""

    def act(connection: Connection) -> bool:
        take_back_card(connection, host.who.id)
        return True

    return Done(act=act)


def together(one: Done, other: Done) -> Done:
    """Two things done at once; the chat's own conversation and card are those of the first."""

    def act(connection: Connection) -> bool:
        return one.act(connection) and other.act(connection)

    return replace(
        one,
        replies=(*one.replies, *other.replies),
        elsewhere=(*one.elsewhere, *other.elsewhere),
        changes=(*one.changes, *other.changes),
        wakes=(*one.wakes, *other.wakes),
        act=act,
    )
