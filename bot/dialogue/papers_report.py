"""The report of an estimate or of a debt plan: the same figures as on the screens, in the order of a page."""

from __future__ import annotations

from collections.abc import Iterable

from bot.dialogue.cards import said, value_words
from bot.dialogue.case_words import case_words
from bot.dialogue.conversation import Conversation
from bot.dialogue.debt_screen import CITED
from bot.dialogue.estimate import MONTHS, Estimate
from bot.dialogue.estimate_screen import target_words
from bot.dialogue.estimate_sources import ALWAYS_CITED
from bot.dialogue.estimate_words import (
    fan,
    idle,
    line_words,
    now_words,
    reasons_table,
    shows_in,
    waterfall,
    widest,
)
from bot.dialogue.interview import answered_path, kind_of
from bot.dialogue.papers_parts import Cited, Figure, Headline, Pairs, Part, Report, Sources, Stage, Stages, Words
from bot.dialogue.scene import Scene
from bot.dialogue.sources import source_lines
from simulator.burden import SERVICE_LINE, burden
from simulator.results import PlanStep, Range

MOST_AVOIDED = 3
_PAGE, _PAGES = "{page}", "{pages}"


def estimate_report(who: Conversation, found: Estimate, scene: Scene) -> Report:
    """The report of an estimate; where the debts are too heavy, the report of the debt plan and nothing of a raise."""
    parts = _debt_parts(who, found, scene) if found.gated else _estimate_parts(who, found, scene)
    return framed(who, parts, scene)


def framed(who: Conversation, parts: Iterable[Part], scene: Scene) -> Report:
    """Parts between a report's title and its end."""
    day = scene.now.date()
    return Report(
        title=scene.say(who, "document.report.title"),
        about=scene.say(who, "document.report.about", kind=kind_of(who), day=day),
        parts=tuple(parts),
        disclaimer=scene.say(who, "document.report.disclaimer"),
        footer=scene.say(who, "document.report.footer", day=day, page=_PAGE, pages=_PAGES),
    )


def _estimate_parts(who: Conversation, found: Estimate, scene: Scene) -> list[Part]:
    base = found.base
    fall = waterfall(who, base, scene)
    because = scene.say(
        who,
        "document.report.because",
        held=scene.say(who, "estimate.held", binding=base.binding),
        wide=scene.say(who, "estimate.width", wide=widest(base)),
    )
    facts = [fact for step in found.plan.plan for fact in scene.library.actions[step.action].facts]
    return [
        _headline(who, found, scene),
        fan(who, found, scene),
        *(() if fall is None else (fall, reasons_table(who, base.reasons, scene))),
        Words(markup=because),
        _stages(who, found, scene),
        Words(markup=_avoid(who, found, scene), tone="care"),
        *_case(who, found, scene),
        Words(markup=_burden(who, found, scene)),
        answers(who, scene),
        _limits(who, found, scene),
        sources(who, [*ALWAYS_CITED, *facts], scene),
    ]


def _debt_parts(who: Conversation, found: Estimate, scene: Scene) -> list[Part]:
    facts = [fact for step in found.plan.plan for fact in scene.library.actions[step.action].facts]
    return [
        Words(markup=scene.say(who, "document.report.debt_text", gate=found.plan.gate)),
        _stages(who, found, scene),
        Words(markup=scene.say(who, "debt.whom_text", facts=()), tone="care"),
        Words(markup=_burden(who, found, scene)),
        *_case(who, found, scene),
        answers(who, scene),
        _limits(who, found, scene),
        sources(who, [*CITED, *facts], scene),
    ]


def _headline(who: Conversation, found: Estimate, scene: Scene) -> Headline:
    base, known = found.base, found.facts.known("current_line")
    figures = [
        Figure(
            label=scene.say(who, "document.report.ahead", month=month),
            big=scene.say(who, "document.report.about_yuan", yuan=base.line[month].p50),
            small=_span(who, base.line[month], scene) if month or not known else "",
        )
        for month in (0, MONTHS // 2, MONTHS)
    ]
    if found.planned:
        planned = found.planned[MONTHS]
        figures.append(
            Figure(
                label=scene.say(who, "document.report.planned", month=MONTHS),
                big=scene.say(who, "document.report.about_yuan", yuan=planned.p50),
                small=_span(who, planned, scene),
            )
        )
    now = now_words(who, base, scene, known=known)
    told = (line_words(who, base, scene), target_words(who, found, scene), now)
    return Headline(figures=tuple(figures), markup="\n\n".join(words for words in told if words))


def _span(who: Conversation, ahead: Range, scene: Scene) -> str:
    return scene.say(who, "document.report.span", low=ahead.p10, high=ahead.p90)


def _stages(who: Conversation, found: Estimate, scene: Scene) -> Stages:
    steps = sorted(found.plan.plan, key=lambda step: step.start_month)
    return Stages(
        title=scene.say(who, "document.report.plan"),
        markup=scene.say(who, "document.report.plan_text", steps=len(steps), gated=found.gated),
        stages=tuple(_stage(who, step, scene, lines=not found.gated) for step in steps),
    )


def _stage(who: Conversation, step: PlanStep, scene: Scene, *, lines: bool) -> Stage:
    entry = scene.library.actions[step.action]
    return Stage(
        when=scene.say(who, "plan.month", month=step.start_month),
        what=said(who, scene, entry.title),
        why=said(who, scene, entry.summary),
        effort=scene.say(who, "plan.effort", hours=step.effort_hours, money=step.money),
        shows=scene.say(who, "plan.shows", month=shows_in(entry, step)) if lines else "",
    )


def _avoid(who: Conversation, found: Estimate, scene: Scene) -> str:
    avoid = [said(who, scene, entry.title) for entry in idle(found.plan, scene)][:MOST_AVOIDED]
    return scene.say(who, "layer.avoid", avoid=avoid, facts=())


def _case(who: Conversation, found: Estimate, scene: Scene) -> tuple[Words, ...]:
    if found.match is None:
        return ()
    told = case_words(who, found.match, found.facts, scene)
    return (Words(markup=scene.say(who, "layer.case", **told), tone="example"),)


def _burden(who: Conversation, found: Estimate, scene: Scene) -> str:
    weight = burden(found.facts)
    return scene.say(
        who,
        "document.report.burden_text",
        ratio=weight.service_ratio,
        whole=weight.service_ratio_with_line,
        left=weight.bad_month_left,
        reserve=weight.reserve_months,
        share=SERVICE_LINE,
    )


def answers(who: Conversation, scene: Scene) -> Pairs:
    """What was told on the present path, skipped questions included."""
    told = tuple(
        (said(who, scene, question.label), value_words(who, question, answer, scene))
        for question, answer in answered_path(who, scene.library)
    )
    return Pairs(title=scene.say(who, "document.report.answers"), rows=told)


def _limits(who: Conversation, found: Estimate, scene: Scene) -> Words:
    base = found.base
    text = scene.say(
        who,
        "document.report.limits_text",
        gated=found.gated,
        assumed=base.share_grade_a,
        preset=scene.say(who, f"preset.{base.preset}"),
        seed=base.seed,
    )
    return Words(markup=f"## {scene.say(who, 'document.report.limits')}\n\n{text}")


def sources(who: Conversation, facts: Iterable[str], scene: Scene) -> Sources:
    """The cited facts that may be stated today, each once."""
    undated = scene.say(who, "document.report.undated")
    cited = tuple(
        Cited(
            statement=one.statement, title=one.title, published=one.published or undated, grade=one.grade, note=one.note
        )
        for one in source_lines(who, facts, scene)
    )
    return Sources(title=scene.say(who, "document.report.sources"), cited=cited)
