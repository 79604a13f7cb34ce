"""Seats: a member's own screen of a sitting: how they stand, what the group would see of them, and what they may do."""

from __future__ import annotations

from bot.consultation.anonymising import Card, Wide, anonymous, untold, why_wide
from bot.consultation.dealing import TOGETHER
from bot.consultation.hosting import Host
from bot.consultation.showing_again import shown_before
from bot.consultation.sitting import LASTS, Seat, Sitting, Word
from bot.consultation.wording import card_words, private_words, shielded
from bot.dialogue.cards import CARD, said
from bot.dialogue.interview import facts_of, next_question
from bot.dialogue.messages import Button, Reply, Text
from simulator.vocabulary import Facts


def own_card(host: Host) -> Card | None:
    """The card that a group might see of whoever acts; None where nothing may be shown, or nothing is known."""
    if host.who.consent_at is None or not host.who.adult:
        return None
    return anonymous(_told(host), host.crowd())


def _told(host: Host) -> Facts:
    return facts_of(host.who.but(goal="assess"), host.scene.library)


def seat_screen(host: Host, sitting: Sitting) -> Reply:
    """Where somebody stands in a sitting, with a preview of what the group would see, and every way on."""
    seat = sitting.seat_of(host.who.id)
    if seat is None:
        words = private_words(Word(host.who.id, "no_seat"), sitting, host.phrases, host.who.language, host.now)
        return _screen(words, (host.button("menu.back", "menu:"),))
    open_to = seat.standing in {"seated", "hidden"} and sitting.closed_at is None and not _just_refused(host, seat)
    offered = own_card(host) if open_to else None
    code = "leaving" if seat.leaving else "over" if sitting.closed_at is not None else seat.standing
    words = private_words(Word(host.who.id, code, seat), sitting, host.phrases, host.who.language, host.now)
    if seat.standing == "seated" and (offered is not None or _told_all(host)):
        words = host.say("consultation.seat.here", about=shielded(sitting.about))
    blocks = [words]
    again = None if offered is None else shown_before(host, sitting)
    if open_to:
        blocks.append(_preview(host, offered))
    if again is not None:
        blocks.append(host.say("consultation.seat.again", when=again))
    return _screen("\n\n".join(blocks), *_ways(host, sitting, seat, offered, again=again is not None))


def _just_refused(host: Host, seat: Seat) -> bool:
    """Whether this very press said that the group may see no card: the same question is not asked again beneath it."""
    return seat.standing == "hidden" and (host.arrival.action or "").endswith((":slip", ":hide"))


def _preview(host: Host, offered: Card | None) -> str:
    if host.who.consent_at is None or not host.who.adult:
        return host.say("consultation.seat.first_consent")
    card = "" if offered is None else card_words(offered, host.phrases, host.who.language)
    wide: Wide = "" if offered is None else why_wide(_told(host), offered)
    missing = [_label(host, name) for name in untold(_told(host))] if offered is None else []
    return host.say(
        "consultation.seat.preview", card=card, wide=wide, missing=missing, together=TOGETHER, days=LASTS.days
    )


def _label(host: Host, name: str) -> str:
    words = host.scene.library.questions[name].label
    return said(host.who, host.scene, words)


def _told_all(host: Host) -> bool:
    """Whether whoever acts stands at the end of their questions, or has asked for the result early."""
    answering = host.who.but(goal="assess", focus=None, reviewing=False)
    return bool(host.who.adult and host.who.answers) and next_question(answering, host.scene.library) is None


def _missing_ways(host: Host, number: str) -> list[tuple[Button, ...]]:
    """A button for each thing that a card needs and that nothing else would ask any more."""
    if host.who.consent_at is None or not _told_all(host):
        return []
    missing = untold(_told(host))
    fill = "consultation.seat.fill"
    return [(host.button(fill, f"seat:{number}:{name}", label=_label(host, name)),) for name in missing]


def _ways(
    host: Host, sitting: Sitting, seat: Seat, offered: Card | None, *, again: bool
) -> tuple[tuple[Button, ...], ...]:
    number = sitting.id
    rows: list[tuple[Button, ...]] = []
    if offered is not None:
        rows += _offer(host, number, seat, again=again)
    elif _just_refused(host, seat) and sitting.closed_at is None:
        rows.append((host.button("consultation.to_the_table", f"seat:{number}"),))
    elif seat.standing in {"seated", "hidden"} and sitting.closed_at is None:
        rows += _missing_ways(host, number)
    if not seat.leaving and (seat.standing == "shown" or seat.example):
        rows += _case_ways(host, sitting, seat)
    rows += _ways_back(host, sitting, seat)
    if not seat.departing:
        rows.append((host.button("consultation.seat.leave", f"seat:{number}:leave"),))
    back = "consultation.seat.answers" if host.who.consent_at is not None else "consultation.seat.read"
    rows.append((host.button(back, f"seat:{number}:later"),))
    return tuple(rows) if offered is None or seat.standing != "seated" else tuple(rows[:-1])


def _offer(host: Host, number: str, seat: Seat, *, again: bool) -> list[tuple[Button, ...]]:
    """Showing the card or not; whoever showed one lately is offered first to keep it back."""
    key = "consultation.seat.show_again" if again else "consultation.seat.show"
    show = (host.button(key, f"seat:{number}:show"),)
    if seat.standing != "seated":
        return [show]
    later = host.button("consultation.seat.later", f"seat:{number}:later")
    never = host.button("consultation.seat.never", f"seat:{number}:slip")
    return [(never, later), show] if again else [show, (later, never)]


def _ways_back(host: Host, sitting: Sitting, seat: Seat) -> list[tuple[Button, ...]]:
    """Taking a card back: first quietly, for who goes at once may be guessed; one that waits was never seen.

    A button that is pressed when the card lies on the table by then takes it away quietly, too.
    """
    way = f"seat:{sitting.id}"
    if seat.standing == "ready":
        return [(host.button("consultation.seat.take_back", f"{way}:slip"),)]
    if seat.standing != "shown":
        return []
    if not seat.leaving:
        return [(host.button("consultation.seat.slip", f"{way}:slip"),)]
    now = ("leave_now", "gone") if seat.departing else ("take_back_now", "hide")
    stay = host.button("consultation.seat.stay", f"{way}:show")
    return [(stay,), (host.button(f"consultation.seat.{now[0]}", f"{way}:{now[1]}"),)]


def _case_ways(host: Host, sitting: Sitting, seat: Seat) -> list[tuple[Button, ...]]:
    """What somebody may decide about their case alone, and take back."""
    way = f"own:{sitting.id}"
    if sitting.closed_at is not None:
        return [(host.button("consultation.no_example_button", f"{way}:teach:no"),)]
    hang = [(host.button("consultation.hang_up_button", f"{way}:hang"),)] if seat.adviser else []
    see = ("consultation.shut_button", f"{way}:see:no") if seat.open else ("consultation.open_button", f"{way}:ask:see")
    teach = ("consultation.no_example_button", f"{way}:teach:no")
    if not seat.example:
        teach = ("consultation.example_button", f"{way}:ask:teach")
    return [*hang, (host.button(*see),), (host.button(*teach),)]


def _screen(words: str, *rows: tuple[Button, ...]) -> Reply:
    return Reply(blocks=(Text(markup=words),), buttons=rows, slot=CARD)
