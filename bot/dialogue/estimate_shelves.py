"""Two shelves behind a result: what may be taken along (files, reminders, ticks), and everything else there is."""

from __future__ import annotations

from bot.dialogue.cards import CARD
from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import estimate, nearest_case, standing
from bot.dialogue.messages import Button, Reply
from bot.dialogue.scene import Scene
from simulator.burden import gate

_IN_A_ROW = 2


def files_shelf(who: Conversation, scene: Scene) -> Reply:
    """What of the result can be kept or sent: a report, a calendar, a spreadsheet, a reminder, the plan to tick."""
    found = estimate(who, scene)
    planned = bool(found.plan.plan)
    buttons = [
        scene.button(who, "result.pdf", "pdf:"),
        scene.button(who, "result.sheet", "sheet:"),
        *([scene.button(who, "result.calendar", "calendar:")] if planned else []),
        scene.button(who, "result.remind", "remind:"),
        scene.button(who, "result.ticks", "ticks:"),
    ]
    return _shelf(who, "layer.files", buttons, scene, heavy=found.gated, planned=planned)


def rest_shelf(who: Conversation, scene: Scene) -> Reply:
    """Everything that the first screen has no room for; for heavy debts nothing of a raise."""
    facts = standing(who, scene).facts
    heavy = bool(gate(facts))

    def way(key: str, action: str) -> Button:
        return scene.button(who, key, action)

    case = [way("result.case", "layer:case")] if nearest_case(facts, scene) is not None else []
    edit, lower = way("review.open", "review:"), way("result.lower", "goal:lower")
    if heavy:
        return _shelf(who, "layer.rest", [*case, way("menu.afford", "goal:afford"), lower, edit], scene, heavy=True)
    known = [way("result.avoid", "layer:avoid"), *case, way("result.burden", "layer:burden")]
    about = [way("result.details", "details:"), way("result.right", "right:")]
    more = [] if who.more else [way("result.more", "more:")]
    return _shelf(who, "layer.rest", [*known, *about, edit, lower, *more], scene, heavy=False)


def _shelf(who: Conversation, key: str, buttons: list[Button], scene: Scene, *, heavy: bool, **data: object) -> Reply:
    rows = tuple(tuple(buttons[at : at + _IN_A_ROW]) for at in range(0, len(buttons), _IN_A_ROW))
    back = (scene.button(who, "debt.return" if heavy else "estimate.return", "result:"),)
    return Reply(blocks=(scene.text(who, key, heavy=heavy, **data),), buttons=(*rows, back), slot=CARD)
