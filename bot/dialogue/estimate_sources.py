"""All details of an estimate: every reason, every rule that moved a number, and where each came from."""

from __future__ import annotations

from bot.dialogue.cards import CARD
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Reply, Table, Text
from bot.dialogue.scene import Scene
from bot.dialogue.sources import source_lines
from simulator.correcting import correction_of
from simulator.results import Forecast

ALWAYS_CITED = ("BR-02", "JB-11")
"""Who decides the line and what restoration means: they belong under every estimate."""


def sources_reply(who: Conversation, base: Forecast, scene: Scene) -> Reply:
    """Reasons in points, parameters with their grades and dates, the facts cited, and where the width comes from."""
    shares = sorted(base.variance_shares.items(), key=lambda pair: -pair[1])
    preset = scene.say(who, f"preset.{base.preset}")
    facts = source_lines(who, ALWAYS_CITED, scene)
    words = scene.text(who, "estimate.details_text", shares=shares, preset=preset, facts=facts)
    back = (scene.button(who, "estimate.return", "result:"),)
    learned = _correction(who, base, scene)
    blocks = (
        words,
        *learned,
        *(table for table in (_reasons(who, base, scene), _trace(who, base, scene)) if table.rows),
    )
    return Reply(blocks=blocks, buttons=(back,), slot=CARD)


def _correction(who: Conversation, base: Forecast, scene: Scene) -> tuple[Text, ...]:
    """That outcomes have moved the ranges, how far and since when, where the product's pack states so."""
    stated = scene.packs[base.product].corrections
    if not stated:
        return ()
    since = max(one.date for one in stated.values())
    return (scene.text(who, "estimate.corrected", since=since, **correction_of(stated)._asdict()),)


def _reasons(who: Conversation, base: Forecast, scene: Scene) -> Table:
    rows = tuple(
        (
            scene.say(who, f"reason.{reason.code}"),
            scene.say(who, "estimate.signed", yuan=reason.yuan),
            f"{round(reason.points):+d}",
            scene.say(who, f"evidence.{reason.grade}"),
        )
        for reason in base.reasons
    )
    header = tuple(scene.say(who, f"estimate.{name}") for name in ("reason", "yuan", "points", "evidence"))
    return Table(header=header, rows=rows, right=(1, 2))


def _trace(who: Conversation, base: Forecast, scene: Scene) -> Table:
    rows = tuple(
        (
            scene.say(who, f"parameter.{step.parameter}"),
            f"{step.value:.4g}",
            f"{round(step.effect_yuan):+,d}",
            f"{scene.say(who, f'evidence.{step.grade}')} {step.date}",
        )
        for step in base.trace
    )
    header = tuple(scene.say(who, f"estimate.{name}") for name in ("parameter", "value", "yuan", "evidence"))
    return Table(header=header, rows=rows, right=(1, 2))
