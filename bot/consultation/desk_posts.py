"""Desk posts: what an adviser brings to the whole group: suppositions, votes, quizzes and ready replies, seen first."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.consultation.advising import brings, cite
from bot.consultation.desk_screens import (
    MOST_CHOSEN,
    group_screen,
    page_with,
    preview_screen,
    shelf_screen,
    steps_screen,
)
from bot.consultation.desk_steps import Step
from bot.consultation.ending import vote_closed
from bot.consultation.group_view import VOTED_ON, quizzed, ready_words, supposed, vote
from bot.consultation.hosting import Done
from bot.consultation.leading import lead_screen
from bot.consultation.moving import moved_to_general
from bot.consultation.posting import kept_desk, nowhere, together
from bot.consultation.sitting import Sitting
from bot.consultation.supposing import clashes, offered_steps
from bot.consultation.tidying import removed_supposition, supposition
from bot.dialogue.messages import Reply, Text
from bot.dialogue.polls import Poll, told_poll


def _posted(step: Step, reply: Reply, after: Sitting | None = None) -> Done:
    """Sent to the group, and back at the sitting; nothing goes to where nobody may write, or the bot is not."""
    host, sitting = step.host, after or step.sitting
    why = nowhere(host, sitting)
    if why:
        return Done((lead_screen(host, step.sitting, why),))
    shown = lead_screen(host, sitting, host.say("desk.posted"))
    return Done((shown,), ((sitting.group, reply),), changes=((step.kept, sitting),))


def _preview(step: Step, reply: Reply, what: str) -> Done:
    """What would be sent, with the button that sends it; a poll in words, for here nobody votes."""
    post = f"desk:{step.sitting.id}:{what}:{step.argument}".rstrip(":")
    blocks = tuple(Text(markup=told_poll(block)) if isinstance(block, Poll) else block for block in reply.blocks)
    return Done((preview_screen(step.host, step.sitting, blocks, post, "desk.post"),))


def _suppose(step: Step) -> Done:
    """Choose a step, or drop it again: three at most, and none that excludes another."""
    host, name, desk = step.host, step.argument, step.desk
    if name not in host.scene.library.actions:
        return Done((steps_screen(host, step.sitting, desk.chosen, name),))
    if name in desk.chosen:
        return _chosen(step, tuple(one for one in desk.chosen if one != name))
    if len(desk.chosen) >= MOST_CHOSEN:
        return _chosen(step, desk.chosen, host.say("desk.suppose_enough", most=MOST_CHOSEN))
    if clashes((*desk.chosen, name), host.scene):
        return _chosen(step, desk.chosen, host.say("desk.suppose_clash"))
    return _chosen(step, (*desk.chosen, name))


def _chosen(step: Step, names: tuple[str, ...], above: str = "") -> Done:
    shown = steps_screen(step.host, step.sitting, names, page_with(step.host, step.sitting, step.argument), above)
    return kept_desk(step.host, Done((shown,)), step.desk.but(chosen=names))


def _look_ahead(step: Step) -> Done:
    """What the chosen steps would bring, as the group would see it; what is posted then is just that."""
    names = step.desk.chosen
    if not names or not step.sitting.cases:
        return Done((steps_screen(step.host, step.sitting, names),))
    argument = names[0] if len(names) == 1 else f"+{_mark(names)}"
    shown = supposed(step.host.who, step.sitting, names, step.host.scene)
    return _preview(step._replace(argument=argument), shown, "S")


def _mark(names: tuple[str, ...]) -> str:
    """A few letters by which a preview knows whether it still is what would be posted."""
    return hashlib.sha256("|".join(names).encode()).hexdigest()[:8]


def _post_supposed(step: Step) -> Done:
    shelf, chosen = step.host.scene.library.actions, step.desk.chosen
    names = chosen if step.argument == f"+{_mark(chosen)}" else (step.argument,)
    entries = [shelf[name] for name in names if name in shelf]
    if len(entries) < len(names) or not step.sitting.cases:
        return Done((steps_screen(step.host, step.sitting, chosen),))
    group = step.host.conversation(step.sitting.group)
    shown = supposed(group, step.sitting, names, step.host.scene)
    reply = shown.model_copy(update={"board": supposition(step.sitting)})
    letters = tuple(seat.letter or "" for seat in step.sitting.cases)
    facts = tuple(fact for entry in entries for fact in entry.facts)
    after = brings(cite(step.sitting, facts), supposed=letters)
    if nowhere(step.host, step.sitting):
        return _posted(step, reply, after)
    posted = together(removed_supposition(step.host, step.sitting, anyway=True), _posted(step, reply, after))
    return kept_desk(step.host, posted, step.desk.but(chosen=()))


def _vote(step: Step) -> Done:
    steps = offered_steps(step.sitting, step.host.scene, VOTED_ON)
    return _preview(step, vote(step.host.who, step.sitting, steps, step.host.scene), "V")


def _post_vote(step: Step) -> Done:
    """A new vote; the one before is closed, for only the newest will be counted."""
    steps = offered_steps(step.sitting, step.host.scene, VOTED_ON)
    reply = vote(step.host.conversation(step.sitting.group), step.sitting, steps, step.host.scene)
    posted = _posted(step, reply, brings(step.sitting, voted=steps))
    if nowhere(step.host, step.sitting):
        return posted
    before = tuple((step.sitting.group, one) for one in vote_closed(step.host, step.sitting))
    return replace(posted, elsewhere=(*before, *posted.elsewhere))


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
    "w": _look_ahead,
    "S": _post_supposed,
    "v": _vote,
    "V": _post_vote,
    "q": _quiz,
    "Q": _post_quiz,
    "r": _ready,
    "R": _post_ready,
})
"""Steps with the whole group by the letter that a button carries; capitals send what small letters show."""
