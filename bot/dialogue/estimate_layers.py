"""The layers behind a result, one tap each and back: reasons, months, plan, what not to do, case, burden, ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.dialogue.cards import CARD, said
from bot.dialogue.case_words import case_words
from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import MONTHS, RANGED, base_forecast, estimate, nearest_case, standing
from bot.dialogue.estimate_screen import fan_picture, target_words
from bot.dialogue.estimate_shelves import files_shelf, rest_shelf
from bot.dialogue.estimate_sources import ALWAYS_CITED
from bot.dialogue.estimate_words import fan, idle, reasons_table, step_button, steps_table, waterfall, widest
from bot.dialogue.messages import Block, Button, Picture, Reply
from bot.dialogue.reaching import reach_tables
from bot.dialogue.scene import Scene
from bot.dialogue.sources import source_lines
from simulator.burden import SERVICE_LINE, burden, gate

MOST_AVOIDED = 3
Layer = Callable[[Conversation, Scene], Reply]


def _layer(who: Conversation, scene: Scene, *blocks: Block, ways: tuple[tuple[Button, ...], ...] = ()) -> Reply:
    back = (scene.button(who, "estimate.return", "result:"),)
    return Reply(blocks=blocks, buttons=(*ways, back), slot=CARD)


def reasons_layer(who: Conversation, scene: Scene) -> Reply:
    """Every reason with yuan and evidence, what holds the line, and why the range is as wide as it is."""
    base = base_forecast(who, scene)
    if not base.reasons:
        return _layer(who, scene, scene.text(who, "estimate.no_reasons"))
    words = scene.text(
        who,
        "layer.reasons",
        held=scene.say(who, "estimate.held", binding=base.binding),
        wide=scene.say(who, "estimate.width", wide=widest(base)),
        assumed=base.share_grade_a,
    )
    pictures = _pictures(who, "waterfall", scene)
    return _layer(who, scene, reasons_table(who, base.reasons, scene), words, ways=(pictures,))


def months_layer(who: Conversation, scene: Scene) -> Reply:
    """The range by month, as it is and with the plan."""
    found = estimate(who, scene)
    words = scene.text(who, "layer.months", unchanged=found.base.no_change_probability, planned=bool(found.planned))
    return _layer(who, scene, fan(who, found, scene), words, ways=(_pictures(who, "fan", scene),))


def _pictures(who: Conversation, name: str, scene: Scene) -> tuple[Button, ...]:
    """A chart as a picture in the shade that was chosen last, or in the other one, which is then remembered."""
    other = "light" if who.dark else "dark"
    plain = scene.button(who, "result.picture", f"picture:{name}")
    return (plain, scene.button(who, f"result.picture_{other}", f"picture:{name}:{other}"))


def plan_layer(who: Conversation, scene: Scene) -> Reply:
    """The plan month by month: why, when each step shows, what it costs, and what all of it together moves."""
    found = estimate(who, scene)
    steps = found.plan.plan
    words = scene.text(
        who,
        "layer.plan",
        target=target_words(who, found, scene),
        steps=len(steps),
        kept=bool(who.kept),
        hours=sum(step.effort_hours for step in steps),
        money=sum(step.money for step in steps),
        without=found.base.line[MONTHS],
        planned=found.planned[MONTHS] if found.planned else None,
    )
    rows = tuple((step_button(who, step.action, scene),) for step in steps)
    own = ((scene.button(who, "result.search_plan", "keep:none"),),) if who.kept else ()
    table = (steps_table(who, steps, scene),) if steps else ()
    return _layer(who, scene, words, *table, ways=(*rows, *own))


def step_card(who: Conversation, action: str, scene: Scene) -> Reply | None:
    """How one step is done: its parts, its proof, what it risks and will not do, what the contract says; sources."""
    entry = scene.library.actions.get(action)
    if entry is None:
        return None
    parts = {name: said(who, scene, getattr(entry, name)) for name in ("title", "summary", "steps", "proof", "risks")}
    more = {name: said(who, scene, getattr(entry, name)) for name in ("will_not", "contract")}
    words = scene.text(who, "layer.step", **parts, **more, facts=source_lines(who, entry.facts, scene))
    return Reply(blocks=(words,), buttons=((_back_from_step(who, scene),),), slot=CARD)


def _back_from_step(who: Conversation, scene: Scene) -> Button:
    """To the steps of the present result: of the plan, of the debt plan, or of lowering a line."""
    if who.goal not in RANGED:
        return scene.button(who, "estimate.return", "result:")
    heavy = bool(gate(standing(who, scene).facts))
    return scene.button(who, "result.to_plan", "debt:steps" if heavy else "layer:plan")


def avoid_layer(who: Conversation, scene: Scene) -> Reply:
    """What not to do, what is not worth the effort, and that not borrowing is a choice; who decides, with sources."""
    found = estimate(who, scene)
    avoid = [said(who, scene, entry.title) for entry in idle(found.plan, scene)][:MOST_AVOIDED]
    words = scene.text(who, "layer.avoid", avoid=avoid, facts=source_lines(who, ALWAYS_CITED, scene))
    return _layer(who, scene, words, ways=((scene.button(who, "result.lower", "goal:lower"),),))


def case_layer(who: Conversation, scene: Scene) -> Reply:
    """The nearest case in full, set beside this person's own numbers and marked as an illustration."""
    facts = standing(who, scene).facts
    words = scene.text(who, "layer.case", **case_words(who, nearest_case(facts, scene), facts, scene))
    return _layer(who, scene, words)


def burden_layer(who: Conversation, scene: Scene) -> Reply:
    """How heavy the debts are, what a bad month would leave, and the ways to what borrowing costs."""
    weight = burden(standing(who, scene).facts)
    words = scene.text(
        who,
        "layer.burden",
        ratio=weight.service_ratio,
        whole=weight.service_ratio_with_line,
        left=weight.bad_month_left,
        bad=weight.bad_month_ratio,
        reserve=weight.reserve_months,
        line=SERVICE_LINE,
    )
    ways = (scene.button(who, "menu.cost", "goal:cost"), scene.button(who, "menu.afford", "goal:afford"))
    return _layer(who, scene, words, ways=tuple((way,) for way in ways))


def ways_layer(who: Conversation, scene: Scene) -> Reply:
    """How likely which line is by when, and the same target reached three ways; an honest no without a way."""
    found = estimate(who, scene)
    words = scene.text(
        who,
        "layer.ways",
        target=target_words(who, found, scene),
        feasible=found.plan.feasible,
        steps=len(found.plan.plan),
    )
    again = (scene.button(who, "result.target_new", "edit:target"),)
    wiser = (
        scene.button(who, "result.cheaper", "entry:other_loans_cheaper"),
        scene.button(who, "result.lower", "goal:lower"),
    )
    own = ((scene.button(who, "result.search_plan", "keep:none"),),) if who.kept else ()
    ways = (*own, again) if found.plan.feasible else (*own, again, wiser)
    return _layer(who, scene, words, *reach_tables(who, found, scene), ways=ways)


LAYERS: Mapping[str, Layer] = {
    "reasons": reasons_layer,
    "months": months_layer,
    "plan": plan_layer,
    "avoid": avoid_layer,
    "case": case_layer,
    "burden": burden_layer,
    "ways": ways_layer,
    "files": files_shelf,
    "rest": rest_shelf,
}
"""Every layer by the name that its button carries."""


def picture_of(who: Conversation, name: str, scene: Scene) -> Reply | None:
    """A chart as a picture of its own: the months ahead or the reasons; None where there is none to show."""
    if name == "fan":
        return fan_picture(who, estimate(who, scene), scene)
    chart = waterfall(who, base_forecast(who, scene), scene) if name == "waterfall" else None
    if chart is None:
        return None
    caption = scene.say(who, "estimate.waterfall_caption")
    return Reply(blocks=(Picture(of=chart, caption=caption, language=who.language, dark=who.dark),))
