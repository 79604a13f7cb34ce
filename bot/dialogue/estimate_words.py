"""The words of a result in layers: a range with reasons, a case, a plan by month, and all sources."""

from __future__ import annotations

from bot.dialogue.cards import said, value_words
from bot.dialogue.case_words import case_words
from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import MONTHS, Estimate, estimate
from bot.dialogue.messages import Block, Button, Fan, Reply, Table
from bot.dialogue.scene import Scene
from bot.dialogue.sources import source_lines
from knowledge.entries import ActionEntry
from simulator.results import Forecast, Plan, PlanStep, Range, Reason

MOST_REASONS = 4
MOST_AVOIDED = 3
ALWAYS_CITED = ("BR-02", "JB-11")
"""Who decides the line and what restoration means: they belong under every estimate."""


def tell_estimate(who: Conversation, scene: Scene) -> tuple[Reply, ...]:
    """The result as messages: first the range and its reasons, then the case and the plan; or the debt plan."""
    found = estimate(who, scene)
    if found.gated:
        return (debt_reply(who, found, scene),)
    return (estimate_reply(who, found, scene), plan_reply(who, found, scene))


def estimate_reply(who: Conversation, found: Estimate, scene: Scene) -> Reply:
    """The range today and ahead, the chart, what raises and lowers it, and what holds it."""
    base = found.base
    block = scene.text(
        who,
        "estimate.headline",
        line=line_words(who, base, scene),
        known=found.facts.known("current_line"),
        band=_band(who, scene),
        still=_still(who, base, scene),
        followed=bool(who.lines) and base.reports is not None and base.reports.count > 1,
        now=base.line[0],
        binding=base.binding,
        assumed=base.share_grade_a,
        wide=_widest(base),
    )
    blocks: tuple[Block, ...] = (block, _fan(who, found, scene), _reasons(who, base.reasons, scene))
    return Reply(blocks=blocks)


def line_words(who: Conversation, base: Forecast, scene: Scene) -> str:
    """The whole result in one sentence: middle and range in half a year and a year, and how likely nothing moves."""
    half, year = base.line[MONTHS // 2], base.line[MONTHS]
    return scene.say(who, "estimate.line", half=half, year=year, unchanged=base.no_change_probability)


def _band(who: Conversation, scene: Scene) -> str:
    """The line as it was told, where it was told as a range; empty where it was told exactly."""
    answer = who.answers.get("current_line")
    if answer is None or answer.low is None or answer.high is None or answer.low == answer.high:
        return ""
    return value_words(who, scene.library.questions["current_line"], answer, scene)


def _still(who: Conversation, base: Forecast, scene: Scene) -> str:
    """How long the line has stood still, as it was told, where that has reweighed the paths; else empty."""
    if base.reports is None or base.reports.count < 2:
        return ""
    question = scene.library.questions["months_since_change"]
    return value_words(who, question, who.answers.get(question.id), scene)


def _widest(base: Forecast) -> str:
    shares = {name: share for name, share in base.variance_shares.items() if name != "interaction"}
    return max(shares, key=lambda name: shares[name], default="")


def _fan(who: Conversation, found: Estimate, scene: Scene) -> Fan:
    shown = (0, 3, 6, 9, 12)
    planned = found.planned
    return Fan(
        title=scene.say(who, "estimate.chart"),
        months=shown,
        without=tuple(_ends(found.base.line[m]) for m in shown),
        with_plan=tuple(_ends(planned[m]) for m in shown) if planned else (),
        without_label=scene.say(who, "estimate.without"),
        with_label=scene.say(who, "estimate.with_plan"),
        month_label=scene.say(who, "estimate.month"),
    )


def _ends(values: Range) -> tuple[float, float, float]:
    return (values.p10, values.p50, values.p90)


def _reasons(who: Conversation, reasons: tuple[Reason, ...], scene: Scene) -> Block:
    if not reasons:
        return scene.text(who, "estimate.no_reasons")
    strongest = sorted(reasons, key=lambda reason: -abs(reason.yuan))[:MOST_REASONS]
    rows = tuple(
        (
            scene.say(who, f"reason.{reason.code}"),
            scene.say(who, "estimate.signed", yuan=reason.yuan),
            scene.say(who, "estimate.actionable" if reason.actionable else "estimate.settled"),
            scene.say(who, f"evidence.{reason.grade}"),
        )
        for reason in strongest
    )
    header = tuple(scene.say(who, f"estimate.{name}") for name in ("reason", "yuan", "change", "evidence"))
    return Table(title=scene.say(who, "estimate.reasons"), header=header, rows=rows, right=(1,))


def plan_reply(who: Conversation, found: Estimate, scene: Scene) -> Reply:
    """The nearest case, the plan month by month, what not to do, and the ways on."""
    plan = found.plan
    block = scene.text(
        who,
        "plan.headline",
        **case_words(who, found.match, found.facts, scene),
        target=plan.target,
        reached=_reached(plan, found.base, known=found.facts.known("current_line")),
        feasible=plan.feasible,
        best=plan.best_reachable,
        probability=plan.probability,
        interval=plan.probability_interval,
        steps=len(plan.plan),
    )
    avoid = [said(who, scene, entry.title) for entry in _idle(plan, scene)][:MOST_AVOIDED]
    after = scene.text(who, "plan.after", avoid=avoid, facts=source_lines(who, ALWAYS_CITED, scene))
    table = (_steps(who, plan.plan, scene),) if plan.plan else ()
    return Reply(blocks=(block, *table, after), buttons=_ways_on(who, found, scene))


def _reached(plan: Plan, base: Forecast, *, known: bool) -> bool:
    """Whether the line that was told is no lower than the target already."""
    return known and plan.target is not None and base.line[0].p50 >= plan.target


def _idle(plan: Plan, scene: Scene) -> tuple[ActionEntry, ...]:
    """Actions that would move nothing for this person; never those that lighten a debt, which are good anyhow."""
    left = [scene.library.actions[avoided.action] for avoided in plan.avoid if avoided.why == "does_not_move"]
    return tuple(entry for entry in left if not entry.action.reduces_debt)


def _steps(who: Conversation, steps: tuple[PlanStep, ...], scene: Scene) -> Table:
    rows = tuple(
        (
            scene.say(who, "plan.month", month=step.start_month),
            said(who, scene, scene.library.actions[step.action].title),
            said(who, scene, scene.library.actions[step.action].summary),
            scene.say(who, "plan.effort", hours=step.effort_hours, money=step.money),
        )
        for step in sorted(steps, key=lambda step: step.start_month)
    )
    header = tuple(scene.say(who, f"plan.{name}") for name in ("when", "what", "moves", "cost"))
    return Table(title=scene.say(who, "plan.title"), header=header, rows=rows)


def _ways_on(who: Conversation, found: Estimate, scene: Scene) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = [
        (scene.button(who, "estimate.details", "details:"), scene.button(who, "review.open", "review:"))
    ]
    if found.base.variance_shares and not who.more:
        rows.append((scene.button(who, "estimate.more", "more:"),))
    if who.goal != "plan":
        rows.append((scene.button(who, "menu.plan", "goal:plan"),))
    rows.append((scene.button(who, "menu.back", "menu:"),))
    return tuple(rows)


def debt_reply(who: Conversation, found: Estimate, scene: Scene) -> Reply:
    """For heavy debts: what is wrong in plain words, then income, budget, priority debts, others; never a raise."""
    block = scene.text(who, "debt.headline", gate=found.plan.gate, **case_words(who, found.match, found.facts, scene))
    after = scene.text(who, "debt.after", facts=source_lines(who, ("AD-04", "AD-05", "AD-06", "LI-08"), scene))
    table = (_steps(who, found.plan.plan, scene),) if found.plan.plan else ()
    buttons = (
        (scene.button(who, "menu.afford", "goal:afford"), scene.button(who, "menu.cost", "goal:cost")),
        (scene.button(who, "review.open", "review:"), scene.button(who, "menu.back", "menu:")),
    )
    return Reply(blocks=(block, *table, after), buttons=buttons)


def sources_reply(who: Conversation, base: Forecast, scene: Scene) -> Reply:
    """All details: every reason, every rule that moved a number, and where each came from."""
    rows = tuple(
        (
            scene.say(who, f"reason.{r.code}"),
            scene.say(who, "estimate.signed", yuan=r.yuan),
            f"{round(r.points):+d}",
            r.grade,
        )
        for r in base.reasons
    )
    header = tuple(scene.say(who, f"estimate.{name}") for name in ("reason", "yuan", "points", "evidence"))
    trace = tuple(
        (
            scene.say(who, f"parameter.{step.parameter}"),
            f"{step.value:.4g}",
            f"{round(step.effect_yuan):+,d}",
            f"{step.grade} {step.date}",
        )
        for step in base.trace
    )
    trace_header = tuple(scene.say(who, f"estimate.{name}") for name in ("parameter", "value", "yuan", "evidence"))
    shares = sorted(base.variance_shares.items(), key=lambda pair: -pair[1])
    preset = scene.say(who, f"preset.{base.preset}")
    words = scene.text(who, "estimate.details_text", shares=shares, seed=base.seed, preset=preset)
    blocks = (
        words,
        Table(header=header, rows=rows, right=(1, 2)),
        Table(header=trace_header, rows=trace, right=(1, 2)),
    )
    return Reply(blocks=blocks, buttons=((scene.button(who, "estimate.return", "result:"),),))
