"""Words that stand for a button anywhere: back, skip, why, show me now, menu, yes, no, go on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import next_question
from bot.dialogue.scene import Scene
from knowledge.folding import fold
from knowledge.phrasing import Phrasebook

_ANYWHERE = {
    "back": "back:",
    "undo": "undo:",
    "skip": "skip:",
    "why": "why:",
    "now": "now:",
    "edit": "review:",
    "menu": "menu:",
    "more": "more:",
    "assess": "goal:assess",
    "diagnose": "goal:diagnose",
    "cost": "goal:cost",
    "afford": "goal:afford",
    "plan": "goal:plan",
    "ticks": "ticks:",
    "remind": "remind:",
    "unremind": "unremind:",
    "data": "data:",
    "export": "export:",
    "withdraw": "withdraw:",
    "privacy": "privacy:",
    "delete": "forget:",
    "english": "language:en",
    "simplified": "language:zh",
    "traditional": "language:zh-hant",
}
_LANGUAGES = ("english", "simplified", "traditional")
_OWN_DATA = ("data", "export", "withdraw", "delete", "unremind")
_DOUBT = {"yes": "yes:", "no": "no:"}
_CONSENT = {"agree": "consent:yes", "yes": "consent:yes", "refuse": "consent:no", "no": "consent:no"}
_AGREED = {"agree": "consent:yes"}
_AGE = {"yes": "age:adult", "adult": "age:adult", "minor": "age:minor", "no": "age:minor"}
_FOLLOWED = {"same": "same:", "skip": "pass:"}
_MISTAKEN = {"mistake": "age:again", "adult": "age:again"}
_EDGES = " \t\r\n.!?,~\u3002\u2026"


def listen(who: Conversation, words: str, scene: Scene) -> str | None:
    """The action that the whole of a short text stands for in the present state, or None."""
    plain = fold(words).strip(_EDGES)
    if not plain or len(plain) > 24:
        return None
    meant = _spoken(scene.library.phrases).get(plain, frozenset())
    return next((action for name, action in _table(who, scene).items() if name in meant), None) if meant else None


def _table(who: Conversation, scene: Scene) -> dict[str, str]:
    if who.paused_by is not None:
        return {"resume": "resume:", **{name: _ANYWHERE[name] for name in (*_OWN_DATA, *_LANGUAGES)}}
    gate = _at_a_gate(who)
    if gate is not None:
        return {**gate, **_ANYWHERE}
    if who.doubt is not None:
        return {**_DOUBT, **_ANYWHERE}
    if who.goal == "follow":
        return {**_ANYWHERE, **_FOLLOWED}
    # a yes to an open question is its answer, and agrees to the whole only where all answers stand to be checked
    checking = who.goal is not None and next_question(who, scene.library) is None
    return {**_ANYWHERE, "accept": "accept:"} if checking else _ANYWHERE


def _at_a_gate(who: Conversation) -> dict[str, str] | None:
    """What may be said where consent or age is asked for; None behind both."""
    if who.adult is False:
        return _MISTAKEN
    if who.consent_at is None:
        return _CONSENT if who.refused_at is None else _AGREED
    return _AGE if who.adult is None else None


@lru_cache(maxsize=8)
def _spoken(phrases: Phrasebook) -> Mapping[str, frozenset[str]]:
    """What each short word stands for, in both languages; worked out once a phrasebook, for folding takes a while."""
    meant: dict[str, frozenset[str]] = {}
    for name in (*_ANYWHERE, *_DOUBT, *_CONSENT, *_AGE, *_MISTAKEN, *_FOLLOWED, "accept", "resume"):
        both = f"{phrases.say('zh', f'spoken.{name}')}|{phrases.say('en', f'spoken.{name}')}"
        for word in both.split("|"):
            meant[fold(word)] = meant.get(fold(word), frozenset()) | {name}
    return meant
