"""Words that stand for a button anywhere: back, skip, why, show me now, menu, yes, no, go on."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation
from bot.dialogue.scene import Scene
from knowledge.folding import fold

_ANYWHERE = {
    "back": "back:",
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
    "data": "data:",
    "delete": "forget:",
    "english": "language:en",
    "simplified": "language:zh",
    "traditional": "language:zh-hant",
}
_DOUBT = {"yes": "yes:", "no": "no:"}
_CONSENT = {"agree": "consent:yes", "yes": "consent:yes", "refuse": "consent:no", "no": "consent:no"}
_AGE = {"yes": "age:adult", "adult": "age:adult", "minor": "age:minor", "no": "age:minor"}
_EDGES = " \t\r\n.!?,~\u3002\u2026"


def listen(who: Conversation, words: str, scene: Scene) -> str | None:
    """The action that the whole of a short text stands for in the present state, or None."""
    plain = fold(words).strip(_EDGES)
    if not plain or len(plain) > 24:
        return None
    table = _table(who)
    return next((action for name, action in table.items() if plain in _words(name, scene)), None)


def _table(who: Conversation) -> dict[str, str]:
    if who.paused_by is not None:
        return {"resume": "resume:"}
    if who.consent_at is None and who.refused_at is None:
        return {**_CONSENT, **_ANYWHERE}
    if who.consent_at is not None and who.adult is None:
        return {**_AGE, **_ANYWHERE}
    if who.doubt is not None:
        return {**_DOUBT, **_ANYWHERE}
    return {**_ANYWHERE, "accept": "accept:"} if who.goal is not None else _ANYWHERE


def _words(name: str, scene: Scene) -> frozenset[str]:
    phrases = scene.library.phrases
    both = f"{phrases.say('zh', f'spoken.{name}')}|{phrases.say('en', f'spoken.{name}')}"
    return frozenset(fold(word) for word in both.split("|"))
