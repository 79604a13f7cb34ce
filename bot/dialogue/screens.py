"""What stands before the person now: a pure function of the conversation, so that any card can be shown again."""

from __future__ import annotations

from bot.dialogue.abilities.welcome import age_card, consent_card, menu_card, minor_card
from bot.dialogue.cards import doubt_card, question_card, review_card
from bot.dialogue.choosing import TELLS
from bot.dialogue.conversation import Conversation
from bot.dialogue.following_card import checkin_card
from bot.dialogue.guarding import still_paused
from bot.dialogue.interview import next_question
from bot.dialogue.messages import Reply, Text
from bot.dialogue.scene import Scene
from knowledge.entries import Question

REVIEWED = frozenset({"assess", "plan"})
"""Goals whose answers are checked before the result; the short interviews go straight to it."""


def open_question(who: Conversation, scene: Scene) -> Question | None:
    """The question whose card stands open, if one does."""
    if who.goal is None or who.consent_at is None or not who.adult or who.paused_by is not None:
        return None
    return next_question(who, scene.library)


def screen(who: Conversation, scene: Scene, preface: str = "", *, after: bool = False) -> tuple[Reply, ...]:
    """The message or messages that belong to the present state, with what was just understood on top.

    While a guard holds nothing else is shown than its way on. ``after`` an answer of the same turn the long words
    about consent are not said again.
    """
    if who.paused_by is not None:
        return still_paused(who, scene).replies
    gate = _gate(who, scene, preface)
    if gate is not None:
        return (consent_card(who, scene, briefly=True),) if after and awaits_consent(who) else (gate,)
    question = open_question(who, scene)
    if question is not None:
        return (_open_card(who, question, scene, preface),)
    if who.reviewing or (who.goal in REVIEWED and not who.accepted and not who.hurried):
        return (review_card(who, scene, preface),)
    return _to_the_table(who, scene, _under(preface, TELLS[who.goal or ""](who, scene)))


def _open_card(who: Conversation, question: Question, scene: Scene, preface: str) -> Reply:
    if who.doubt is not None and who.doubt.question == question.id:
        return doubt_card(who, question, who.doubt, scene, preface)
    if who.goal == "follow":
        return checkin_card(who, scene, preface)
    return question_card(who, question, scene, preface)


def _under(preface: str, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """A result with what was just understood above it."""
    if not preface or not replies:
        return replies
    first = replies[0]
    return (first.model_copy(update={"blocks": (Text(markup=preface), *first.blocks)}), *replies[1:])


def _to_the_table(who: Conversation, scene: Scene, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """A result of somebody who answers for a consultation: the next step is what the group may see of it."""
    place = next((at for at, reply in enumerate(replies) if reply.slot), None)
    if who.joining is None or place is None:
        return replies
    card = replies[place]
    row = (scene.button(who, "consultation.to_the_table", f"seat:{who.joining}"),)
    return (*replies[:place], card.model_copy(update={"buttons": (row, *card.buttons)}), *replies[place + 1 :])


def stands_at_card(who: Conversation, scene: Scene) -> bool:
    """Whether the present screen is a card of the front room (a gate, the menu or a question) and no result."""
    return _gate(who, scene, "") is not None or open_question(who, scene) is not None


def stands_at_result(who: Conversation, scene: Scene) -> bool:
    """Whether the present screen is the result of an interview."""
    if who.goal is None or who.reviewing or (who.goal in REVIEWED and not who.accepted and not who.hurried):
        return False
    return not stands_at_card(who, scene)


def awaits_consent(who: Conversation) -> bool:
    """Whether consent is asked for and neither given nor refused."""
    return who.consent_at is None and who.refused_at is None and who.adult is not False


def _gate(who: Conversation, scene: Scene, preface: str) -> Reply | None:
    if who.adult is False:
        return minor_card(who, scene)
    if awaits_consent(who):
        return consent_card(who, scene)
    if who.consent_at is None:
        return menu_card(who, scene, preface)
    if who.adult is None:
        return age_card(who, scene, preface)
    return menu_card(who, scene, preface) if who.goal is None else None
