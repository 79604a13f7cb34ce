"""Opened: the whole result of a member's case as an adviser sees it, by the dialogue's own functions and read-only."""

from __future__ import annotations

from bot.dialogue.choosing import TELLS, VERBS
from bot.dialogue.conversation import Conversation, Trial
from bot.dialogue.interview import answered_path
from bot.dialogue.messages import Button, Paper, Picture, Reply
from bot.dialogue.scene import Scene
from knowledge.entries import Language

_LOOKS = frozenset({"layer", "details", "step", "what_if", "try", "debt", "result"})
"""What an adviser may do with somebody's result; all else would change, take along or leave it."""

LOWER = "goal:lower"
_SHELVES = frozenset({"layer:files", "layer:rest"})


def may_look(action: str) -> bool:
    """Whether an action of a result only looks at it."""
    return action == LOWER or (action.partition(":")[0] in _LOOKS and action not in _SHELVES)


def seen_by_adviser(
    member: Conversation, language: Language, trial: Trial, action: str, scene: Scene
) -> tuple[Reply | None, Trial]:
    """What an adviser sees of a member's result.

    Args:
        member: the member's conversation, of which nothing changes.
        language: the adviser's.
        trial: what the adviser is trying out on this case, beside the member's own answers and trials.
        action: of a button of the result, empty for its first screen; one that does more than look shows the first.
        scene: library, packs and moment.

    Returns:
        One reply whose buttons are those that only look, with the actions of the dialogue, and the trial afterwards;
        None where the member has told nothing yet, or may not be spoken to about borrowing.
    """
    if member.consent_at is None or not member.adult or member.paused_by is not None:
        return None, trial
    who = _at_result(member, language, trial)
    if not answered_path(who, scene.library):
        return None, trial
    if action == LOWER:
        return _looked_at(TELLS["lower"](who.but(goal="lower"), scene)), trial
    verb, _, argument = action.partition(":")
    if not action or not may_look(action):
        return _looked_at(TELLS["assess"](who, scene)), trial
    turn = VERBS[verb](who, argument, scene)
    replies = turn.replies or TELLS["assess"](turn.conversation, scene)
    return _looked_at(replies), turn.conversation.trial


def _at_result(member: Conversation, language: Language, trial: Trial) -> Conversation:
    """The member's answers, standing at their result whatever they are doing at this moment."""
    return member.but(
        language=language, goal="assess", hurried=True, accepted=True, reviewing=False, more=False,
        focus=None, doubt=None, failures=0, pictured=-1, trial=trial,
    )  # fmt: skip


def _looked_at(replies: tuple[Reply, ...]) -> Reply | None:
    """The words and tables of a result in one message, without files, and the buttons that only look."""
    blocks = tuple(block for reply in replies for block in reply.blocks if not isinstance(block, Picture | Paper))
    rows = (tuple(button for button in row if _kept(button)) for reply in replies for row in reply.buttons)
    return Reply(blocks=blocks, buttons=tuple(filter(None, rows))) if blocks else None


def _kept(button: Button) -> bool:
    return may_look(button.action)
