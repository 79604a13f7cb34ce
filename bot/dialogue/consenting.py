"""Consent: to which words it was given, how long what it covers is kept, and when it has to be asked for anew."""

from __future__ import annotations

from bot.dialogue.conversation import PRESENT_WORDS, Conversation
from bot.dialogue.messages import Arrival
from bot.dialogue.scene import Note

WORDS = PRESENT_WORDS
"""The number of the present words; who agreed to earlier ones is asked again."""

MONTHS_KEPT = 13
"""How long everything is kept after the person was last here."""

DAYS_UNDECIDED = 30
"""How long is kept that somebody did not agree, or has not said anything yet."""

DAYS_UNANSWERED = 90
"""How long a question that found no answer is kept for the editors, without whose it is."""

FEWEST = 10
"""Operators see nothing of fewer people than these."""

DAYS_OF_KEYS = 2
"""How long the numbers of letters are kept, by which repeats of the platform are known."""

LAPSED = 0
"""The number that stands in a conversation whose consent was given to words that are not the present ones."""

_WITHOUT_CONSENT = frozenset({"consent", "age", "withdraw", "failed"})


def renewed(who: Conversation) -> Conversation:
    """The same conversation, without consent where that was given to other words than the present ones.

    What was told stays for whoever agrees again, and goes when it is not wanted any more.
    """
    if who.consent_at is None or who.consent_words == WORDS:
        return who
    return who.but(consent_at=None, refused_at=None, consent_words=LAPSED)


def undecided(who: Conversation) -> bool:
    """Whether nothing is kept that anybody agreed to: neither a consent nor answers of an earlier one."""
    return who.consent_at is None and not who.answers


def may_be_left(who: Conversation, arrival: Arrival, words: str) -> str:
    """Of what somebody asked, what may be kept for the editors: own words, said in private by an adult who agreed."""
    own = not arrival.public and not arrival.secondhand
    return words if own and who.consent_at is not None and who.adult else ""


def may_be_noted(who: Conversation, notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """Of what happened in a turn, what may stand in the journal: without consent only that there is none."""
    if who.consent_at is not None:
        return notes
    return tuple(note for note in notes if note.kind in _WITHOUT_CONSENT)
