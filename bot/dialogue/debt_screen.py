"""For heavy debts: what is wrong in plain words, then income, budget, priority debts, others; never a raise."""

from __future__ import annotations

from bot.dialogue.cards import CARD
from bot.dialogue.case_words import case_line
from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import Estimate
from bot.dialogue.estimate_words import step_button, steps_table
from bot.dialogue.messages import Button, Reply
from bot.dialogue.scene import Scene
from bot.dialogue.sources import source_lines

CITED = ("AD-04", "AD-05", "AD-06", "LI-08")
"""The order of the steps, what makes a debt a priority, and the right to ask for an extension."""


def debt_reply(who: Conversation, found: Estimate, scene: Scene) -> Reply:
    """The debt plan on one screen, with ways to the budget, the steps, a lower line and the official numbers."""
    block = scene.text(
        who,
        "debt.screen",
        gate=found.plan.gate,
        case=case_line(who, found.match, scene),
    )
    buttons = (
        (scene.button(who, "debt.budget", "goal:budget"),),
        (scene.button(who, "debt.steps", "debt:steps"), scene.button(who, "debt.whom", "debt:whom")),
        (scene.button(who, "result.files", "layer:files"), scene.button(who, "result.rest", "layer:rest")),
        (scene.button(who, "menu.back", "menu:"),),
    )
    return Reply(blocks=(block,), buttons=buttons, slot=CARD)


def steps_reply(who: Conversation, found: Estimate, scene: Scene) -> Reply:
    """The steps that lighten the debts, month by month."""
    words = scene.text(who, "debt.steps_text", steps=len(found.plan.plan))
    table = (steps_table(who, found.plan.plan, scene, lines=False),) if found.plan.plan else ()
    rows = tuple((step_button(who, step.action, scene),) for step in found.plan.plan)
    return Reply(blocks=(words, *table), buttons=(*rows, _back(who, scene)), slot=CARD)


def whom_reply(who: Conversation, scene: Scene) -> Reply:
    """Whom to call about what, and the sources of the plan."""
    words = scene.text(who, "debt.whom_text", facts=source_lines(who, CITED, scene))
    return Reply(blocks=(words,), buttons=(_back(who, scene),), slot=CARD)


def _back(who: Conversation, scene: Scene) -> tuple[Button, ...]:
    return (scene.button(who, "debt.return", "result:"),)
