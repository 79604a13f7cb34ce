"""A person's own answers in words: what was asked, what was told, how and when, topic by topic."""

from __future__ import annotations

from typing import NamedTuple

from bot.dialogue.cards import said, value_words
from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.scene import Scene

TOPICS = ("goal", "line", "history", "income", "business", "debts", "use", "stock", "proofs", "seen", "offer")
"""Topics in the order in which they are shown; any other follows them."""


class OwnAnswer(NamedTuple):
    """One answer: its question's id and label, its topic, its value in words and exactly, how and when it was told."""

    question: str
    topic: str
    label: str
    words: str
    exact: str
    how: str
    when: str


def own_answers(who: Conversation, scene: Scene) -> tuple[OwnAnswer, ...]:
    """Every answer that is kept, also those that count for nothing now, in the order of their topics."""
    shelf = scene.library.questions
    known = [name for name in who.answers if name in shelf]
    known.sort(key=lambda name: (_place(shelf[name].topic), shelf[name].order))
    gone = [name for name in who.answers if name not in shelf]
    return tuple(_told(who, name, scene) for name in (*known, *gone))


def _place(topic: str) -> int:
    return TOPICS.index(topic) if topic in TOPICS else len(TOPICS)


def _told(who: Conversation, name: str, scene: Scene) -> OwnAnswer:
    """One answer; of a question that is not asked any more only what was told."""
    answer, question = who.answers[name], scene.library.questions.get(name)
    return OwnAnswer(
        name,
        _topic(who, "" if question is None else question.topic, scene),
        name if question is None else said(who, scene, question.label),
        _exact(answer) if question is None else value_words(who, question, answer, scene),
        _exact(answer),
        scene.say(who, f"source.{answer.source}"),
        f"{answer.at.astimezone(scene.now.tzinfo):%Y-%m-%d %H:%M}",
    )


def _topic(who: Conversation, topic: str, scene: Scene) -> str:
    return scene.say(who, f"topic.{topic}" if topic in TOPICS else "topic.other")


def _exact(answer: Answer) -> str:
    """The value as it is kept, with the range in which it was told."""
    if answer.low is None or answer.high is None or answer.low == answer.high:
        return _plain(answer.value)
    return f"{_plain(answer.value)} ({_plain(answer.low)} .. {_plain(answer.high)})"


def _plain(value: bool | float | str | None) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
