"""Cards: one question at a time with its choices, example, progress and ways around it."""

from __future__ import annotations

from bot.dialogue.answering import bounds_of
from bot.dialogue.conversation import Answer, Conversation, Doubt
from bot.dialogue.interview import answered_path, just_useful, last_answered, path, progress
from bot.dialogue.messages import Button, Reply
from bot.dialogue.relating import related_buttons
from bot.dialogue.scene import Scene
from knowledge.entries import Choice, Question, Words

CARD = "card"
_USUAL_UNITS = {"money": "yuan", "duration": "months", "percent": "share", "count": "count", "rate": "per_year"}
_TYPED_NUMBERS = frozenset({"count", "duration", "percent", "rate", "date"})


def said(who: Conversation, scene: Scene, words: Words) -> str:
    """Words of a shelf record in the person's language and script."""
    phrases = scene.library.phrases
    return phrases.in_script(who.language, words.said_in(who.language))


def question_card(who: Conversation, question: Question, scene: Scene, preface: str = "") -> Reply:
    """The card of one question, edited in place where the door can."""
    ahead = progress(who, scene.library)
    editing = who.focus == question.id
    data = {
        "ask": said(who, scene, question.ask),
        "example": said(who, scene, question.example) if example_shown(who, question) else "",
        "least": ahead.least,
        "most": 0 if editing and question.id in who.answers and ahead.most == 1 else ahead.most,
        "useful": just_useful(who, scene.library) and who.focus is None,
        "editing": editing,
        "before": value_words(who, question, who.answers.get(question.id), scene),
        "preface": preface,
    }
    hint = "letter" if question.hear in _TYPED_NUMBERS else "number"
    rows = (*_choice_rows(who, question, scene), _around(who, question, scene))
    return Reply(blocks=(scene.text(who, "card.question", **data),), buttons=rows, slot=CARD, hint=hint)


def example_shown(who: Conversation, question: Question) -> bool:
    """Whether the card itself shows an example: not beside choices alone, nor where the help above it says one."""
    return who.failures <= 1 and question.hear != "choice"


def _choice_rows(who: Conversation, question: Question, scene: Scene) -> tuple[tuple[Button, ...], ...]:
    if question.hear == "flag" and not question.choices:
        yes = scene.button(who, "card.yes", f"pick:{question.id}:yes")
        no = scene.button(who, "card.no", f"pick:{question.id}:no")
        return ((yes, no),)
    labels = [said(who, scene, choice.label) for choice in question.choices]
    own = [Button(label=label, action=f"pick:{question.id}:{i}") for i, label in enumerate(labels)]
    buttons = related_buttons(who, question, scene) or tuple(own)
    width = 1 if any(len(button.label) > 14 for button in buttons) else 2
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))


def _around(who: Conversation, question: Question, scene: Scene) -> tuple[Button, ...]:
    ways = []
    if who.reviewing or last_answered(who, scene.library) is not None:
        ways.append(scene.button(who, "card.back", "back:"))
    if question.skippable:
        ways.append(scene.button(who, "card.skip", f"skip:{question.id}"))
    ways.append(scene.button(who, "card.why", f"why:{question.id}"))
    if who.goal is not None and answered_path(who, scene.library):
        ways.append(scene.button(who, "card.now", "now:"))
    return tuple(ways)


def doubt_card(who: Conversation, question: Question, doubt: Doubt, scene: Scene, preface: str = "") -> Reply:
    """The reading in doubt, to be confirmed, exchanged for another reading, or said again."""
    answer = Answer(value=doubt.value, low=doubt.low, high=doubt.high, at=scene.now, source="confirmed")
    words = value_words(who, question, answer, scene)
    label, number = said(who, scene, question.label), question.hear not in {"flag", "choice"}
    block = scene.text(who, "card.doubt", label=label, value=words, preface=preface, number=number)
    others = [Answer(value=value, at=scene.now, source="confirmed") for value in doubt.others]
    rows = [
        (Button(label=value_words(who, question, other, scene), action=f"yes:{nth}"),)
        for nth, other in enumerate(others)
    ]
    row = (scene.button(who, "card.confirm", "yes:"), scene.button(who, "card.again", "no:"))
    return Reply(blocks=(block,), buttons=(row, *rows), slot=CARD)


def choice_of(question: Question, value: object) -> Choice | None:
    """The quick choice that stands for a value, if one does."""
    return next((choice for choice in question.choices if choice.value == value), None)


def value_words(who: Conversation, question: Question, answer: Answer | None, scene: Scene) -> str:
    """An answer as a person would say it: the label of its choice, a range, or the value with its unit."""
    if answer is None:
        return ""
    if answer.value is None:
        return scene.say(who, "value.unknown")
    choice = choice_of(question, answer.value)
    if choice is not None and (isinstance(answer.value, str | bool) or answer.source in {"pressed", "kept"}):
        return said(who, scene, choice.label)
    if isinstance(answer.value, bool):
        return scene.say(who, "value.yes" if answer.value else "value.no")
    if isinstance(answer.value, str):
        return _worded(who, answer.value, scene)
    return scene.say(
        who,
        "value.number",
        value=answer.value,
        low=answer.low,
        high=answer.high,
        unit=unit_of(question),
        hear=question.hear,
    )


def bounds_words(who: Conversation, question: Question, scene: Scene) -> tuple[str, ...]:
    """The least and the most that an answer may be, in words; nothing where any answer fits or one is picked."""
    ends = bounds_of(question)
    if None in ends:
        return ()
    per_year = question.hear == "rate"
    values = (f"{end:g}/year" if per_year else end for end in ends)
    told = (Answer(value=value, at=scene.now, source="said") for value in values)
    return tuple(value_words(who, question, answer, scene) for answer in told)


def _worded(who: Conversation, value: str, scene: Scene) -> str:
    number, _, per = value.partition("/")
    return scene.say(who, "value.rate", value=float(number), per=per) if per else value


def unit_of(question: Question) -> str:
    """The unit that a question's number counts, for its words."""
    return question.unit or _USUAL_UNITS.get(question.hear, "")


def review_card(who: Conversation, scene: Scene, preface: str = "") -> Reply:
    """All answers in one message, each a button that changes it."""
    rows = []
    for question, answer in answered_path(who, scene.library):
        value = value_words(who, question, answer, scene)
        data = {"label": said(who, scene, question.label), "value": value}
        rows.append((scene.button(who, "review.line", f"edit:{question.id}", **data),))
    ways = [scene.button(who, "review.done", "accept:")]
    if any(question.id not in who.answers for question in path(who, scene.library)):
        ways.append(scene.button(who, "review.further", "further:"))
    undo = ((scene.button(who, "undo.button", "undo:"),),) if who.reviewing and who.trail else ()
    block = scene.text(who, "review.check", preface=preface)
    return Reply(blocks=(block,), buttons=(tuple(ways), *rows, *undo), slot=CARD)
