"""The words of the nearest case: its story, and what it has in common with this person's own numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.dialogue.cards import choice_of, said, value_words
from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.interview import path
from bot.dialogue.scene import Scene
from knowledge.cases import Match, Pair, compare
from knowledge.entries import Choice, Question
from simulator.vocabulary import Facts, FactValue


def case_words(who: Conversation, match: Match | None, facts: Facts, scene: Scene) -> dict[str, object]:
    """What a phrase needs to tell a case: its words, and the shared facts as pairs of value words."""
    if match is None:
        return {"case": None}
    asked = {question.fact: question for question in path(who, scene.library) if question.fact is not None}
    beside = compare(match, facts)

    def told(pairs: Iterable[Pair]) -> list[Mapping[str, str]]:
        return [_pair_words(who, pair, asked[pair.fact], scene) for pair in pairs]

    return {
        "case": said(who, scene, match.case.title),
        "story": said(who, scene, match.case.story),
        "lesson": said(who, scene, match.case.lesson),
        "fictional": match.case.fictional_source,
        "gathered": match.case.gathered,
        "beside": scene.say(who, "case.beside", agree=told(beside.agree), differ=told(beside.differ)),
    }


def _pair_words(who: Conversation, pair: Pair, question: Question, scene: Scene) -> Mapping[str, str]:
    return {
        "label": said(who, scene, question.label),
        "theirs": _told_words(who, question, pair.theirs, scene),
        "ours": value_words(who, question, who.answers[question.id], scene),
    }


def _told_words(who: Conversation, question: Question, value: FactValue, scene: Scene) -> str:
    """A case's value as this question's answer would be told: the label of its choice, else the plain number."""
    choice = _stands_for(question, value)
    if choice is not None:
        return said(who, scene, choice.label)
    return value_words(who, question, Answer(value=value, at=scene.now, source="said"), scene)


def _stands_for(question: Question, value: FactValue) -> Choice | None:
    """The choice of a question that is answered by choosing; numbers are told as numbers elsewhere."""
    if question.hear not in {"choice", "flag"}:
        return None
    return choice_of(question, value) or next((c for c in question.choices if _within(c, value)), None)


def _within(choice: Choice, value: FactValue) -> bool:
    if isinstance(value, str) or choice.low is None or choice.high is None:
        return False
    return choice.low <= value <= choice.high


def case_line(who: Conversation, match: Match | None, scene: Scene) -> str:
    """The nearest case in one line, marked as fiction or illustration; empty where none is near."""
    if match is None:
        return ""
    marks = {"fictional": match.case.fictional_source, "gathered": match.case.gathered}
    return scene.say(who, "case.line", case=said(who, scene, match.case.title), **marks)
