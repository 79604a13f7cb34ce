"""What is said after a reminder was answered: thanks, what was foretold beside what came true, and what lies ahead."""

from __future__ import annotations

from bot.dialogue.cards import CARD, value_words
from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import base_forecast
from bot.dialogue.estimate_words import line_words
from bot.dialogue.followed import Foretold, Outcome
from bot.dialogue.foretelling import assessed, burdened
from bot.dialogue.messages import Block, Button, Fan, Picture, Reply
from bot.dialogue.scene import Scene
from bot.dialogue.sharing import is_to_be_asked


def tell_outcome(who: Conversation, scene: Scene) -> tuple[Reply, ...]:
    """Thanks for the line that was told, what was foretold beside it, and the forecast from here, with its chart.

    Whose debts are heavy is told no range.
    """
    heavy = burdened(who, scene)
    outcome = None if heavy else _latest(who)
    line = value_words(who, scene.library.questions["current_line"], who.answers.get("current_line"), scene)
    blocks: list[Block] = [scene.text(who, "outcome.thanks", line=line, heavy=heavy)]
    if outcome is not None:
        blocks.append(_compared(who, outcome, scene))
    if not heavy:
        asked = assessed(who)
        ahead = line_words(who, base_forecast(asked, scene), scene)
        blocks.append(scene.text(who, "outcome.ahead", ahead=ahead))
    if outcome is not None and is_to_be_asked(who):
        blocks.append(scene.text(who, "share.offer"))
    charts = () if outcome is None else (_charted(who, scene),)
    return (Reply(blocks=tuple(blocks), buttons=_ways_on(who, scene, heavy=heavy), slot=CARD), *charts)


def _latest(who: Conversation) -> Outcome | None:
    """The outcome that the line told last has become, if it is one."""
    told, outcomes = who.answers.get("current_line"), who.following.outcomes
    return outcomes[-1] if told is not None and outcomes and outcomes[-1].at == told.at else None


def _compared(who: Conversation, outcome: Outcome, scene: Scene) -> Block:
    low, middle, high = who.following.ranges()[outcome.month]
    each = who.following.outcomes
    return scene.text(
        who,
        "outcome.compared",
        month=outcome.month,
        low=low,
        middle=middle,
        high=high,
        line=outcome.line,
        inside=outcome.inside,
        above=outcome.line > high,
        told=len(each),
        held=sum(one.inside for one in each),
    )


def _charted(who: Conversation, scene: Scene) -> Reply:
    """The forecast as it was told, with the lines that came true as points."""
    foretold = who.following.foretold
    ranges = who.following.ranges()
    points = tuple((float(one.month), one.line) for one in who.following.outcomes if _of(one, foretold))
    first = foretold.at if foretold is not None else scene.now
    chart = Fan(
        title=scene.say(who, "outcome.chart", at=f"{first:%Y-%m-%d}"),
        months=tuple(range(len(ranges))),
        without=tuple((float(low), float(middle), float(high)) for low, middle, high in ranges),
        without_label=scene.say(who, "outcome.foretold"),
        month_label=scene.say(who, "estimate.month"),
        reported=points,
        reported_label=scene.say(who, "outcome.reported"),
    )
    caption = scene.say(who, "outcome.caption", points=points)
    return Reply(blocks=(Picture(of=chart, caption=caption, language=who.language, dark=who.dark),))


def _of(outcome: Outcome, foretold: Foretold | None) -> bool:
    """Whether an outcome belongs to this forecast and not to one before it."""
    return foretold is not None and outcome.at > foretold.at


def _ways_on(who: Conversation, scene: Scene, *, heavy: bool) -> tuple[tuple[Button, ...], ...]:
    ticks = scene.button(who, "follow.ticks", "ticks:")
    result = scene.button(who, "guard.debt_path" if heavy else "outcome.result", "goal:assess")
    rows: list[tuple[Button, ...]] = [(ticks, result)]
    if not heavy and is_to_be_asked(who):
        rows.append((scene.button(who, "share.open", "share:"),))
    if who.following.before is not None:
        rows.append((scene.button(who, "outcome.return", "return:"),))
    return (*rows, (scene.button(who, "follow.remind", "remind:"), scene.button(who, "menu.back", "menu:")))
