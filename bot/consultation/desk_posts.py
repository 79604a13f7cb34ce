"""Desk posts: what an adviser brings to the whole group: suppositions, votes, quizzes and ready replies, seen first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.consultation.advising import brings, cite
from bot.consultation.desk_screens import group_screen, preview_screen, shelf_screen, steps_screen
from bot.consultation.desk_steps import Step
from bot.consultation.group_view import VOTED_ON, quizzed, ready_words, supposed, vote
from bot.consultation.hosting import Done
from bot.consultation.leading import lead_screen
from bot.consultation.moving import moved_to_general
from bot.consultation.posting import together
from bot.consultation.sitting import Sitting
from bot.consultation.supposing import offered_steps
from bot.consultation.tidying import removed_supposition, supposition
from bot.dialogue.messages import Reply, Text
from bot.dialogue.polls import Poll, told_poll


def _posted(step: Step, reply: Reply, after: Sitting | None = None) -> Done:
    """Sent to the group, and back at the sitting; nothing goes to a topic in which nobody may write."""
    host, sitting = step.host, after or step.sitting
    if sitting.shut:
        return Done((lead_screen(host, step.sitting, host.say("desk.topic_shut")),))
    shown = lead_screen(host, sitting, host.say("desk.posted"))
    return Done((shown,), ((sitting.group, reply),), changes=((step.kept, sitting),))


def _preview(step: Step, reply: Reply, what: str) -> Done:
    """What would be sent, with the button that sends it; a poll in words, for here nobody votes."""
    post = f"desk:{step.sitting.id}:{what}:{step.argument}".rstrip(":")
    blocks = tuple(Text(markup=told_poll(block)) if isinstance(block, Poll) else block for block in reply.blocks)
    return Done((preview_screen(step.host, step.sitting, blocks, post, "desk.post"),))


def _suppose(step: Step) -> Done:
    if step.argument not in step.host.scene.library.actions:
        return Done((steps_screen(step.host, step.sitting),))
    return _preview(step, supposed(step.host.who, step.sitting, (step.argument,), step.host.scene), "S")


def _post_supposed(step: Step) -> Done:
    entry = step.host.scene.library.actions.get(step.argument)
    if entry is None or not step.sitting.cases:
        return Done((steps_screen(step.host, step.sitting),))
    group = step.host.conversation(step.sitting.group)
    shown = supposed(group, step.sitting, (step.argument,), step.host.scene)
    reply = shown.model_copy(update={"board": supposition(step.sitting)})
    letters = tuple(seat.letter or "" for seat in step.sitting.cases)
    after = brings(cite(step.sitting, entry.facts), supposed=letters)
    return together(removed_supposition(step.host, step.sitting, anyway=True), _posted(step, reply, after))


def _vote(step: Step) -> Done:
    steps = offered_steps(step.sitting, step.host.scene, VOTED_ON)
    return _preview(step, vote(step.host.who, step.sitting, steps, step.host.scene), "V")


def _post_vote(step: Step) -> Done:
    steps = offered_steps(step.sitting, step.host.scene, VOTED_ON)
    reply = vote(step.host.conversation(step.sitting.group), step.sitting, steps, step.host.scene)
    return _posted(step, reply, brings(step.sitting, voted=steps))


def _quiz(step: Step) -> Done:
    quiz = step.host.scene.library.quizzes.get(step.argument)
    if quiz is None:
        return Done((shelf_screen(step.host, step.sitting, "q", step.argument),))
    return _preview(step, quizzed(step.host.who, step.sitting, quiz, step.host.scene), "Q")


def _post_quiz(step: Step) -> Done:
    quiz = step.host.scene.library.quizzes.get(step.argument)
    if quiz is None:
        return Done((shelf_screen(step.host, step.sitting, "q", step.argument),))
    reply = quizzed(step.host.conversation(step.sitting.group), step.sitting, quiz, step.host.scene)
    return _posted(step, reply, cite(step.sitting, quiz.facts))


def _ready(step: Step) -> Done:
    kept = step.host.scene.library.ready.get(step.argument)
    if kept is None:
        return Done((shelf_screen(step.host, step.sitting, "r", step.argument),))
    words = ready_words(step.host.who, kept, step.host.scene)
    return _preview(step, Reply(blocks=(Text(markup=words),)), "R")


def _post_ready(step: Step) -> Done:
    kept = step.host.scene.library.ready.get(step.argument)
    if kept is None:
        return Done((shelf_screen(step.host, step.sitting, "r", step.argument),))
    words = ready_words(step.host.conversation(step.sitting.group), kept, step.host.scene)
    reply = Reply(blocks=(Text(markup=words),), topic=step.sitting.topic)
    return _posted(step, reply, cite(step.sitting, kept.facts))


def _menu(step: Step) -> Done:
    return Done((group_screen(step.host, step.sitting),))


def _general(step: Step) -> Done:
    """On in the general topic, where people may write."""
    if not step.sitting.shut:
        return _menu(step)
    moved = moved_to_general(step.host, step.kept)
    return replace(moved, replies=(lead_screen(step.host, moved.changes[0][1], step.host.say("desk.moved")),))


GROUP_STEPS: Mapping[str, Callable[[Step], Done]] = MappingProxyType({
    "m": _menu,
    "G": _general,
    "s": _suppose,
    "S": _post_supposed,
    "v": _vote,
    "V": _post_vote,
    "q": _quiz,
    "Q": _post_quiz,
    "r": _ready,
    "R": _post_ready,
})
"""Steps with the whole group by the letter that a button carries; capitals send what small letters show."""
