"""Afford: what this loan would add to all the others, what a bad month would leave, and a calm verdict."""

from __future__ import annotations

from bot.dialogue.abilities.cost import unreadable
from bot.dialogue.affording import SURPRISE, WATCHFUL, Affording, affording
from bot.dialogue.cards import CARD
from bot.dialogue.conversation import Conversation
from bot.dialogue.layers import Rows, at_result, layer, outdated
from bot.dialogue.messages import Block, Reply, Table
from bot.dialogue.offering import USUAL_RATE
from bot.dialogue.opening import open_goal
from bot.dialogue.scene import Ability, Scene, Turn
from bot.dialogue.sources import source_lines
from simulator.burden import SERVICE_LINE

_CITED = ("LR-03", "AD-15")
_CITED_HEAVY = ("AD-04", "AD-06", "AD-05")


def tell(who: Conversation, scene: Scene) -> tuple[Reply, ...]:
    """The verdict with its grade, the burden now and then, the months that follow, and the ways on."""
    found = affording(who, scene)
    if isinstance(found, str):
        return (unreadable(who, found, "afford", scene),)
    block = scene.text(
        who,
        "afford.result",
        verdict=found.verdict,
        gate=found.gate,
        payment=found.payment,
        total=found.total,
        assumed=found.assumed,
        rate=USUAL_RATE,
        before=found.before,
        after=found.after,
        line=SERVICE_LINE,
        watchful=WATCHFUL,
    )
    months: tuple[Block, ...] = (_months(who, found, scene),) if found.months else ()
    rest = {"known": bool(months), "reserve": found.reserve, "bridged": found.bridged, "surprise": SURPRISE}
    blocks = (block, *months, scene.text(who, "afford.rest", **rest))
    return (Reply(blocks=blocks, buttons=_ways_on(who, found, scene), slot=CARD),)


def _months(who: Conversation, found: Affording, scene: Scene) -> Table:
    rows = tuple(
        (
            scene.say(who, f"afford.{month.name}"),
            scene.say(who, "afford.left", yuan=month.before),
            scene.say(who, "afford.left", yuan=month.after),
        )
        for month in found.months
    )
    header = tuple(scene.say(who, f"afford.{name}") for name in ("month", "before", "after"))
    return Table(title=scene.say(who, "afford.table"), header=header, rows=rows, right=(1, 2))


def _ways_on(who: Conversation, found: Affording, scene: Scene) -> Rows:
    change = (scene.button(who, "cost.edit", "review:"), scene.button(who, "afford.sources", "footing:"))
    back = (scene.button(who, "menu.back", "menu:"),)
    if found.verdict in {"burdened", "too_heavy"}:
        lighten = "goal:assess" if found.verdict == "burdened" else "goal:budget"
        return ((scene.button(who, "guard.debt_path", lighten),), change, back)
    less = (scene.button(who, "afford.less", "edit:afford_amount"), scene.button(who, "menu.cost", "goal:cost"))
    return (less, change, back)


def _footing(who: Conversation, _argument: str, scene: Scene) -> Turn:
    """What the verdict stands on: the lines it is held against, with grades, and the sources."""
    found = affording(who, scene) if at_result(who, scene, "afford") else ""
    if isinstance(found, str):
        return outdated(who, scene)
    cited = (*_CITED, *_CITED_HEAVY) if found.verdict in {"burdened", "too_heavy"} else _CITED
    words = {"line": SERVICE_LINE, "watchful": WATCHFUL, "sources": source_lines(who, cited, scene)}
    return layer(who, scene, scene.text(who, "afford.footing", **words))


def _afford(who: Conversation, _argument: str, _scene: Scene) -> Turn:
    return open_goal(who, "afford")


ABILITY = Ability(name="afford", commands={"afford": _afford}, verbs={"footing": _footing}, tell=tell)
