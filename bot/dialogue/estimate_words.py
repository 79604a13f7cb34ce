"""Words and figures that the screens of a result share: the one line, the reasons, the charts, the steps of a plan."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.cards import said, value_words
from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import MONTHS, Estimate
from bot.dialogue.messages import Button, Fan, Table, Waterfall
from bot.dialogue.scene import Scene
from knowledge.entries import ActionEntry
from simulator.results import Forecast, Plan, PlanStep, Range, Reason

MOST_REASONS = 3
MOST_BARS = 7
"""Reasons on the first screen, and steps of the chart that shows them all."""

ONLY_FOR_A_LINE = frozenset({
    "profile_completeness",
    "verified_income_share",
    "verified_turnover_share",
    "services_used",
    "third_party_rating",
    "payment_flow",
})
"""Facts whose change is good for a line and for nothing else; doing more about another one is never idle."""


def line_words(who: Conversation, base: Forecast, scene: Scene) -> str:
    """The whole result in one sentence: middle and range in half a year and a year, and how likely nothing moves."""
    half, year = base.line[MONTHS // 2], base.line[MONTHS]
    return scene.say(who, "estimate.line", half=half, year=year, unchanged=base.no_change_probability)


def now_words(who: Conversation, base: Forecast, scene: Scene, *, known: bool) -> str:
    """The line as it is today, as it was told or as it can only be guessed, and what else was counted in."""
    return scene.say(
        who,
        "estimate.now",
        known=known,
        band=_band(who, scene),
        still=_still(who, base, scene),
        followed=bool(who.lines) and base.reports is not None and base.reports.count > 1,
        now=base.line[0],
    )


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


def widest(base: Forecast) -> str:
    """What makes the range as wide as it is, most of all; empty where nothing does."""
    shares = {name: share for name, share in base.variance_shares.items() if name != "interaction"}
    return max(shares, key=lambda name: shares[name], default="")


def strongest(reasons: Sequence[Reason], most: int) -> list[Reason]:
    """The reasons that move most yuan, the first of them first."""
    return sorted(reasons, key=lambda reason: -abs(reason.yuan))[:most]


def reason_lines(who: Conversation, base: Forecast, scene: Scene) -> list[dict[str, object]]:
    """The strongest reasons for the first screen: what, how many yuan, and on what evidence."""
    return [
        {
            "name": scene.say(who, f"reason.{reason.code}"),
            "yuan": reason.yuan,
            "evidence": scene.say(who, f"evidence.{reason.grade}"),
        }
        for reason in strongest(base.reasons, MOST_REASONS)
    ]


def reasons_table(who: Conversation, reasons: Sequence[Reason], scene: Scene) -> Table:
    """Every reason with its yuan, whether it can be changed, and its evidence; the strongest first."""
    rows = tuple(
        (
            scene.say(who, f"reason.{reason.code}"),
            scene.say(who, "estimate.signed", yuan=reason.yuan),
            scene.say(who, "estimate.actionable" if reason.actionable else "estimate.settled"),
            scene.say(who, f"evidence.{reason.grade}"),
        )
        for reason in strongest(reasons, len(reasons))
    )
    header = tuple(scene.say(who, f"estimate.{name}") for name in ("reason", "yuan", "change", "evidence"))
    return Table(title=scene.say(who, "estimate.reasons"), header=header, rows=rows, right=(1,))


def waterfall(who: Conversation, base: Forecast, scene: Scene) -> Waterfall | None:
    """From what an ordinary client with the same line tends to, over the reasons, to what this one tends to.

    What the chart has no room for stands together as the last step. None without reasons.
    """
    if not base.reasons or base.central_target is None:
        return None
    shown = strongest(base.reasons, MOST_BARS)
    rest = sum(reason.yuan for reason in base.reasons if reason not in shown)
    steps = tuple((scene.say(who, f"reason.{reason.code}"), reason.yuan) for reason in shown)
    others = ((scene.say(who, "estimate.others"), rest),) if len(shown) < len(base.reasons) else ()
    start = base.central_target - sum(reason.yuan for reason in base.reasons)
    return Waterfall(
        title=scene.say(who, "estimate.waterfall"),
        start=(scene.say(who, "estimate.ordinary"), start),
        steps=(*steps, *others),
        end=(scene.say(who, "estimate.yours"), base.central_target),
    )


def fan(who: Conversation, found: Estimate, scene: Scene) -> Fan:
    """The chart of the months ahead, without the plan and with it; the target where one was asked for."""
    planned, target = found.planned, found.plan.target
    return Fan(
        title=scene.say(who, "estimate.chart"),
        months=tuple(range(MONTHS + 1)),
        without=tuple(_ends(one) for one in found.base.line[: MONTHS + 1]),
        with_plan=tuple(_ends(one) for one in planned[: MONTHS + 1]),
        without_label=scene.say(who, "estimate.without"),
        with_label=scene.say(who, "estimate.with_plan") if planned else "",
        month_label=scene.say(who, "estimate.month"),
        target=target,
        target_label=scene.say(who, "estimate.target") if target is not None else "",
    )


def _ends(values: Range) -> tuple[float, float, float]:
    return (values.p10, values.p50, values.p90)


def reached(plan: Plan, base: Forecast, *, known: bool) -> bool:
    """Whether the line that was told is no lower than the target already."""
    return known and plan.target is not None and base.line[0].p50 >= plan.target


def idle(plan: Plan, scene: Scene) -> tuple[ActionEntry, ...]:
    """Actions that would move nothing for this person; never those that are good anyhow, such as borrowing less."""
    left = [scene.library.actions[avoided.action] for avoided in plan.avoid if avoided.why == "does_not_move"]
    return tuple(entry for entry in left if {effect.fact for effect in entry.action.effects} <= ONLY_FOR_A_LINE)


def steps_table(
    who: Conversation, steps: Sequence[PlanStep], scene: Scene, *, lines: bool = True, later: str = ""
) -> Table:
    """The steps of a plan by month: what to do, why, what it costs, and with ``lines`` when a line may show it.

    ``later`` is said in the place of a month to come where nobody can know which one it will be.
    """
    rows = tuple(
        (
            said(who, scene, entry.title),
            later if later and step.start_month else scene.say(who, "plan.month", month=step.start_month),
            said(who, scene, entry.summary),
            *((scene.say(who, "plan.shows", month=shows_in(entry, step)),) if lines else ()),
            scene.say(who, "plan.effort", hours=step.effort_hours, money=step.money),
        )
        for step in sorted(steps, key=lambda step: step.start_month)
        for entry in (scene.library.actions[step.action],)
    )
    names = ("what", "when", "moves", *(("seen",) if lines else ()), "cost")
    header = tuple(scene.say(who, f"plan.{name}") for name in names)
    return Table(title=scene.say(who, "plan.title"), header=header, rows=rows)


def shows_in(entry: ActionEntry, step: PlanStep) -> int:
    """The month by which the slowest of a step's effects is there in full, or nearly so; it is seen at a review."""
    last = max((effect.delay_months + max(effect.over_months, 1) for effect in entry.action.effects), default=0)
    return step.start_month + entry.action.lead_months + last


def step_button(who: Conversation, action: str, scene: Scene) -> Button:
    """The button that opens how one step is done."""
    title = said(who, scene, scene.library.actions[action].title)
    return scene.button(who, "result.step", f"step:{action}", title=title)
