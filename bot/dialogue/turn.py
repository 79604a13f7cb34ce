"""One turn: from a conversation and what came in to a new conversation and the replies, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.choosing import COMMANDS, VERBS
from bot.dialogue.consenting import may_be_left, may_be_noted, renewed
from bot.dialogue.conversation import Conversation
from bot.dialogue.following import due_turn
from bot.dialogue.guarding import guarded, heard_guard, resume, still_paused
from bot.dialogue.listening import listen
from bot.dialogue.messages import Arrival, Reply
from bot.dialogue.placing import lowest, placed
from bot.dialogue.protected import language_of
from bot.dialogue.public import public_turn
from bot.dialogue.receiving import answered_card, answered_result
from bot.dialogue.scene import Scene, Step, Turn
from bot.dialogue.screens import open_question, screen, stands_at_result
from bot.dialogue.standing import in_edition, stands_at
from bot.dialogue.undoing import remembered

FROM_HERE = frozenset({"back", "undo", "skip", "now", "accept", "further", "more", "yes", "no", "withdrawn", "erase"})
"""Verbs that go on from the card they stand on; pressed twice, or on an older card, they would go a step too far."""

_VERBS_FOR_MINORS = frozenset({
    "age",
    "language",
    "privacy",
    "data",
    "export",
    "forget",
    "erase",
    "menu",
    "unremind",
    "news",
    "talk",
})
_VERBS_FOR_ALL = _VERBS_FOR_MINORS | {"consent", "withdraw", "withdrawn", "entry", "ask", "none_of_them", "help"}
_COMMANDS_FOR_MINORS = frozenset({"start", "language", "data", "delete", "stop"})
_COMMANDS_FOR_ALL = _COMMANDS_FOR_MINORS | {"ask", "help", "menu", "cancel"}


def take_turn(who: Conversation, arrival: Arrival, scene: Scene) -> Turn:
    """Decide one turn.

    Takes the conversation, what came in, and the scene (library, packs, now). Returns the new conversation with
    its revision raised by one, every reply in order, and notes for the journal. Never raises for anything a
    person may send.
    """
    turn = turn_without_screen(who, arrival, scene)
    after, revision = turn.conversation, who.revision + 1
    answered = bool(turn.replies) and who.shown > 0 and not turn.erase
    shown = screen(after, scene, turn.preface, after=answered) if turn.show else ()
    if shown and arrival.action is not None and _leaves_a_result(who, after, scene):
        shown = (shown[0].model_copy(update={"anew": True}), *shown[1:])
    replies = placed(who, arrival, (*turn.replies, *shown))
    newest = revision if any(reply.buttons for reply in replies) else after.shown
    wondered = may_be_left(after, arrival, turn.wonders)
    now = after.but(revision=revision, shown=newest, below=lowest(who, arrival, replies, revision), wondered=wondered)
    notes = in_edition(turn.notes if arrival.public else may_be_noted(after, turn.notes), after, scene)
    place = stands_at(now, scene)
    left = may_be_left(after, arrival, turn.unanswered)
    return replace(turn, conversation=now, replies=replies, notes=notes, show=False, stands_at=place, unanswered=left)


def _leaves_a_result(who: Conversation, after: Conversation, scene: Scene) -> bool:
    """Whether a turn goes on from a result to something else: the result stays where it can be read again."""
    if not stands_at_result(who, scene):
        return False
    return after.goal != who.goal or not stands_at_result(after, scene)


def turn_without_screen(who: Conversation, arrival: Arrival, scene: Scene) -> Turn:
    """What a turn decides and remembers, before the present card or result is drawn under it."""
    known = renewed(greeted(who, arrival))
    turn = due_turn(known, arrival.due, scene) if arrival.due else _decided(known, arrival, scene)
    return replace(turn, conversation=remembered(known, turn.conversation))


def show_again(who: Conversation, scene: Scene) -> tuple[Reply, ...]:
    """The present card once more, for someone who comes back; nothing changes."""
    if who.paused_by is not None:
        return still_paused(who, scene).replies
    return screen(renewed(who), scene)


def greeted(who: Conversation, arrival: Arrival) -> Conversation:
    """A newcomer in the language of their device; everybody else as they are."""
    if who.language_chosen or who.revision > 0 or not arrival.locale:
        return who
    return who.but(language=language_of(arrival.locale))


def _decided(who: Conversation, arrival: Arrival, scene: Scene) -> Turn:
    if arrival.public:
        return public_turn(who, arrival, scene)
    words = arrival.text or ""
    guard = heard_guard(words, scene.library) if words else None
    if guard is not None:
        return guarded(who, guard, scene)
    if arrival.media is not None:
        return Turn(who, (Reply(blocks=(scene.text(who, "media.kind", media=arrival.media),)),))
    if arrival.command is not None:
        return _commanded(who, arrival.command, words, scene)
    if arrival.action is not None:
        return _pressed(who, arrival.action, scene) if _counts(who, arrival) else Turn(who)
    return _said(who, words, scene, again=arrival.again)


def _counts(who: Conversation, arrival: Arrival) -> bool:
    """Whether a press means what it says: a step from "here" means nothing on a card that is not the newest."""
    verb, _, argument = (arrival.action or "").partition(":")
    newest = arrival.revision is None or arrival.revision >= who.shown
    return newest or bool(argument) or verb not in FROM_HERE


def _commanded(who: Conversation, command: str, argument: str, scene: Scene) -> Turn:
    step = COMMANDS.get(command)
    if step is None:
        return Turn(who, (Reply(blocks=(scene.text(who, "help.unknown_command", command=command[:32]),)),))
    allowed = _COMMANDS_FOR_MINORS if who.adult is False else _COMMANDS_FOR_ALL
    return _if_allowed(who, command in allowed, step, argument, scene)


def _pressed(who: Conversation, action: str, scene: Scene) -> Turn:
    verb, _, argument = action.partition(":")
    if verb == "resume":
        return resume(who, argument, scene)
    step = VERBS.get(verb)
    if step is None:
        return Turn(who, preface=scene.say(who, "card.gone"))
    allowed = _VERBS_FOR_MINORS if who.adult is False else _VERBS_FOR_ALL
    return _if_allowed(who, verb in allowed, step, argument, scene)


def _if_allowed(who: Conversation, allowed: bool, step: Step, argument: str, scene: Scene) -> Turn:
    """Everything is open to a consenting adult; others reach general knowledge and their own data."""
    if allowed:
        return step(who, argument, scene)
    if who.paused_by is not None:
        return still_paused(who, scene)
    if who.consent_at is None or not who.adult:
        return Turn(who)
    return step(who, argument, scene)


def _said(who: Conversation, words: str, scene: Scene, *, again: bool = False) -> Turn:
    action = listen(who, words, scene)
    if action is not None:
        return _pressed(who, action, scene)
    if who.paused_by is not None:
        return still_paused(who, scene)
    if who.adult is False:
        return Turn(who)
    question = open_question(who, scene)
    if question is None:
        return answered_result(who, words, scene)
    return answered_card(who, question, words, scene, again=again)
