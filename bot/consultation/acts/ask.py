"""ask: a question about a case of the table is answered from the library, under the letter of that case."""

from __future__ import annotations

from bot.consultation.hosting import Act, Done, Host
from bot.dialogue.guarding import heard_guard
from bot.dialogue.messages import Text
from bot.dialogue.public import public_turn


def _ask(host: Host, argument: str) -> Done | None:
    """None for a question that names no case, or words that are no question: those are for the dialogue."""
    letter, _, question = argument.partition(" ")
    case = next((case for kept in host.here() if (case := kept.sitting.case(letter)) is not None), None)
    if case is None or not letter.isupper() or not question.strip() or _alarms(host, question):
        return None
    turn = public_turn(host.who, host.arrival.model_copy(update={"text": question.strip()}), host.scene)
    about = Text(markup=host.say("consultation.about_case", letter=case.letter))
    replies = tuple(reply.model_copy(update={"blocks": (about, *reply.blocks)}) for reply in turn.replies[:1])
    return Done((*replies, *turn.replies[1:]), notes=turn.notes)


def _alarms(host: Host, words: str) -> bool:
    """Whether a guard hears something: a cry for help must not stand before everybody under the letter of a case."""
    return heard_guard(words, host.scene.library) is not None


ACT = Act(_ask, frozenset({"group"}), commands=frozenset({"ask"}))
