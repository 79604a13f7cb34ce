"""The card of what-if: one line that moves, a button for each step and fact, and the ways out."""

from __future__ import annotations

from bot.dialogue.cards import CARD, said, unit_of
from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import MONTHS, standing
from bot.dialogue.messages import Button, Reply
from bot.dialogue.scene import Scene
from bot.dialogue.what_if import FACTORS, sized, tried
from simulator.vocabulary import Facts


def what_if_card(who: Conversation, scene: Scene) -> Reply:
    """What was tried and how the range moves; a press changes it in place and never the answers."""
    found, facts = tried(who, scene), standing(who, scene).facts
    trial, half = who.trial, MONTHS // 2
    words = scene.text(
        who,
        "what_if.card",
        steps=[said(who, scene, scene.library.actions[name].title) for name in trial.taken],
        changed=[_fact_words(who, name, found.facts, scene) for name in _changed_names(who, facts)],
        before=(found.before[half], found.before[MONTHS]),
        after=(found.after[half], found.after[MONTHS]) if found.after else None,
    )
    rows = (*_step_rows(who, scene), *_fact_rows(who, facts, scene), *_ways_out(who, scene, heavy=not found.after))
    return Reply(blocks=(words,), buttons=rows, slot=CARD)


def _changed_names(who: Conversation, facts: Facts) -> list[str]:
    return [name for name, factor in who.trial.factors.items() if factor != 1.0 and facts.number(name)]


def _fact_words(who: Conversation, name: str, facts: Facts, scene: Scene) -> str:
    """A fact with its value as tried, in the unit of its question."""
    question = scene.library.questions[name]
    value = scene.say(
        who, "value.number", value=facts.number(name), low=None, high=None, unit=unit_of(question), hear=question.hear
    )
    return scene.say(who, "what_if.fact", label=said(who, scene, question.label), value=value)


def _step_rows(who: Conversation, scene: Scene) -> tuple[tuple[Button, ...], ...]:
    names = [name for name in who.trial.offered if name in scene.library.actions]
    return tuple((_step_button(who, name, scene),) for name in names)


def _step_button(who: Conversation, name: str, scene: Scene) -> Button:
    taken = name in who.trial.taken
    title = said(who, scene, scene.library.actions[name].title)
    return scene.button(who, "what_if.step", f"try:{'-' if taken else '+'}{name}", title=title, taken=taken)


def _fact_rows(who: Conversation, facts: Facts, scene: Scene) -> tuple[tuple[Button, ...], ...]:
    sizes = FACTORS[facts.kind]
    return tuple((_fact_button(who, name, facts, scene),) for name in sizes if facts.number(name))


def _fact_button(who: Conversation, name: str, facts: Facts, scene: Scene) -> Button:
    """A press sets the next size; after the last comes what was told."""
    sizes = FACTORS[facts.kind][name]
    at = sizes.index(who.trial.factors.get(name, 1.0))
    value = sized(facts.number(name) or 0.0, sizes[at])
    question = scene.library.questions[name]
    told = scene.say(who, "value.number", value=value, low=None, high=None, unit=unit_of(question), hear=question.hear)
    words = {"label": said(who, scene, question.label), "value": told, "changed": at > 0}
    return scene.button(who, "what_if.size", f"try:{name}={(at + 1) % len(sizes)}", **words)


def _ways_out(who: Conversation, scene: Scene, *, heavy: bool) -> tuple[tuple[Button, ...], ...]:
    trial = who.trial
    keep = ((scene.button(who, "what_if.keep", "keep:"),),) if trial.taken and not heavy else ()
    touched = trial.taken or any(factor != 1.0 for factor in trial.factors.values())
    clear = (scene.button(who, "what_if.clear", "try:none"),) if touched else ()
    return (*keep, (*clear, scene.button(who, "estimate.return", "result:")))
