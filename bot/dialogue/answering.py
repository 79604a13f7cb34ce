"""From a person's words to an answer of one question: heard, doubted, or not understood, never guessed."""

from __future__ import annotations

from typing import NamedTuple

from bot.dialogue.conversation import Answer, Conversation, Doubt, Source
from bot.dialogue.hearing.adding import named_each
from bot.dialogue.hearing.fees import hear_fee
from bot.dialogue.hearing.hearing import hear
from bot.dialogue.hearing.readings import Heard
from bot.dialogue.hearing.sayings import hear_saying, is_unsure
from bot.dialogue.hearing.text import fold
from bot.dialogue.interview import facts_of, value_of
from bot.dialogue.scene import Scene
from knowledge.entries import Choice, Question
from simulator.reading import contradictions
from simulator.vocabulary import FACTS, FactSpec, Problem, Unit


class Missed(NamedTuple):
    """Words that were no answer: why (a code of the hearing), and the readings that could be meant, likeliest last."""

    why: str
    problem: Problem | None = None
    readings: tuple[bool | float | str, ...] = ()


Outcome = Answer | Doubt | Missed

_MOST_OTHERS = 3
_OTHER_SPANS = frozenset({"a_year", "a_half_year", "a_quarter", "a_week", "a_day", "an_hour"})
_WHOLE = frozenset({Unit.COUNT, Unit.DAYS})
_NOTHING_READ = frozenset({"no_choice", "no_number", "no_answer", "negated", "vague", "unknown_words"})
_FEE = "_fee_"
"""What the questions about a fee have in their names, after the name of the offer."""


def read_answer(who: Conversation, question: Question, text: str, scene: Scene) -> Outcome:
    """One text read as the answer to one question.

    A label of a quick choice, or another way of saying it, counts as that choice; everything else is heard by the
    question's kind, within the bounds of its fact. A choice named among other words is asked back. A value that
    contradicts an earlier answer is missed, not stored.
    """
    folded = fold(text) or ""
    named = hear_saying(folded, tuple(_ways(choice) for choice in question.choices))
    if named.whole is not None:
        return answer_of(who, question, question.choices[named.whole], scene)
    if folded in question.never:
        return Missed("never")
    outcome = _read(who, question, text, scene)
    perhaps = _perhaps(question, named.within)
    return outcome if perhaps is None or not _open_to(question, outcome) else perhaps


def _ways(choice: Choice) -> tuple[str, ...]:
    return (fold(choice.label.zh) or "", fold(choice.label.en) or "", *choice.said)


def _open_to(question: Question, outcome: Outcome) -> bool:
    """Whether a choice named among other words is likelier meant than what was heard without it."""
    if isinstance(outcome, Missed):
        return outcome.why in _NOTHING_READ
    return isinstance(outcome, Doubt) and question.hear == "flag"


def _perhaps(question: Question, within: tuple[int, ...]) -> Doubt | None:
    """The choices that were named among other words, to be asked back."""
    named = [question.choices[place] for place in within]
    if not named:
        return None
    first, *others = named
    values = tuple(_plain_value(choice) for choice in others[:_MOST_OTHERS])
    return Doubt(
        question=question.id, value=_plain_value(first), low=first.low, high=first.high, read_as="", others=values
    )


def _plain_value(choice: Choice) -> bool | float | str:
    return choice.value if isinstance(choice.value, bool | str) else float(choice.value)


def _read(who: Conversation, question: Question, text: str, scene: Scene) -> Outcome:
    """Words heard by the question's own kind."""
    if question.hear == "choice" and question.unit not in {"share", "ratio"}:
        return Missed("unsure" if is_unsure(fold(text) or "") else "no_choice")
    heard = _heard_fee(who, question, text) if _FEE in question.id else _heard(question, text, scene)
    return _summed(question, text, heard) or _settled(who, question, heard, scene)


def _summed(question: Question, text: str, heard: Heard) -> Doubt | None:
    """The parts of a sum that were named one by one, added up, to be asked back with the parts beside it."""
    parts = [float(other.value) for other in heard.alternatives if isinstance(other.value, int | float)]
    if not question.adds_up or heard.doubt != "several_numbers" or not named_each(fold(text) or "", len(parts)):
        return None
    return Doubt(question=question.id, value=sum(parts), read_as="", others=tuple(dict.fromkeys(parts))[:_MOST_OTHERS])


def answer_of(who: Conversation, question: Question, choice: Choice, scene: Scene) -> Outcome:
    """A quick choice as an answer, unless it contradicts what is already known."""
    answer = Answer(value=_plain_value(choice), low=choice.low, high=choice.high, at=scene.now, source="pressed")
    return _unless_contradicting(who, question, answer, scene)


def confirmed(who: Conversation, question: Question, doubt: Doubt, scene: Scene) -> Outcome:
    """A doubted reading that the person has said yes to."""
    answer = Answer(value=doubt.value, low=doubt.low, high=doubt.high, at=scene.now, source="confirmed")
    return _unless_contradicting(who, question, answer, scene)


def bounds_of(question: Question) -> tuple[float | None, float | None]:
    """The least and the most that an answer may be: its fact's bounds or its own, a rate's per year."""
    spec = FACTS.get(question.fact or "")
    if question.hear == "flag" or (spec is not None and spec.unit is Unit.CHOICE):
        return None, None
    return (question.least, question.most) if spec is None else (spec.low, spec.high)


def _heard(question: Question, text: str, scene: Scene) -> Heard:
    spec = FACTS.get(question.fact or "")
    low, high = bounds_of(question)
    kind = "percent" if question.hear == "choice" else question.hear
    if kind == "duration" and (question.unit == "days" or (spec is not None and spec.unit is Unit.DAYS)):
        kind = "days"
    return hear(kind, text, low=low, high=high, today=scene.now.date())


def _heard_fee(who: Conversation, question: Question, text: str) -> Heard:
    """A fee of an offer, in percent or in yuan of what that offer lends."""
    low, high = bounds_of(question)
    told = (value_of(who, f"{offer}_amount") for offer in (question.id.partition(_FEE)[0], "cost"))
    borrowed = next((float(yuan) for yuan in told if isinstance(yuan, int | float)), 0.0)
    return hear_fee(text, borrowed, low=low, high=high)


def _settled(who: Conversation, question: Question, heard: Heard, scene: Scene) -> Outcome:
    if heard.status == "refused" or heard.value is None:
        return Missed(heard.doubt or "no_number", readings=_readings(question, heard))
    value = in_unit(question, heard)
    spec = FACTS.get(question.fact or "")
    if heard.status == "confirm":
        return _doubted(question, heard, value)
    source: Source = "said"
    answer = Answer(value=_rounded(value, spec), low=heard.low, high=heard.high, at=scene.now, source=source)
    return _unless_contradicting(who, question, answer, scene)


def _readings(question: Question, heard: Heard) -> tuple[bool | float | str, ...]:
    """The few numbers that were read where one was asked for, each once, in the order of saying."""
    told = dict.fromkeys(in_unit(question, other) for other in heard.alternatives if other.value is not None)
    return tuple(told) if heard.doubt == "several_numbers" and 1 < len(told) <= _MOST_OTHERS + 1 else ()


def _doubted(question: Question, heard: Heard, value: bool | float | str) -> Doubt:
    """A doubt with its other readings; an amount over another time stands first as its month."""
    others = [in_unit(question, other) for other in heard.alternatives if other.value is not None][:_MOST_OTHERS]
    if question.unit == "yuan_per_month" and heard.doubt in _OTHER_SPANS and others:
        return Doubt(question=question.id, value=others[0], read_as=heard.read_as, others=(value, *others[1:]))
    low, high = heard.low, heard.high
    return Doubt(question=question.id, value=value, low=low, high=high, read_as=heard.read_as, others=tuple(others))


def in_unit(question: Question, heard: Heard) -> bool | float | str:
    """The heard value in the question's own unit: rates per year for a rate, days where the fact counts days."""
    value = heard.value
    if value is None or isinstance(value, bool):
        return bool(value)
    if question.hear == "rate":
        return f"{float(value):.10g}/{heard.unit}"
    return float(value)


def _rounded(value: bool | float | str, spec: FactSpec | None) -> bool | float | str:
    if spec is not None and spec.unit in _WHOLE and isinstance(value, float):
        return float(round(value))
    return value


def _unless_contradicting(who: Conversation, question: Question, answer: Answer, scene: Scene) -> Outcome:
    after = who.answered(question.id, answer)
    clash = next((p for p in contradictions(facts_of(after, scene.library)) if question.fact is not None), None)
    if clash is not None and clash not in contradictions(facts_of(who, scene.library)):
        return Missed("contradiction", problem=clash)
    return answer
