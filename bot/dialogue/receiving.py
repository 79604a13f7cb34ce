"""Words said to an open card: one answer, several at once, or a question of their own."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.abilities.ask import answer_question
from bot.dialogue.aiming import aimed
from bot.dialogue.answering import Missed, Outcome, read_answer
from bot.dialogue.cards import value_words
from bot.dialogue.conversation import Answer, Conversation, Doubt
from bot.dialogue.hearing.figures import is_bare_figure
from bot.dialogue.hearing.hearing import hear
from bot.dialogue.hearing.splitting import split_answers
from bot.dialogue.interview import next_question
from bot.dialogue.mending import missed, taken
from bot.dialogue.scene import Scene, Turn
from knowledge.entries import Question

_ASKING = ("?", "\uff1f", "\u5417", "\u4e48", "\u600e", "\u4e3a\u5565", "\u5462", "\u54ea")
_PERHAPS_ASKING = frozenset({"question", "no_number", "no_choice", "unsure", "vague", "several_numbers"})
_SHORTEST_QUESTION = 4
_MOST_AT_ONCE = 20
_SURE = 0.8
"""Belief in scope from which words without a question mark are taken for a question rather than a failed answer."""
_YES_OR_NO = re.compile(r"(yes|yeah|yep|no|nope|nah)\b")


def answered_card(who: Conversation, question: Question, words: str, scene: Scene, *, again: bool = False) -> Turn:
    """Read words as the answer to the open card, or to the one that they name; several answers fill several cards.

    A question is answered instead. Words sent ``again`` before this card could be seen are asked about, not taken.
    """
    if again:
        return _repeated(who, question, read_answer(who, question, words, scene), scene)
    pieces = split_answers(words)[:_MOST_AT_ONCE]
    if len(pieces) > 1 and all(aimed(who, question, piece, scene)[1] != piece for piece in pieces[1:]):
        several = _several(who, question, pieces, scene)
        if several is not None:
            return several
    target, whole = _read(who, question, words, scene)
    if not isinstance(whole, Missed):
        return taken(who, target, whole, scene)
    several = _several(who, question, pieces, scene) if len(pieces) > 1 else None
    if several is not None and (len(several.notes) > 1 or not whole.readings):
        return several
    if whole.why in _PERHAPS_ASKING and _asks(words, whole.why, scene):
        answer = answer_question(who, words, scene)
        return replace(answer, show=True)
    return _asked_back(who, question, whole, scene)


def answered_result(who: Conversation, words: str, scene: Scene) -> Turn:
    """Words where no card stands open: at a plan a bare amount is the line aimed at; all else is a question."""
    target = scene.library.questions["target"]
    planned = who.goal == "plan" and who.adult and who.consent_at is not None and (who.accepted or who.hurried)
    if planned and not who.reviewing and is_bare_figure(words):
        outcome = read_answer(who, target, words, scene)
        if isinstance(outcome, Answer):
            return taken(who, target, outcome, scene)
    return answer_question(who, words, scene)


def _read(who: Conversation, open_card: Question, words: str, scene: Scene) -> tuple[Question, Outcome]:
    """Words as the answer to the question that they name; where they do not fit it, to the open card."""
    question, rest = aimed(who, open_card, words, scene)
    outcome = read_answer(who, question, rest, scene)
    if isinstance(outcome, Missed) and question is not open_card:
        return open_card, read_answer(who, open_card, words, scene)
    return question, outcome


def _asked_back(who: Conversation, question: Question, miss: Missed, scene: Scene) -> Turn:
    """Where several numbers were read, the person taps the one that was meant; what is said last is likeliest."""
    if not miss.readings:
        return missed(who, question, miss, scene)
    *others, last = miss.readings
    return taken(who, question, Doubt(question=question.id, value=last, read_as="", others=tuple(others)), scene)


def _repeated(who: Conversation, question: Question, outcome: Outcome, scene: Scene) -> Turn:
    """The same words twice in a hurry: a slip unless they fit this card too and the person says so."""
    if isinstance(outcome, Missed):
        return Turn(who)
    if isinstance(outcome, Doubt) or outcome.value is None:
        return taken(who, question, outcome, scene)
    read = value_words(who, question, outcome, scene)
    return taken(who, question, Doubt(question=question.id, value=outcome.value, read_as=read), scene)


def _several(who: Conversation, question: Question, pieces: tuple[str, ...], scene: Scene) -> Turn | None:
    now: Conversation = who
    open_card: Question | None = question
    prefaces: list[str] = []
    turn = Turn(who)
    for piece in pieces:
        if open_card is None:
            break
        answered, outcome = _read(now, open_card, piece, scene)
        if isinstance(outcome, Missed):
            prefaces.extend([scene.say(who, "card.unread")] if prefaces else [])
            break
        step = taken(now, answered, outcome, scene)
        turn = replace(step, notes=(*turn.notes, *step.notes))
        now = turn.conversation
        prefaces.append(turn.preface)
        if isinstance(outcome, Doubt):
            break
        open_card = next_question(now, scene.library)
    return replace(turn, preface="\n\n".join(filter(None, prefaces))) if prefaces else None


def _asks(words: str, why: str, scene: Scene) -> bool:
    """Whether words that were no answer are a question of their own: they ask, or clearly name one of our topics.

    An amount told too early names a topic as little as a number does.
    """
    if sum(character.isalpha() for character in words) < _SHORTEST_QUESTION or is_bare_figure(words):
        return False
    if _YES_OR_NO.match(words.strip().lower()) and "?" not in words:
        return False
    finding = scene.library.finder.find(words)
    asking = why == "question" or any(mark in words for mark in _ASKING)
    named = why != "several_numbers" and not finding.unsure and hear("money", words).status != "value"
    return asking or (finding.score >= _SURE and named)
