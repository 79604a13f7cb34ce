"""Lowering or closing a line: what it changes, how it is done, a small plan, and what happens to the estimate."""

from __future__ import annotations

from bot.dialogue.cards import CARD, said
from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import MONTHS, Standing, base_forecast, chance_of, ranges_after, standing
from bot.dialogue.estimate_words import step_button, steps_table
from bot.dialogue.interview import value_of
from bot.dialogue.messages import Button, Reply
from bot.dialogue.scene import Scene
from bot.dialogue.sources import source_lines
from simulator.burden import gate
from simulator.results import PlanStep, Range
from simulator.scheduling import effort_of
from simulator.vocabulary import Facts, Problem

CITED = ("JB-17", "JB-28", "HB-09", "HB-10")
"""That a line can be lowered and closed by its owner, and what closing does and does not change."""

ENTRIES = {"lower": ("limit_self_adjust",), "close": ("close_how", "close_effect_reopen")}
"""Knowledge entries that say more, by what was chosen."""

_LOWER = (("lower_line_yourself", 0), ("fewer_draws", 1), ("keep_reserve", 2))
_CLOSE_OWING = (("stop_new_draws", 0), ("close_line", 3), ("keep_reserve", 4))
_CLOSE_CLEAR = (("close_line", 0), ("keep_reserve", 1))


def tell_lowering(who: Conversation, scene: Scene) -> tuple[Reply, ...]:
    """What lowering or closing means for this person: one screen, with ways to each step and to more about it."""
    whole = who.but(goal="assess")
    now = standing(whole, scene)
    keep = _kept(who)
    heavy = bool(gate(now.facts))
    line, used = now.facts.number("current_line"), now.facts.number("used_balance")
    block = scene.text(
        who,
        "lower.screen",
        keep=keep,
        line=line,
        used=used,
        before=None if not line or used is None else used / line,
        after=None if not keep or used is None else used / keep,
        stays=None if heavy or not line else base_forecast(whole, scene).line[MONTHS],
        again=None if heavy or not line else _from_there(who, now, scene),
        heavy=heavy,
    )
    sources = scene.text(who, "folded.sources", facts=source_lines(who, CITED, scene))
    steps = _steps(keep, used, now, scene)
    later = scene.say(who, "lower.once_repaid") if keep == 0 and used != 0 else ""
    table = steps_table(who, steps, scene, lines=False, later=later)
    return (Reply(blocks=(block, table, sources), buttons=_ways(who, steps, scene), slot=CARD),)


def _ways(who: Conversation, steps: tuple[PlanStep, ...], scene: Scene) -> tuple[tuple[Button, ...], ...]:
    """To each step in full, to the entries that say more, to another amount and to the menu."""
    return (
        *((step_button(who, step.action, scene),) for step in steps),
        *((_entry_button(who, name, scene),) for name in ENTRIES["close" if _kept(who) == 0 else "lower"]),
        (scene.button(who, "lower.other", "edit:lower_to"), scene.button(who, "menu.back", "menu:")),
    )


def _kept(who: Conversation) -> float | None:
    """The line that is to be left (yuan), 0 for closing, None where that was not said."""
    value = value_of(who, "lower_to")
    return float(value) if isinstance(value, int | float) else None


def _from_there(who: Conversation, now: Standing, _scene: Scene) -> Range | None:
    """The range after a year if the platform went on from the lowered line; None for closing or no smaller line."""
    keep, line = _kept(who), now.facts.number("current_line")
    if not keep or line is None or keep >= line:
        return None
    lowered = _lowered(now.facts, keep)
    return None if lowered is None else ranges_after(Standing(lowered, now.pack, None), (), chance_of(who))[MONTHS]


def _lowered(facts: Facts, keep: float) -> Facts | None:
    used = facts.number("used_balance")
    changed = facts.with_value("current_line", keep)
    if isinstance(changed, Problem) or used is None or used <= keep:
        return None if isinstance(changed, Problem) else changed
    less = changed.with_value("used_balance", keep)
    return None if isinstance(less, Problem) else less


def _steps(keep: float | None, used: float | None, now: Standing, scene: Scene) -> tuple[PlanStep, ...]:
    """A small plan: first the deed itself, then what makes it last; to close, what is owed goes first."""
    chosen = _LOWER if keep != 0 else _CLOSE_CLEAR if used == 0 else _CLOSE_OWING
    shelf = scene.library.actions
    own = [(shelf[name].action, month) for name, month in chosen if name in shelf]
    return tuple(
        PlanStep(action.id, month, round(effort_of(action, MONTHS), 2), action.money)
        for action, month in own
        if now.facts.kind in action.kinds
    )


def _entry_button(who: Conversation, name: str, scene: Scene) -> Button:
    return Button(label=said(who, scene, scene.library.articles[name].title), action=f"entry:{name}")
