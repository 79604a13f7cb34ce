"""Words that stand for a button anywhere: back, skip, why, show me now, menu, yes, no, go on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from bot.dialogue.conversation import Conversation
from bot.dialogue.guarding import GRAVE, MINOR_GUARD
from bot.dialogue.hearing.ages import of_age
from bot.dialogue.interview import next_question
from bot.dialogue.scene import Scene
from bot.dialogue.screens import stands_at_result
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
    "unnews": "news:off:0",
    "data": "data:",
    "export": "export:",
    "withdraw": "withdraw:",
    "privacy": "privacy:",
    "delete": "forget:",
    "english": "language:en",
    "simplified": "language:zh",
    "traditional": "language:zh-hant",
    "language": "language:",
    "lower": "goal:lower",
    "budget": "goal:budget",
    "compare": "goal:compare",
    "target": "goal:plan",
    "pdf": "pdf:",
    "calendar": "calendar:",
    "sheet": "sheet:",
    "help": "help:",
}
_TALK = {name: f"talk:{name}" for name in ("hello", "thanks", "bye", "who", "sure", "free")}
_AT_RESULT = {
    "result": "result:",
    "what_if": "what_if:",
    "steps": "layer:plan",
    "avoid": "layer:avoid",
    "case": "layer:case",
    "burden": "layer:burden",
    "reasons": "layer:reasons",
    "months": "layer:months",
    "sources": "details:",
    "files": "layer:files",
    "rest": "layer:rest",
    "fine": "talk:fine",
    "yes": "talk:fine",
}
_LANGUAGES = ("english", "simplified", "traditional")
_OWN_DATA = ("data", "export", "withdraw", "delete", "unremind", "unnews")
_DOUBT = {"yes": "yes:", "no": "no:"}
_GATE = {"help": "help:"}
_CONSENT = {"why": "privacy:", "agree": "consent:yes", "yes": "consent:yes", "refuse": "consent:no", "no": "consent:no"}
_AGREED = {"agree": "consent:yes"}
_AGE = {"why": "age:why", "yes": "age:adult", "adult": "age:adult", "minor": "age:minor", "no": "age:minor"}
_FOLLOWED = {"same": "same:", "skip": "pass:"}
_MISTAKEN = {"mistake": "age:again", "adult": "age:again"}
_AT_MENU = {"fine": "talk:fine", "yes": "talk:fine"}
_NAMES = dict.fromkeys((
    *(*_ANYWHERE, *_TALK, *_AT_RESULT, *_AT_MENU, *_DOUBT, *_GATE, *_CONSENT),
    *(*_AGE, *_MISTAKEN, *_FOLLOWED, "accept", "resume"),
))
_LONGEST = 40
_EDGES = " \t\r\n.!?,~\u3002\u2026"


def listen(who: Conversation, words: str, scene: Scene) -> str | None:
    """The action that the whole of a short text stands for in the present state, or None."""
    plain = fold(words).strip(_EDGES)
    if not plain or len(plain) > _LONGEST:
        return None
    if who.paused_by in {None, MINOR_GUARD} and who.consent_at is not None and who.adult is None:
        told = of_age(plain)
        if told is not None:
            return f"age:{'adult' if told else 'minor'}"
    table, spoken = _table(who, scene), _spoken(scene.library.phrases)
    for reading in (plain, _without_courtesy(plain, scene.library.phrases)):
        meant = spoken.get(reading, frozenset())
        action = next((action for name, action in table.items() if name in meant), None) if meant else None
        if action is not None:
            return action
    return None


def _table(who: Conversation, scene: Scene) -> dict[str, str]:
    return {**_sure(who), **_at_hand(who, scene), **_sure(who)}


def _sure(who: Conversation) -> dict[str, str]:
    """What yes and no mean where a grave step was just asked about: the step, or one's own data as they are."""
    step, revision = who.asked_to
    return {"yes": step, "no": "data:"} if revision == who.revision else {}


def _at_hand(who: Conversation, scene: Scene) -> dict[str, str]:
    if who.paused_by is not None:
        on = {"resume": "resume:"} if who.paused_by in GRAVE else {"resume": "resume:", "menu": "resume:"}
        grown = {"adult": "age:adult", "minor": "age:minor"} if who.paused_by == MINOR_GUARD else {}
        return {**on, **grown, **{name: _ANYWHERE[name] for name in (*_OWN_DATA, *_LANGUAGES)}}
    aim = {"target": "edit:target"} if who.goal == "plan" and _at_a_gate(who) is None else {}
    return {**_here(who, scene), **aim, **_TALK}


def _here(who: Conversation, scene: Scene) -> dict[str, str]:
    """What short words mean at the present card; where two fit, the first does."""
    gate = _at_a_gate(who)
    if gate is not None:
        return {**gate, **_ANYWHERE, **gate}  # first and with its own meaning
    if who.doubt is not None:
        return {**_DOUBT, **_ANYWHERE}
    if who.goal == "follow":
        return {**_ANYWHERE, **_FOLLOWED, "result": "goal:assess"}
    if who.goal is None:
        return {**_AT_MENU, **_ANYWHERE}
    if stands_at_result(who, scene):
        return {**_AT_RESULT, **_ANYWHERE}
    # a yes to an open question is its answer, and agrees to the whole only where all answers stand to be checked
    checking = next_question(who, scene.library) is None
    return {**_ANYWHERE, "accept": "accept:"} if checking else _ANYWHERE


def _at_a_gate(who: Conversation) -> dict[str, str] | None:
    """What may be said where consent or age is asked for; None behind both."""
    if who.adult is False:
        return _MISTAKEN
    if who.consent_at is None:
        return {**_GATE, **(_CONSENT if who.refused_at is None else _AGREED), "fine": "talk:fine"}
    return {**_GATE, **_AGE} if who.adult is None else None


def _without_courtesy(plain: str, phrases: Phrasebook) -> str:
    """A text without the courtesies at both its ends."""
    courtesies = _courtesies(phrases)
    rest, before = plain, ""
    while rest != before:
        before = rest
        for word in courtesies:
            rest = _taken_off(rest, word)
    return rest


def _taken_off(text: str, word: str) -> str:
    """A text without a word at its beginning and its end; a Latin word counts only whole."""
    after, ahead = text.removeprefix(word), text.removesuffix(word)
    if after != text and after and (not word.isascii() or not after[0].isalnum()):
        return after.strip(_EDGES)
    if ahead != text and ahead and (not word.isascii() or not ahead[-1].isalnum()):
        return ahead.strip(_EDGES)
    return text


@lru_cache(maxsize=8)
def _courtesies(phrases: Phrasebook) -> tuple[str, ...]:
    both = f"{phrases.say('zh', 'spoken.courtesy')}|{phrases.say('en', 'spoken.courtesy')}"
    return tuple(sorted((fold(word) for word in both.split("|")), key=len, reverse=True))


@lru_cache(maxsize=8)
def _spoken(phrases: Phrasebook) -> Mapping[str, frozenset[str]]:
    """What each short word stands for, in both languages; worked out once a phrasebook, for folding takes a while."""
    meant: dict[str, frozenset[str]] = {}
    for name in _NAMES:
        both = f"{phrases.say('zh', f'spoken.{name}')}|{phrases.say('en', f'spoken.{name}')}"
        for word in both.split("|"):
            meant[fold(word)] = meant.get(fold(word), frozenset()) | {name}
    return meant
