"""Desk steps: what an adviser's press on the desk comes to for one case: notes, drafts, and talking with its owner."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from sqlalchemy import Connection

from bot.consultation.advising import agree_on, give_back
from bot.consultation.crews import read_along, reads_along
from bot.consultation.desk_screens import case_screen, draft_screen, screen, typing_screen
from bot.consultation.desks import Desk, Remark, note, notes_about
from bot.consultation.group_view import from_adviser
from bot.consultation.hosting import Done, Host
from bot.consultation.keeping import Kept
from bot.consultation.leading import lead_screen
from bot.consultation.posting import fault_for_group, fault_words, kept_desk, nowhere, spread
from bot.consultation.sitting import Heard, Sitting
from bot.consultation.talking import talk_of_desk, to_member
from bot.consultation.unfit import unfit
from bot.consultation.wording import shielded
from bot.dialogue.messages import Reply
from bot.store.engine import reading


class Step(NamedTuple):
    """A press on the desk: who, which sitting, what lies open, and the argument (a letter, or an id)."""

    host: Host
    kept: Kept
    desk: Desk
    argument: str

    @property
    def sitting(self) -> Sitting:
        """The sitting as it stands."""
        return self.kept.sitting

    @property
    def talking(self) -> bool:
        """Whether the adviser is speaking with somebody at this moment, of this sitting or of another."""
        return talk_of_desk(self.host, self.desk) is not None


def back_to(step: Step, letter: str, desk: Desk, above: str = "", newest: tuple[Remark, ...] = ()) -> Reply:
    """The screen of a case, or of the sitting where there is none; with a word above it, and a note just written."""
    host, sitting = step.host, step.sitting
    seat = sitting.case(letter) if letter else None
    if seat is None:
        return lead_screen(host, sitting, above or (host.say("desk.gone") if letter else ""))
    with reading(host.store) as connection:
        notes = notes_about(connection, sitting.id, letter)
    shown = case_screen(host, sitting, seat, desk, (*notes, *newest))
    return shown if not above else shown.model_copy(update={"blocks": (*screen(above).blocks, *shown.blocks)})


def case(step: Step) -> Done:
    """A case with its notes; whatever was to be typed is not any more, but a talk goes on."""
    desk = step.desk if step.talking else _looking_at(step.desk, step.sitting.id, step.argument)
    return kept_desk(step.host, Done((back_to(step, step.argument, desk),)), desk)


def _looking_at(desk: Desk, sitting: str, letter: str) -> Desk:
    same = (desk.sitting, desk.letter) == (sitting, letter)
    return desk.but(sitting=sitting, letter=letter, typing="", asked=-1, draft=desk.draft if same else "")


def _typing(step: Step, what: Literal["note", "draft", "agreed"]) -> Done:
    if step.talking:
        return _talk_first(step)
    if step.argument and step.sitting.case(step.argument) is None:
        return case(step)
    asked = step.host.who.revision + 1
    desk = step.desk.but(sitting=step.sitting.id, letter=step.argument, typing=what, asked=asked, draft="")
    return kept_desk(step.host, Done((typing_screen(step.host, step.sitting, what, step.argument),)), desk)


def _talk_first(step: Step) -> Done:
    """Nothing else is typed or asked while a talk is on; its screen, or that of the case looked at, says so."""
    letter = step.desk.letter if step.desk.sitting == step.sitting.id else step.argument
    return Done((back_to(step, letter, step.desk, step.host.say("desk.talk_first")),))


def _note(step: Step) -> Done:
    return _typing(step, "note")


def _draft(step: Step) -> Done:
    return _typing(step, "draft")


def _agreed(step: Step) -> Done:
    return _typing(step, "agreed")


def _post(step: Step) -> Done:
    """Send the draft that lies here; it is looked at once more, for members may have told other figures since."""
    host, sitting, desk = step.host, step.sitting, step.desk
    gone = bool(step.argument) and sitting.case(step.argument) is None
    if gone or step.talking or not desk.draft or (desk.sitting, desk.letter) != (sitting.id, step.argument):
        return case(step)
    fault = fault_for_group(host, sitting, desk.draft)
    why = nowhere(host, sitting) if fault is None else fault_words(host, fault)
    if why:
        return Done((back_to(step, step.argument, desk, why),))
    group = host.conversation(sitting.group)
    reply = from_adviser(group, sitting, desk.draft, step.argument, host.scene)
    after = desk.but(draft="", typing="", asked=-1)
    shown = back_to(step, step.argument, after, host.say("desk.posted"))
    return kept_desk(host, Done((shown,), ((sitting.group, reply),)), after)


def _drop(step: Step) -> Done:
    return case(step._replace(desk=step.desk.but(draft="")))


def _talk(step: Step) -> Done:
    """Ask the owner of a case whether they want to talk; until they do nobody hears anybody.

    Who has left is not asked any more, and the adviser is told nothing else: the card tells nobody that they did.
    """
    host, sitting = step.host, step.sitting
    seat = sitting.case(step.argument)
    if seat is None or seat.member == host.who.id or seat.adviser is not None:
        words = host.say("consultation.private.taken_already", letter=step.argument)
        return Done((back_to(step, step.argument, step.desk, words),))
    if step.talking:
        return _talk_first(step)
    other = host.conversation(seat.member)
    number, along = host.who.id.removeprefix("tg:"), reads_along(host, sitting, host.who.id)
    ways = (
        host.scene.button(other, "consultation.talk_yes", f"own:{sitting.id}:talk:{number}{':along' if along else ''}"),
        host.scene.button(other, "consultation.rather_not", f"own:{sitting.id}:no:{number}"),
    )
    asked = host.scene.text(other, "consultation.talk_ask", about=shielded(sitting.about))
    told = (host.scene.text(other, "crew.talk_ask"),) if along else ()
    invitation = Reply(blocks=(asked, *told), buttons=(ways,), hint="none")
    desk = step.desk.but(sitting=sitting.id, letter=step.argument, typing="talk", asked=-1, draft="", unsent="")
    shown = screen(
        host.say("desk.talk_asked", letter=step.argument),
        (host.button("desk.hang_up", f"desk:{sitting.id}:h:{step.argument}"),),
    )
    asks = () if seat.departing else ((seat.member, invitation),)
    return kept_desk(host, Done((shown,), asks), desk)


def _send(step: Step) -> Done:
    """Send what was typed for a member, now that the press has shown who leads."""
    host, sitting, desk = step.host, step.sitting, step.desk
    seat = sitting.case(step.argument)
    talking = seat is not None and seat.adviser == host.who.id and desk.letter == step.argument
    if seat is None or not talking or not desk.unsent or unfit(desk.unsent, host.scene.library) is not None:
        return Done((back_to(step, step.argument, desk, host.say("desk.talk_nobody")),))
    after = desk.but(unsent="")
    shown = screen(host.say("desk.talk_sent"), (host.button("desk.hang_up", f"desk:{sitting.id}:h:{step.argument}"),))
    read = read_along(host, sitting, seat, "consultation.from_adviser", desk.unsent)
    told = (seat.member, to_member(host, sitting, seat.member, desk.unsent))
    return kept_desk(host, Done((shown,), (told, *read)), after)


def _hang_up(step: Step) -> Done:
    """End the talk, or do not wait for it any more; an older button ends no talk but its own."""
    seat = step.sitting.case(step.argument)
    mine = seat is not None and seat.adviser == step.host.who.id
    if step.talking and not mine:
        return case(step)
    heard = give_back(step.sitting, seat.member) if seat is not None and mine else Heard(step.sitting)
    ended = spread(step.host, step.kept, heard)
    desk = step.desk.but(typing="", asked=-1, draft="", unsent="", sitting=step.sitting.id, letter=step.argument)
    after = step._replace(kept=Kept(heard.sitting, step.kept.revision))
    done = Done((back_to(after, step.argument, desk),), ended.elsewhere, ended.changes)
    return kept_desk(step.host, done, desk)


CASE_STEPS: Mapping[str, Callable[[Step], Done]] = MappingProxyType({
    "c": case,
    "n": _note,
    "d": _draft,
    "g": _agreed,
    "p": _post,
    "k": _drop,
    "t": _talk,
    "h": _hang_up,
    "u": _send,
})
"""Steps with a case by the letter that a button carries."""


def typed(step: Step, words: str) -> Done:
    """What was typed where a note, a draft or an agreed point was asked for."""
    host, desk, letter = step.host, step.desk, step.desk.letter
    if desk.typing == "note":
        return _noted(step, words)
    fault = fault_for_group(host, step.sitting, words)
    if fault is not None:
        return _once_more(step, fault_words(host, fault))
    if desk.typing == "agreed":
        after = desk.but(typing="", asked=-1)
        sitting = agree_on(step.sitting, words)
        shown = lead_screen(host, sitting, host.say("desk.noted"))
        return kept_desk(host, Done((shown,), changes=((step.kept, sitting),)), after)
    drafted = desk.but(draft=words, asked=host.who.revision + 1)  # other words below the preview take its place
    preview = from_adviser(host.who, step.sitting, words, letter, host.scene)
    return kept_desk(host, Done((draft_screen(host, step.sitting, letter, preview.blocks),)), drafted)


def _noted(step: Step, words: str) -> Done:
    host, letter = step.host, step.desk.letter
    after = step.desk.but(typing="", asked=-1)
    if step.sitting.case(letter) is None:
        return kept_desk(host, Done((back_to(step, letter, after),)), after)
    remark = Remark(host.who.id, host.now, words[:_LONGEST_NOTE])

    def act(connection: Connection) -> bool:
        note(connection, step.sitting.id, letter, remark)
        return True

    shown = back_to(step, letter, after, host.say("desk.noted"), (remark,))
    return kept_desk(host, Done((shown,), act=act), after)


def _once_more(step: Step, why: str) -> Done:
    """Say what is wrong, and wait for other words."""
    again = typing_screen(step.host, step.sitting, step.desk.typing, step.desk.letter)
    shown = again.model_copy(update={"blocks": (*screen(why).blocks, *again.blocks)})
    return kept_desk(step.host, Done((shown,)), step.desk.but(asked=step.host.who.revision + 1))


_LONGEST_NOTE = 1000
