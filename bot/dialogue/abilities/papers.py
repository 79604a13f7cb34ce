"""Papers: the present result as a PDF, its plan as a calendar, its figures as a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogue.abilities.ask import beside
from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import RANGED
from bot.dialogue.layers import at_result
from bot.dialogue.messages import Paper, Reply
from bot.dialogue.papers import calendar_of, report_of, sheet_of
from bot.dialogue.scene import Ability, Scene, Step, Turn

Make = Callable[[Conversation, Scene], Paper | None]


def _giving(make: Make, nothing: str) -> Step:
    """A step that gives one paper, or says that there is nothing to put on it and shows what stands now."""

    def give(who: Conversation, _argument: str, scene: Scene) -> Turn:
        paper = make(who, scene)
        if paper is None:
            shown = at_result(who, scene, *RANGED) and (who.accepted or who.hurried)
            return beside(who, scene, nothing) if shown else Turn(who, preface=scene.say(who, nothing))
        return Turn(who, (Reply(blocks=(paper,)),), show=False).noting("paper", paper.form)

    return give


ABILITY = Ability(
    name="papers",
    verbs={
        "pdf": _giving(report_of, "papers.no_result"),
        "calendar": _giving(calendar_of, "papers.no_plan"),
        "sheet": _giving(sheet_of, "papers.no_figures"),
    },
)
