"""When words were no answer: first what was read, then examples, then a way to skip; nothing is ever lost."""

from __future__ import annotations

from bot.dialogue.answering import Missed, Outcome
from bot.dialogue.cards import bounds_words, said, value_words
from bot.dialogue.conversation import Answer, Conversation, Doubt
from bot.dialogue.interview import complete, next_question
from bot.dialogue.scene import Scene, Turn
from knowledge.entries import Question


def taken(who: Conversation, question: Question, outcome: Outcome, scene: Scene) -> Turn:
    """Store an answer and say back what was understood, or hold a doubt until the person says yes."""
    if isinstance(outcome, Doubt):
        elsewhere = question != next_question(who, scene.library)
        asked = who.but(doubt=outcome, focus=question.id if elsewhere else who.focus)
        return Turn(asked).noting("doubt", question.id)
    if not isinstance(outcome, Answer):
        return missed(who, question, outcome, scene)
    after = stored(who, question, outcome, scene)
    label, value = said(who, scene, question.label), value_words(who, question, outcome, scene)
    preface = scene.say(who, "card.understood", label=label, value=value)
    return Turn(after, preface=preface).noting("answer", question.id)


def stored(who: Conversation, question: Question, answer: Answer, scene: Scene) -> Conversation:
    """An answer kept. Where all had been answered and checking went on, what the change newly needs is asked first."""
    after = who.answered(question.id, answer)
    if not who.reviewing or who.hurried or not complete(who, scene.library) or complete(after, scene.library):
        return after
    return after.but(reviewing=False, accepted=False)


def missed(who: Conversation, question: Question, miss: Missed, scene: Scene) -> Turn:
    """The ladder of help: what we read, then three examples, then the offer to skip with a range."""
    failures = who.failures + 1
    words = scene.say(
        who,
        "card.missed",
        why=miss.why,
        failures=failures,
        label=said(who, scene, question.label),
        example=said(who, scene, question.example),
        bounds=bounds_words(who, question, scene),
        skippable=question.skippable,
        clash=miss.problem.field if miss.problem is not None else "",
        hear=question.hear,
    )
    return Turn(who.but(failures=failures, doubt=None), preface=words).noting("missed", question.id)
