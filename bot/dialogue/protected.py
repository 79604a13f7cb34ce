"""Protecting a group: what must not stand there goes, its author is told alone, and offers get a public warning."""

from __future__ import annotations

import datetime as dt
import re

from bot.dialogue.conversation import Conversation, Language
from bot.dialogue.messages import Arrival, Finding, Reply, Text
from bot.dialogue.scene import Scene, Turn

_OWN: frozenset[Finding] = frozenset({"id_number", "bank_card", "phone", "code"})
_CALM: dict[Finding, dt.timedelta] = {"offer": dt.timedelta(minutes=5), "lure": dt.timedelta(minutes=30)}
"""How long after one warning the next may come: one card stands for all that came meanwhile."""

DANGER = "self_harm"
"""The guard that hears somebody in danger from themselves."""

_LATIN = re.compile(r"[A-Za-z]{2,}")
_HAN = re.compile("[\u3400-\u9fff]")

_LEADERS = frozenset({"creator", "administrator"})

SWEEP = "sweep"
"""The slot of removals: a newer one names the messages of those before it, which then need not go out."""


def protected_turn(who: Conversation, arrival: Arrival, scene: Scene) -> Turn:
    """One turn of a group for what was found in it; the words themselves are not known here.

    Nothing that is said repeats or describes what stood there: what was somebody's own goes to its author alone.
    """
    if arrival.found == "distress":
        return comforted(who, arrival, language_of(arrival.locale), scene)
    found = _weighed(arrival)
    swept = _swept(who, arrival, scene) if found != "lure" else Turn(who, show=False)
    told = _author_told(arrival, found, scene) if found in _OWN else ()
    warned = _all_warned(swept, found, scene) if found in _CALM else swept
    replies = (*swept.replies, *told, *warned.replies[len(swept.replies) :])
    return Turn(warned.conversation, replies, show=False).noting("protected", found)


def comforted(who: Conversation, arrival: Arrival, language: Language, scene: Scene) -> Turn:
    """A few kind words with the numbers that help, as an answer to what somebody in danger said before everybody.

    They ask and say nothing of that person, and are for all who read along too.
    """
    words = scene.library.phrases.say(language, "protect.distress")
    reply = Reply(blocks=(Text(markup=words),), answers=arrival.place)
    return Turn(who, (reply,), show=False).noting("guard", DANGER)


def _weighed(arrival: Arrival) -> Finding:
    """What was found, as it is taken: who leads the group makes no offers in it, whatever words they show."""
    leads = arrival.standing is not None and arrival.standing.rank in _LEADERS
    return "lure" if arrival.found is None or (arrival.found == "offer" and leads) else arrival.found


def _swept(who: Conversation, arrival: Arrival, scene: Scene) -> Turn:
    """The message is removed, where the platform lets us."""
    if arrival.place is None:
        return Turn(who, show=False)
    watched = who.watched.removing((*arrival.crowded, arrival.place), scene.now)
    sweep = Reply(blocks=(), removes=watched.removed, slot=SWEEP)
    return Turn(who.but(watched=watched), (sweep,), show=False)


def _author_told(arrival: Arrival, found: Finding, scene: Scene) -> tuple[Reply, ...]:
    """A word to whoever wrote it, in the language of their device; to nobody where the door has just told them."""
    if arrival.speaker is None or arrival.again:
        return ()
    language, say = language_of(arrival.locale), scene.library.phrases.say
    words, instead = say(language, "protect.own", found=found), say(language, "protect.no_chat")
    return (Reply(blocks=(Text(markup=words),), whisper_to=arrival.speaker, press=arrival.press, instead=instead),)


def _all_warned(turn: Turn, found: Finding, scene: Scene) -> Turn:
    """A card for everybody, unless one has come a short while ago."""
    who = turn.conversation
    if who.watched.warned_within(_CALM[found], scene.now):
        return turn
    card = Reply(blocks=(scene.text(who, f"protect.{found}"),))
    return Turn(who.but(watched=who.watched.warned(scene.now)), (*turn.replies, card), show=False)


def language_heard(words: str, locale: str | None) -> Language:
    """The language of what was said; that of the device where the words do not tell."""
    said = language_of(locale)
    if _HAN.search(words):
        return said if said != "en" else "zh"
    return "en" if len(_LATIN.findall(words)) > 1 else said


def language_of(locale: str | None) -> Language:
    """The language of a device by its locale; Chinese where it says none."""
    said = (locale or "zh").lower().replace("_", "-")
    if not said.startswith("zh"):
        return "en"
    return "zh-hant" if any(part in said for part in ("hant", "tw", "hk", "mo")) else "zh"
