"""Doing: a deed in a sitting becomes words for everybody whom it concerns, each where only they read them."""

from __future__ import annotations

from bot.consultation.deeds import hear
from bot.consultation.ending import ended
from bot.consultation.hosting import Done, Host
from bot.consultation.keeping import Kept
from bot.consultation.posting import together
from bot.consultation.sitting import Deed, Heard, Word
from bot.consultation.wording import group_words, private_words
from bot.dialogue.messages import Button, Reply, Text

_LONGEST_TOAST = 195
"""Characters of a toast that the platform shows."""


def done(host: Host, kept: Kept, deed: Deed) -> Done:
    """What a deed of whoever acts comes to; whether they lead is read at this moment."""
    sitting = kept.sitting
    leads = host.leads(sitting.group)
    heard = hear(sitting, deed, host.speaker or "", adviser=leads, now=host.now)
    closes = sitting.closed_at is None and heard.sitting.closed_at is not None
    return together(told(host, kept, heard), ended(host, sitting)) if closes else told(host, kept, heard)


def told(host: Host, kept: Kept, heard: Heard) -> Done:
    """The change of a sitting with its words: to this chat, to a press, and to the private talks of others."""
    mine = {"", host.who.id}
    here = [_said_here(host, heard, word) for word in heard.words if word.to in mine]
    elsewhere = tuple((word.to, _said_to(host, heard, word)) for word in heard.words if word.to not in mine)
    changes = ((kept, heard.sitting),)
    if host.arrival.press is not None:
        words = shortened("\n".join(here))
        return Done((), elsewhere, changes, toast=words, alert=len(words) > 60)
    replies = (said(host, "\n\n".join(here)),) if here else ()
    return Done(replies, elsewhere, changes)


def said(host: Host, words: str, *rows: tuple[Button, ...]) -> Reply:
    """Words to this chat; in a group as an answer to what was typed."""
    answers = host.arrival.place if host.arrival.public and host.arrival.press is None else None
    return Reply(blocks=(Text(markup=words),), buttons=rows, hint="none", answers=answers)


def shortened(words: str) -> str:
    """Words as a toast can show them: without signs of markup, and not longer than it may be."""
    plain = words.replace("**", "").strip()
    return plain if len(plain) <= _LONGEST_TOAST else plain[: _LONGEST_TOAST - 1] + "\u2026"


def _said_here(host: Host, heard: Heard, word: Word) -> str:
    if host.arrival.public:
        return group_words(word, host.phrases, host.language)
    if word.to:
        return private_words(word, heard.sitting, host.phrases, host.who.language, host.now)
    return group_words(word, host.phrases, host.who.language)


def _said_to(host: Host, heard: Heard, word: Word) -> Reply:
    """Words in somebody else's private talk, in their language, with a way to their seat."""
    other = host.conversation(word.to)
    words = private_words(word, heard.sitting, host.phrases, other.language, host.now)
    button = host.scene.button(other, "consultation.seat.open", f"seat:{heard.sitting.id}")
    return Reply(blocks=(Text(markup=words),), buttons=((button,),), hint="none")
