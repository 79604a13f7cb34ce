"""Ticking: the steps of the plan with their ticks, one step in full, and what a step that is done may have changed."""

from __future__ import annotations

from typing import NamedTuple

from bot.dialogue.cards import CARD, said, value_words
from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.followed import KeptStep, Mark
from bot.dialogue.foretelling import assessed
from bot.dialogue.interview import kind_of, path
from bot.dialogue.messages import Button, Reply
from bot.dialogue.scene import Scene
from knowledge.entries import ActionEntry, Question
from simulator.actions import Effect
from simulator.effects import LOWER_IS_BETTER

MARKS: tuple[Mark, ...] = ("done", "open", "unfit")


class Moved(NamedTuple):
    """A question whose answer a step may have changed, and the answer it would have now (None: only they can say)."""

    question: Question
    now: Answer | None


def steps_card(who: Conversation, scene: Scene, preface: str = "") -> Reply:
    """All steps with their ticks, each a button to its own card."""
    steps = [step for step in who.following.steps if step.action in scene.library.actions]
    done = sum(step.mark == "done" for step in steps)
    since = f"{who.following.planned_at:%Y-%m-%d}" if who.following.planned_at is not None else ""
    block = scene.text(who, "ticks.list", preface=preface, done=done, count=len(steps), since=since)
    rows = [(_step_button(who, step, scene),) for step in sorted(steps, key=_in_order)]
    ways = [scene.button(who, "ticks.anew", "ticks:new")]
    if who.following.checkin is None:
        ways.append(scene.button(who, "follow.remind", "remind:"))
    return Reply(blocks=(block,), buttons=(*rows, tuple(ways), (scene.button(who, "menu.back", "menu:"),)), slot=CARD)


def _in_order(step: KeptStep) -> tuple[bool, int]:
    """What is open first, by month, and within a month as the plan has it."""
    return (step.mark != "open", step.month)


def _step_button(who: Conversation, step: KeptStep, scene: Scene) -> Button:
    title = said(who, scene, scene.library.actions[step.action].title)
    at = f"{step.at:%m-%d}" if step.at is not None else ""
    words = {"title": title, "mark": step.mark, "at": at, "month": step.month}
    return scene.button(who, "ticks.step", f"tick:{step.action}", **words)


def step_card(who: Conversation, step: KeptStep, scene: Scene) -> Reply:
    """One step in full: how, how one sees that it is done, what it will not do, and the ticks to choose from."""
    entry = scene.library.actions[step.action]
    parts = {name: said(who, scene, getattr(entry, name)) for name in ("title", "steps", "proof", "risks", "will_not")}
    block = scene.text(who, "ticks.one", mark=step.mark, **parts)
    ticks = tuple(
        scene.button(who, f"ticks.{mark}", f"tick:{step.action}:{mark}") for mark in MARKS if mark != step.mark
    )
    return Reply(blocks=(block,), buttons=(ticks, (scene.button(who, "ticks.back", "ticks:"),)), slot=CARD)


def ticked(who: Conversation, action: str, mark: Mark, scene: Scene) -> Conversation:
    """The person with one step ticked, as of now."""
    at = None if mark == "open" else scene.now
    steps = [
        step if step.action != action else KeptStep(action=action, month=step.month, mark=mark, at=at)
        for step in who.following.steps
    ]
    return who.but(following=who.following.but(steps=tuple(steps)))


def done_card(who: Conversation, entry: ActionEntry, scene: Scene) -> Reply:
    """After a step is done: which answers it may have changed. They count as told; nothing is changed unasked."""
    changes = moved_answers(who, entry, scene)
    rows: list[tuple[Button, ...]] = []
    for nth, moved in enumerate(changes):
        label = said(who, scene, moved.question.label)
        if moved.now is not None:
            value = value_words(who, moved.question, moved.now, scene)
            rows.append((scene.button(who, "ticks.take", f"moved:{entry.id}:{nth}", label=label, value=value),))
        rows.append((scene.button(who, "ticks.retell", f"retell:{moved.question.id}", label=label),))
    labels = [said(who, scene, moved.question.label) for moved in changes]
    block = scene.text(who, "ticks.done_words", title=said(who, scene, entry.title), labels=labels)
    return Reply(blocks=(block,), buttons=(*rows, (scene.button(who, "ticks.back", "ticks:"),)), slot=CARD)


def moved_answers(who: Conversation, entry: ActionEntry, scene: Scene) -> tuple[Moved, ...]:
    """The questions whose answers a step that is done may have changed, in the order of its effects."""
    asked = assessed(who)
    everything = asked.but(more=True) if asked.goal == "assess" else asked
    walk = {question.fact: question for question in path(everything, scene.library) if question.fact is not None}
    facts = dict.fromkeys(effect.fact for effect in entry.action.effects if kind_of(who) in entry.action.kinds)
    effects = {effect.fact: effect for effect in entry.action.effects}
    return tuple(Moved(walk[fact], _after(who, walk[fact], effects[fact], scene)) for fact in facts if fact in walk)


def counting(who: Conversation, question: Question, scene: Scene) -> Conversation:
    """The person for whom the answer to a question counts: the extra ones do once they are wanted."""
    return who if question in path(assessed(who), scene.library) else who.but(more=True)


def _after(who: Conversation, question: Question, effect: Effect, scene: Scene) -> Answer | None:
    """The answer as it stands after an effect that comes at once; None for any other, and where it was better before.

    Effects are those of the action's own file, each with its range; a flag becomes plain yes or no.
    """
    before = who.answers.get(question.id)
    known = before.value if before is not None else None
    if effect.kernel != "at_once" or effect.how != "to" or _as_good(question.fact, known, effect.amount):
        return None
    if question.hear == "flag":
        return Answer(value=effect.amount > 0, at=scene.now, source="kept")
    return Answer(value=effect.amount, low=effect.low, high=effect.high, at=scene.now, source="kept")


def _as_good(fact: str | None, known: float | str | None, amount: float) -> bool:
    """Whether what was told is as good as the effect already; of flags, whether it is the same."""
    if not isinstance(known, int | float):
        return False
    return known <= amount if fact in LOWER_IS_BETTER else known >= amount
