"""Advising: who may see the whole result of a case, who speaks with its member, and what was agreed on."""

from __future__ import annotations

from bot.consultation.brought import MOST_DECIDED
from bot.consultation.sitting import UNSEEN, Heard, Seat, Sitting, Word
from bot.consultation.wording import shielded


def open_case(sitting: Sitting, letter: str) -> Seat | None:
    """The case of a letter whose owner lets advisers see the whole result at this moment; None for every other one."""
    case = sitting.case(letter) if sitting.closed_at is None else None
    return case if case is not None and case.open else None


def spoken_with(sitting: Sitting, member: str) -> str | None:
    """The private talk of the adviser who speaks with a member now, or None."""
    seat = sitting.seat_of(member) if sitting.closed_at is None else None
    return None if seat is None or seat.standing != "shown" else seat.adviser


def allow(sitting: Sitting, member: str, *, seen: bool) -> Heard:
    """Whether advisers may see the whole result of a member's case; taking it back always counts, and at once.

    With it goes whoever speaks with them: an adviser who may see nothing does not go on in the bot's place.
    """
    seat = sitting.seat_of(member)
    if seat is None or (seen and (not _stays(seat) or sitting.closed_at is not None)):
        return Heard(sitting, (Word(member, "no_case_of_yours"),))
    after = _changed(sitting, seat.model_copy(update={"open": True} if seen else UNSEEN))
    told = (Word(member, "opened" if seen else "shut", after.seat_of(member)),)
    left = (Word(seat.adviser, "left_you", seat),) if not seen and seat.adviser else ()
    return Heard(after, (*told, *left))


def _stays(seat: Seat) -> bool:
    """Whether a card lies on the table that its owner has not taken back."""
    return seat.standing == "shown" and not seat.leaving


def teach(sitting: Sitting, member: str, *, wanted: bool) -> Heard:
    """Whether a member's case may become an example for others, without their name and with its bands only."""
    seat = sitting.seat_of(member)
    if seat is None or (wanted and not _stays(seat)):
        return Heard(sitting, (Word(member, "no_case_of_yours"),))
    after = _changed(sitting, seat.model_copy(update={"example": wanted}))
    return Heard(after, (Word(member, "example" if wanted else "no_example", after.seat_of(member)),))


def take_over(sitting: Sitting, letter: str, adviser: str, crew: str | None = None) -> Heard:
    """An adviser speaks with the member of a case whom nobody speaks with yet; a ``crew`` reads along."""
    case = sitting.case(letter) if sitting.closed_at is None else None
    if case is None or case.departing:
        return Heard(sitting, (Word(adviser, "no_such_case"),))
    if case.member == adviser or case.adviser not in {None, adviser}:
        return Heard(sitting, (Word(adviser, "taken_already", case),))
    taken = case.model_copy(update={"adviser": adviser, "crew": case.crew or crew})
    return Heard(
        _changed(sitting, taken), (Word(case.member, "adviser_here", taken), Word(adviser, "you_speak", taken))
    )


def give_back(sitting: Sitting, member: str) -> Heard:
    """The talk about a member's own case ends; the bot answers again, and both are told."""
    seat = sitting.seat_of(member)
    if seat is None or seat.adviser is None:
        return Heard(sitting)
    free = seat.model_copy(update={"adviser": None, "crew": None})
    told = (Word(seat.member, "bot_again", free), Word(seat.adviser, "left_you", free))
    return Heard(_changed(sitting, free), told)


def left_by(sitting: Sitting, adviser: str) -> Heard:
    """Every talk of an adviser ends; one about a case of their own goes on, for there they are the member."""
    heard = Heard(sitting)
    for seat in sitting.seats:
        if seat.adviser == adviser:
            after, words = give_back(heard.sitting, seat.member)
            heard = Heard(after, (*heard.words, *words))
    return heard


def agree_on(sitting: Sitting, words: str) -> Sitting:
    """One more point that was agreed on, for the summary; the oldest make room."""
    point, before = shielded(words), sitting.brought.decided
    return brings(sitting, decided=(*before, point)[-MOST_DECIDED:]) if point else sitting


def cite(sitting: Sitting, facts: tuple[str, ...]) -> Sitting:
    """What an answer in the group rested on, for the sources of the summary; each once."""
    return brings(sitting, cited=tuple(dict.fromkeys((*sitting.brought.cited, *facts))))


def brings(sitting: Sitting, **what: tuple[str, ...]) -> Sitting:
    """A sitting to whose group something else was brought."""
    return sitting.model_copy(update={"brought": sitting.brought.model_copy(update=what)})


def _changed(sitting: Sitting, seat: Seat) -> Sitting:
    seats = tuple(seat if one.member == seat.member else one for one in sitting.seats)
    return sitting.model_copy(update={"seats": seats})
