"""Ways through an interview: pick, go back, skip, ask why, change an answer, see the result now."""

from __future__ import annotations

from bot.dialogue.answering import Missed, answer_of, confirmed
from bot.dialogue.cards import bounds_words, example_shown, said
from bot.dialogue.conversation import Answer, Conversation, Doubt
from bot.dialogue.estimate import narrowing
from bot.dialogue.interview import complete, last_answered, next_question, path
from bot.dialogue.mending import missed, stored, taken
from bot.dialogue.messages import Reply
from bot.dialogue.relating import related_choice
from bot.dialogue.scene import Ability, Scene, Turn
from knowledge.entries import Choice, Question


def _question(who: Conversation, name: str, scene: Scene) -> Question | None:
    return next((q for q in path(who, scene.library) if q.id == name), None)


def _pick(who: Conversation, argument: str, scene: Scene) -> Turn:
    name, _, index = argument.partition(":")
    question = _question(who, name, scene)
    choice = None if question is None else _choice(question, index)
    if question is None or choice is None:
        return Turn(who, preface=scene.say(who, "card.gone"))
    outcome = answer_of(who, question, choice, scene)
    if isinstance(outcome, Missed):
        return missed(who, question, outcome, scene)
    return taken(who, question, outcome, scene)


def _choice(question: Question, index: str) -> Choice | None:
    if question.hear == "flag" and not question.choices and index in {"yes", "no"}:
        return Choice(value=index == "yes", label=question.label)
    if index.isdecimal() and int(index) < len(question.choices):
        return question.choices[int(index)]
    return related_choice(question, index)


def _back(who: Conversation, _argument: str, scene: Scene) -> Turn:
    """To the question before; from a change while checking, to the check with the answer as it was."""
    if who.reviewing and who.focus is not None:
        return Turn(who.but(focus=None, doubt=None, failures=0)).noting("back")
    if who.goal is None:
        return Turn(who, preface=scene.say(who, "card.at_menu"))
    before = last_answered(who, scene.library)
    if before is None:
        return Turn(who, preface=scene.say(who, "card.first"))
    return Turn(who.but(focus=before.id, doubt=None, failures=0)).noting("back", before.id)


def _skip(who: Conversation, argument: str, scene: Scene) -> Turn:
    question = _question(who, argument, scene) if argument else next_question(who, scene.library)
    if question is None:
        return Turn(who)
    if not question.skippable:
        return Turn(who, preface=scene.say(who, "card.needed"))
    skipped = Answer(value=None, at=scene.now, source="skipped")
    return Turn(stored(who, question, skipped, scene)).noting("skip", question.id)


def _why(who: Conversation, argument: str, scene: Scene) -> Turn:
    question = _question(who, argument, scene) if argument else next_question(who, scene.library)
    if question is None:
        return Turn(who, (Reply(blocks=(scene.text(who, "help.text"),)),))
    return Turn(who, preface=why_words(who, question, scene)).noting("help", question.id)


def why_words(who: Conversation, question: Question, scene: Scene) -> str:
    """Why a question is asked, what an answer does, how much it would narrow the range, and what fits.

    With an example where the card itself shows none.
    """
    return scene.say(
        who,
        "card.why_words",
        why=said(who, scene, question.why),
        example="" if example_shown(who, question) else said(who, scene, question.example),
        effect=said(who, scene, question.effect),
        bounds=bounds_words(who, question, scene),
        part=narrowing(who, question, scene),
    )


def _now(who: Conversation, _argument: str, scene: Scene) -> Turn:
    if who.goal is None:
        return Turn(who, preface=scene.say(who, "card.at_menu"))
    shown = who.but(hurried=True, reviewing=False, focus=None, filling=(), doubt=None, failures=0)
    return Turn(shown).noting("now", who.goal or "")


def _edit(who: Conversation, argument: str, scene: Scene) -> Turn:
    question = _question(who, argument, scene)
    if question is None:
        return Turn(who.but(reviewing=who.goal is not None))
    return Turn(who.but(focus=question.id, doubt=None, failures=0)).noting("edit", question.id)


def _review(who: Conversation, _argument: str, _scene: Scene) -> Turn:
    return Turn(who.but(reviewing=who.goal is not None, focus=None, filling=(), doubt=None, failures=0))


def _further(who: Conversation, _argument: str, _scene: Scene) -> Turn:
    return Turn(who.but(hurried=False, reviewing=False, focus=None))


def _accept(who: Conversation, _argument: str, scene: Scene) -> Turn:
    """The result for the checked answers, also where some questions are still open."""
    early = who.hurried or not complete(who.but(focus=None), scene.library)
    shown = who.but(accepted=True, reviewing=False, focus=None, filling=(), hurried=early, pictured=who.revision)
    return Turn(shown).noting("accept", who.goal or "")


def _more(who: Conversation, _argument: str, _scene: Scene) -> Turn:
    wider = who.but(more=True, hurried=False, accepted=False, reviewing=False, focus=None)
    return Turn(wider).noting("more", who.goal or "")


def _yes(who: Conversation, argument: str, scene: Scene) -> Turn:
    doubt = who.doubt
    if doubt is not None and argument.isdecimal() and len(argument) < 3 and int(argument) < len(doubt.others):
        doubt = Doubt(question=doubt.question, value=doubt.others[int(argument)], read_as=doubt.read_as)
    question = None if doubt is None else _question(who, doubt.question, scene)
    if doubt is None or question is None:
        return Turn(who.but(doubt=None))
    outcome = confirmed(who, question, doubt, scene)
    if isinstance(outcome, Missed):
        return missed(who.but(doubt=None), question, outcome, scene)
    return taken(who, question, outcome, scene)


def _no(who: Conversation, _argument: str, _scene: Scene) -> Turn:
    return Turn(who.but(doubt=None))


ABILITY = Ability(
    name="answer",
    verbs={
        "pick": _pick,
        "back": _back,
        "skip": _skip,
        "why": _why,
        "now": _now,
        "edit": _edit,
        "review": _review,
        "accept": _accept,
        "further": _further,
        "more": _more,
        "yes": _yes,
        "no": _no,
    },
)
