"""No number of unknown origin in any layer: each comes from the person, the simulator, a constant or a cited fact."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from bot.dialogue.budgeting import Budget, budget_of
from bot.dialogue.conversation import Conversation, Language
from bot.dialogue.estimate import MONTHS, Estimate, chance_of, estimate, standing, steps_of
from bot.dialogue.estimate_layers import LAYERS
from bot.dialogue.estimate_words import shows_in
from bot.dialogue.messages import Arrival, Reply
from bot.dialogue.reaching import CHECKED
from bot.dialogue.screens import screen
from bot.dialogue.turn import take_turn
from knowledge.figures import number, percent
from simulator.budgeting import dearest_first, months_to_clear, shares
from simulator.burden import SERVICE_LINE, Span, burden
from simulator.following import paths_after
from simulator.forecasting import lines_in_yuan
from simulator.movement import run
from simulator.vocabulary import Facts
from tests.dialogue.cast import CAST, TARGET
from tests.dialogue.ledger import Speller, allowed, tokens, without_sources
from tests.dialogue.test_lowering import DEBTS
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

TOLD_OF = ("clerk", "kiosk", "silent")


def _tokens(who: Conversation, replies: tuple[Reply, ...]) -> set[str]:
    words = "\n".join(piece for reply in replies for piece in words_of(reply))
    return tokens(without_sources(words, who, scene_now()))


def _spelled(pieces: Iterator[str]) -> set[str]:
    return {token for piece in pieces for token in tokens(piece)}


def _layered(say: Speller, found: Estimate) -> Iterator[str]:
    """What layers say beyond the first screen: months that show, sums of effort, burdens, chances of lines."""
    for step in found.plan.plan:
        yield str(shows_in(say.scene.library.actions[step.action], step))
    yield number(sum(step.effort_hours for step in found.plan.plan), 1)
    yield from say.money(sum(step.money for step in found.plan.plan))
    weight = burden(found.facts)
    spans = (weight.service_ratio, weight.service_ratio_with_line)
    yield from (percent(share, 0) for share in (SERVICE_LINE, *_ends(*spans)))
    for yuan in _ends(weight.bad_month_left):
        yield from (*say.money(yuan), *say.money(-yuan))
    yield from () if weight.reserve_months is None else (number(weight.reserve_months, 1),)
    yield from _chances(say, found)


def _chances(say: Speller, found: Estimate) -> Iterator[str]:
    target, line = found.plan.target, found.base.line[0].p50
    if target is None:
        return
    frontier = found.plan.frontier
    tapes = paths_after(*standing(say.who, say.scene), chance_of(say.who))
    rungs = (*(line + part * (target - line) for part in (1 / 3, 2 / 3)), target)
    yield from map(str, CHECKED)
    for steps in (found.plan.plan, frontier.fastest, frontier.least_effort, frontier.safest):
        lines = lines_in_yuan(tapes, run(tapes, steps_of(steps or (), say.scene)))
        yield from (str(len(steps or ())), number(sum(step.effort_hours for step in steps or ()), 1))
        for rung in rungs:
            spelled = say.money(rung)
            yield from spelled
            rounded = target if rung == target else float(f"{rung:.2g}")
            yield from (percent(float(np.mean(lines[month] >= rounded)), 0) for month in CHECKED)


def _budgeted(say: Speller, found: Budget) -> Iterator[str]:
    month, owed = found
    assert month is not None
    amounts = [month.means, month.living, month.priority, month.free, *_ends(month.others, month.left, month.bad_left)]
    ranked = dearest_first(owed)
    amounts += [one.balance for one in ranked] + [one.payment for one in ranked] + [*shares(month.free, ranked)]
    amounts.append(sum(one.payment for one in owed))
    for yuan in amounts:
        yield from (*say.money(yuan), *say.money(-yuan))
    yield from (percent(one.rate, 1) for one in ranked if one.rate is not None)
    yield from (str(one.place) for one in ranked)
    yield str(months_to_clear(owed, sum(one.payment for one in owed)))


def _ends(*spans: Span | None) -> tuple[float, ...]:
    return tuple(end for span in spans if span is not None for end in (span.low, span.high))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", TOLD_OF)
def test_every_number_of_a_layer_has_an_origin(name: str, language: Language) -> None:
    """Layers say nothing but what the result, the burden and the same paths say."""
    who = next(person for person in CAST if person.name == name).asking("plan", language, target=TARGET)
    known = allowed(who, scene_now()) | _spelled(_layered(Speller(who, scene_now()), estimate(who, scene_now())))
    for layer in LAYERS:
        turn = take_turn(who, Arrival(key="k", at=NOW, action=f"layer:{layer}"), scene_now())
        assert _tokens(who, turn.replies) - known == set(), layer


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_number_of_a_budget_has_an_origin(language: Language) -> None:
    """The budget says what was told and what follows from it, and nothing else."""
    person = next(one for one in CAST if one.name == "five_lenders")
    who = person.asking("budget", language, **DEBTS)
    known = allowed(who.but(goal="assess"), scene_now())
    known |= _spelled(_budgeted(Speller(who, scene_now()), budget_of(who, scene_now())))
    assert _tokens(who, screen(who, scene_now())) - known == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_number_of_lowering_has_an_origin(language: Language) -> None:
    """Shares of the line in use, the forecast beside it, and the hours of the steps are all there is."""
    who = CAST[0].asking("lower", language, lower_to=5000.0)
    whole = who.but(goal="assess")
    say, shelf = Speller(who, scene_now()), scene_now().library.actions
    known = allowed(whole, scene_now()) | {percent(2719.0 / line, 0) for line in (31417.0, 5000.0)}
    now = standing(whole, scene_now())
    lowered = now.facts.with_value("current_line", 5000.0)
    assert isinstance(lowered, Facts)
    tapes = paths_after(lowered, now.pack, None, chance_of(who))
    ends = np.sort(lines_in_yuan(tapes, run(tapes, ()))[MONTHS])
    amounts = (5000.0, *(float(ends[int(share * (len(ends) - 1))]) for share in (0.1, 0.5, 0.9)))
    known |= _spelled(piece for yuan in amounts for piece in say.money(yuan))
    for name in ("lower_line_yourself", "fewer_draws", "keep_reserve"):
        effort = shelf[name].action
        known |= {number(round(effort.effort_hours + MONTHS * effort.effort_hours_monthly, 2), 1), "1", "2"}
    assert _tokens(who, screen(who, scene_now())) - known == set()
