"""The first screen of a result: one line, three reasons, what holds it, the nearest case, the next step, ways on."""

from __future__ import annotations

from bot.dialogue.cards import CARD, said
from bot.dialogue.case_words import case_line
from bot.dialogue.conversation import Conversation
from bot.dialogue.debt_screen import debt_reply
from bot.dialogue.estimate import MONTHS, Estimate, estimate
from bot.dialogue.estimate_words import fan, line_words, now_words, reached, reason_lines, widest
from bot.dialogue.messages import Button, Picture, Reply
from bot.dialogue.scene import Scene


def tell_estimate(who: Conversation, scene: Scene) -> tuple[Reply, ...]:
    """The result: one screen with a way to each layer; for heavy debts the debt plan and nothing of a raise.

    In the turn that accepted the answers the chart of the months ahead goes before it, once.
    """
    found = estimate(who, scene)
    if found.gated:
        return (debt_reply(who, found, scene),)
    picture = (fan_picture(who, found, scene),) if who.pictured == who.revision else ()
    return (*picture, screen_reply(who, found, scene))


def fan_picture(who: Conversation, found: Estimate, scene: Scene) -> Reply:
    """The months ahead as a picture, a message of its own."""
    caption = scene.say(who, "estimate.fan_caption", planned=bool(found.planned))
    return Reply(blocks=(Picture(of=fan(who, found, scene), caption=caption, language=who.language, dark=who.dark),))


def screen_reply(who: Conversation, found: Estimate, scene: Scene) -> Reply:
    """What a phone shows at once, edited in place when a layer is left."""
    base, plan = found.base, found.plan
    known = found.facts.known("current_line")
    first = min(plan.plan, key=lambda step: step.start_month, default=None)
    block = scene.text(
        who,
        "estimate.screen",
        line=line_words(who, base, scene),
        now=now_words(who, base, scene, known=known),
        reasons=reason_lines(who, base, scene),
        held=scene.say(who, "estimate.held", binding=base.binding),
        case=case_line(who, found.match, scene),
        target=target_words(who, found, scene),
        step="" if first is None else said(who, scene, scene.library.actions[first.action].title),
        month=0 if first is None else first.start_month,
        steps=len(plan.plan),
        planned=found.planned[MONTHS] if found.planned else None,
        kept=bool(who.kept),
        wide=scene.say(who, "estimate.width", wide=widest(base)),
        assumed=base.share_grade_a,
    )
    return Reply(blocks=(block,), buttons=_ways_on(who, found, scene), slot=CARD)


def target_words(who: Conversation, found: Estimate, scene: Scene) -> str:
    """Whether the line asked for is within reach, and how likely; an honest no where it is not.

    Without one a plan asks for it, and an assessment says nothing.
    """
    plan = found.plan
    if plan.target is None:
        return scene.say(who, "estimate.no_target") if who.goal == "plan" else ""
    return scene.say(
        who,
        "estimate.target_words",
        target=plan.target,
        reached=reached(plan, found.base, known=found.facts.known("current_line")),
        kept=bool(who.kept),
        feasible=plan.feasible,
        best=plan.best_reachable,
        probability=plan.probability,
        interval=plan.probability_interval,
    )


def _ways_on(who: Conversation, found: Estimate, scene: Scene) -> tuple[tuple[Button, ...], ...]:
    """At most four rows: what a result is looked at for; the rest stands one tap behind it."""

    def way(key: str, action: str) -> Button:
        return scene.button(who, f"result.{key}", action)

    aimed = found.plan.target is not None
    target = way("ways", "layer:ways") if aimed else way("target", "edit:target" if who.goal == "plan" else "goal:plan")
    return (
        (way("reasons", "layer:reasons"), way("months", "layer:months")),
        (way("plan", "layer:plan"), way("what_if", "what_if:")),
        (target, way("files", "layer:files")),
        (way("rest", "layer:rest"), scene.button(who, "menu.back", "menu:")),
    )
