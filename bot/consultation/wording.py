"""Wording: the table of a sitting and its cards as a group sees them, and what is said to a member in private."""

from __future__ import annotations

import datetime as dt
import math

from bot.consultation.anonymising import Band, Card
from bot.consultation.dealing import LAYING, TOGETHER
from bot.consultation.pausing import AWAY, minutes_to_laying, pause_words, span_words
from bot.consultation.sitting import PLACES, Seat, Sitting, Word
from bot.dialogue.messages import Button, Reply, Text
from knowledge.entries import Language
from knowledge.phrasing import Phrasebook

_BUTTONS_IN_A_ROW = 6
"""Letters of cases that stand beside each other at most; more are shared out evenly between rows."""

_GOES = frozenset({"hidden", "leaving", "withdrawn", "ended"})
"""Words to somebody whose card leaves the table."""


def table_of(sitting: Sitting, phrases: Phrasebook, language: Language, now: dt.datetime) -> Reply:
    """The one message of a sitting in its group; with every change it is drawn anew in its place.

    It says nothing of anybody but what the cards on the table say; not even how many take part, for a number that
    moves when somebody comes back from the private talk would tell who it was. Nor does it say which case was answered:
    its owner is told of that in private, and whoever says thanks in the group at that moment would be known by it.
    """
    if not sitting.proven:
        return _asking(sitting, phrases, language)
    state = sitting.state(now)
    if state == "resolved" and len(sitting.cases) < TOGETHER:
        state = "open"
    cases = [case_line(seat, phrases, language) for seat in sitting.cases]
    words = phrases.say(
        language,
        "consultation.table",
        about=shielded(sitting.about),
        state=state,
        cases=cases,
        together=TOGETHER,
        moments=LAYING,
    )
    rows = _letters(sitting)
    if state != "closed":
        rows.insert(0, (take_part(sitting, phrases, language, many=False),))
        rows.append((Button(label=phrases.say(language, "consultation.lead"), action=f"lead:{sitting.id}"),))
    board = f"sitting:{sitting.id}"
    return Reply(
        blocks=(Text(markup=words),),
        buttons=tuple(rows),
        board=board,
        amends=state == "closed",
        topic=sitting.topic,
        hint="none",
    )


def _letters(sitting: Sitting) -> list[tuple[Button, ...]]:
    """A button for each case, in rows of about the same length."""
    shown = [Button(label=seat.letter or "", action=f"letter:{sitting.id}:{seat.letter}") for seat in sitting.cases]
    wide = math.ceil(len(shown) / max(1, math.ceil(len(shown) / _BUTTONS_IN_A_ROW)))
    return [tuple(shown[at : at + wide]) for at in range(0, len(shown), max(1, wide))]


def _asking(sitting: Sitting, phrases: Phrasebook, language: Language) -> Reply:
    """A sitting that somebody asked for who writes as the group: whoever leads may show by a press that it was them."""
    words = phrases.say(language, "consultation.unproven", about=shielded(sitting.about))
    button = Button(label=phrases.say(language, "consultation.prove"), action=f"prove:{sitting.id}")
    board = f"sitting:{sitting.id}"
    return Reply(blocks=(Text(markup=words),), buttons=((button,),), board=board, topic=sitting.topic, hint="none")


def take_part(sitting: Sitting, phrases: Phrasebook, language: Language, *, many: bool) -> Button:
    """The button that leads whoever presses it into their private talk; where there are many, it says into which."""
    about = shielded(sitting.about) if many else ""
    return Button(label=phrases.say(language, "consultation.take_part", about=about), action=f"sit:{sitting.id}")


def card_words(card: Card, phrases: Phrasebook, language: Language) -> str:
    """A card in words: nothing but its bands."""
    bands = [_band_words(band, phrases, language) for band in card.bands]
    return phrases.say(language, "consultation.card", kind=str(card.kind), bands=bands)


def group_words(word: Word, phrases: Phrasebook, language: Language) -> str:
    """What is said in the group itself, where everybody reads it."""
    seat = word.seat
    card = card_words(seat.card, phrases, language) if seat is not None and seat.card is not None else ""
    letter = seat.letter if seat is not None else None
    return phrases.say(language, f"consultation.group.{word.code}", letter=letter or "", card=card)


def private_words(word: Word, sitting: Sitting, phrases: Phrasebook, language: Language, now: dt.datetime) -> str:
    """What is said to one member alone: where they stand, what the group sees of them, and when that changes."""
    seat = word.seat
    card = card_words(seat.card, phrases, language) if seat is not None and seat.card is not None else ""
    about, letter = shielded(sitting.about), (seat.letter if seat is not None else None) or ""
    words = phrases.say(
        language,
        f"consultation.private.{word.code}",
        about=about,
        card=card,
        letter=letter,
        together=TOGETHER,
        places=PLACES,
        minutes=minutes_to_laying(sitting, now),
        when=pause_words(sitting, phrases, language, now, "card"),
        days=AWAY.days,
        away=sitting.away,
        waited=seat is not None and seat.standing == "ready",
        ends=span_words(sitting.ends_at, phrases, language, now),
        departing=seat is not None and seat.departing,
    )
    stays = sitting.away and word.code in _GOES and (word.code != "ended" or bool(letter))
    return f"{words}\n\n{phrases.say(language, 'consultation.pause.still_there')}" if stays else words


def shielded(words: str, most: int | None = 120) -> str:
    """Words that somebody typed, as plain text on one line: they form no headings and no bold of ours."""
    return " ".join(words.replace("*", " ").replace("#", " ").replace("`", " ").split())[:most]


def case_line(seat: Seat, phrases: Phrasebook, language: Language, *, resolved: bool = False) -> str:
    """A case on one line: its letter, its card, and, for those who lead alone, whether it was answered."""
    card = card_words(seat.card, phrases, language) if seat.card is not None else ""
    return phrases.say(language, "consultation.line", letter=seat.letter or "", card=card, resolved=resolved)


def _band_words(band: Band, phrases: Phrasebook, language: Language) -> str:
    return phrases.say(language, f"consultation.band.{band.name}", low=band.low, high=band.high)
