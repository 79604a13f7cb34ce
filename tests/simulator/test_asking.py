"""Asking: what each answer would do to the range, and the order that follows from it."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.__main__ import main
from simulator.asking import ALWAYS_ASKED, Worth, next_best, worth, worth_of, worth_on
from simulator.interviewing import Study, interview
from simulator.money import PARTS
from simulator.movement import run
from simulator.policy import Pack
from simulator.preparing import Chance, cut_tapes, draw_luck
from simulator.sampling import told_values
from simulator.supposing import Supposing, answers
from simulator.vocabulary import FACTS, Facts, Kind, fact_names
from tests.simulator.borrowers import BORROWERS, CLERK, JIEBEI, PACKS, WANGSHANG, WORKSHOP, borrowers, changed

LINES = tuple((Facts(pack.kind, {"current_line": pack.usual_line}), pack) for pack in PACKS.values())


@given(st.sampled_from(sorted(PACKS)).flatmap(lambda name: st.tuples(st.just(name), borrowers(PACKS[name].kind))))
@settings(max_examples=20, deadline=None)
def test_every_unknown_fact_has_a_worth_and_no_known_one(case: tuple[str, Facts]) -> None:
    """Worths are those of the unknown facts; shares lie between nothing and one, and no answer widens on average."""
    name, facts = case
    worths = worth(facts, PACKS[name], draws=100)
    assert set(worths) == set(fact_names(facts.kind)) - set(facts.values)
    assert all(0.0 <= one.share <= 1.0 for one in worths.values())
    assert all(one.narrower >= 0.0 for one in worths.values())


@pytest.mark.parametrize(("facts", "pack"), BORROWERS)
def test_equal_seeds_give_equal_worths(facts: Facts, pack: Pack) -> None:
    """Facts, pack and seed decide every worth."""
    assert worth(facts, pack, seed=4) == worth(facts, pack, seed=4)
    assert worth(facts, pack, seed=4) != worth(facts, pack, seed=5)


@pytest.mark.parametrize(("facts", "pack"), LINES)
def test_seeds_agree_on_what_matters(facts: Facts, pack: Pack) -> None:
    """The three best facts of many paths are among the seven best of the few that a conversation takes."""
    many = worth(facts, pack, seed=9, draws=4000)
    best = sorted(many, key=lambda name: -many[name].share)
    for seed in range(3):
        few = worth(facts, pack, seed=seed)
        assert set(best[:3]) <= set(sorted(few, key=lambda name: -few[name].share)[:7])
        assert few[best[0]].share == pytest.approx(many[best[0]].share, rel=0.7)


@pytest.mark.parametrize(("facts", "pack"), LINES)
@pytest.mark.parametrize("name", ["monthly_debt_service", "payment_flow", "overdue_now", "third_party_rating"])
def test_supposing_is_what_telling_would_be(facts: Facts, pack: Pack, name: str) -> None:
    """What an answer is supposed to change is what the tapes are once it has been told."""
    if name not in pack.priors:
        assert pack.kind is Kind.PERSON
        return
    luck = draw_luck(pack, Chance(12, 3, "honest", 200))
    tapes = cut_tapes(told_values(facts, pack), pack, luck)
    supposed = Supposing(tapes, luck).told(name)
    assert supposed is not None
    values, chances = answers(tapes.state[name])
    assert supposed.chances.sum() == pytest.approx(1.0)
    assert np.array_equal(chances, supposed.chances)
    for index, value in enumerate(values.tolist()):
        told = cut_tapes({**tapes.told, name: value}, pack, luck)
        for layer, gain in enumerate(supposed.layers):
            after = tapes.layers[layer] + np.broadcast_to(gain[index], tapes.offsets.shape) * PARTS
            assert np.abs(after - told.layers[layer]).max() <= 2
        if supposed.reviews is not None:
            assert np.array_equal(told.raising, (tapes.gate & tapes.cutting) | supposed.reviews[index])


def test_a_multiple_follows_the_fact_it_is_a_multiple_of() -> None:
    """Debts and flows that are believed as multiples of income move with the income that is supposed."""
    luck = draw_luck(JIEBEI, Chance(12, 3, "honest", 200))
    tapes = cut_tapes({"current_line": 20_000.0}, JIEBEI, luck)
    supposed = Supposing(tapes, luck).told("monthly_income")
    assert supposed is not None
    assert supposed.roof is not None
    value = float(answers(tapes.state["monthly_income"])[0][-1])
    told = cut_tapes({"current_line": 20_000.0, "monthly_income": value}, JIEBEI, luck)
    after = tapes.layers[0] + np.broadcast_to(supposed.layers[0][-1], tapes.offsets.shape) * PARTS
    assert np.abs(after - told.layers[0]).max() <= 2
    assert np.allclose(supposed.roof[-1, 0] * PARTS, told.roof, atol=1.0)


@pytest.mark.parametrize(("facts", "pack"), LINES)
def test_a_share_is_the_variance_between_told_forecasts(facts: Facts, pack: Pack) -> None:
    """The share of a flag is the variance between the means of the two forecasts that telling it would give."""
    luck = draw_luck(pack, Chance(12, 3, "honest", 1000))
    told = told_values(facts, pack)
    last = [run(cut_tapes({**told, "overdue_now": flag}, pack, luck))[-1] / PARTS for flag in (0.0, 1.0)]
    tapes = cut_tapes(told, pack, luck)
    late = float(np.mean(np.asarray(tapes.state["overdue_now"])))
    between = late * (1.0 - late) * (last[1].mean() - last[0].mean()) ** 2
    share = between / (run(tapes)[-1] / PARTS).var()
    assert worth_on(facts, pack, luck)["overdue_now"].share == pytest.approx(share, rel=0.02)


def test_a_fact_that_no_rule_reads_is_worth_nothing() -> None:
    """Where nothing in a pack looks at a fact, asking for it only costs time."""
    worths = worth(CLERK, JIEBEI)
    assert worths["sister_credit_balance"].share < 0.001
    assert worths["line_raises_12m"] == Worth(0.0, 0.0)
    assert worths["payment_flow"].share > 0.005


@pytest.mark.parametrize(("facts", "pack"), LINES)
def test_standing_still_is_a_history_and_worth_most(facts: Facts, pack: Pack) -> None:
    """How long nothing moved tells more than any fact but the line, because the time of reviews is least known."""
    worths = worth(facts, pack)
    still = worths["months_since_change"]
    assert still.part > 0.1
    assert all(one.part < still.part for name, one in worths.items() if name != "months_since_change")


@pytest.mark.parametrize(("facts", "pack"), BORROWERS)
@pytest.mark.parametrize("still", [None, 0.0, 9.0])
def test_one_fact_alone_is_worth_what_it_is_worth_among_all(facts: Facts, pack: Pack, still: float | None) -> None:
    """Asked alone or with all others, told before or not, a fact has the same worth, with and without a history."""
    known = facts if still is None else changed(facts, months_since_change=still)
    chance = Chance(12, 5, "honest", 256)
    worths = worth(known, pack, seed=5)
    for name in ("overdue_now", "payment_flow", "third_party_rating", "months_since_change"):
        if name in worths:
            assert worth_of(name, known, pack, chance).share == pytest.approx(worths[name].share, abs=1e-9)
            assert worth_of(name, known, pack, chance).part == pytest.approx(worths[name].part, abs=1e-9)
    told = worth_of("current_line", known, pack, chance)
    assert told == worth_of("current_line", known.without(["current_line"]), pack, chance)


def test_a_history_is_taken_into_account() -> None:
    """Who has stood still for a year has a narrower range before any answer than who has not said."""
    chance = Chance(12, 5, "honest", 512)
    for facts, pack in LINES:
        calm = changed(facts, months_since_change=12.0)
        before, after = (worth_of("overdue_now", one, pack, chance) for one in (facts, calm))
        assert after.width < 0.95 * before.width


def test_without_a_line_no_history_can_be_read() -> None:
    """How long an unknown line has stood still tells nothing yet; nor does a fact that no rule reads."""
    chance = Chance(12, 5, "honest", 128)
    assert worth_of("months_since_change", Facts(Kind.PERSON), JIEBEI, chance).part == 0.0
    assert worth_of("line_raises_12m", CLERK, JIEBEI, chance).part == 0.0


def test_the_line_itself_is_worth_most() -> None:
    """While even the line is unknown, nothing comes near asking for it."""
    for pack in PACKS.values():
        worths = worth(Facts(pack.kind), pack)
        assert worths["current_line"].share > 0.4
        assert worths["current_line"].narrower > 1.0
        assert all(one.share < 0.1 for name, one in worths.items() if name != "current_line")


def test_the_known_score_stands_in_for_what_it_is_made_of() -> None:
    """Once the Sesame score is known, the bills behind it tell less that is new."""
    luck = draw_luck(JIEBEI, Chance(12, 3, "honest", 1000))
    unknown, known = (worth_on(one, JIEBEI, luck) for one in (CLERK, changed(CLERK, sesame_score=650.0)))
    assert known["bills_on_time_share"].share < unknown["bills_on_time_share"].share


def test_without_any_spread_nothing_is_worth_asking() -> None:
    """Where no path ever moves, no answer can narrow the range."""
    still = {
        name: replace(one, value=0.0, low=0.0, high=0.0) if name in {"review_base", "review_rated"} else one
        for name, one in WANGSHANG.presets["article"].items()
    }
    pack = replace(WANGSHANG, presets=MappingProxyType({**WANGSHANG.presets, "still": MappingProxyType(still)}))
    worths = worth(WORKSHOP, pack, preset="still", draws=100)
    assert all(one.share == 0.0 and one.narrower < 1e-9 for one in worths.values())
    assert next_best(worths, dict.fromkeys(worths, 5.0)) is None


def test_the_next_question_gains_most_a_second() -> None:
    """A question of half the share and a third of the effort comes first; unlisted and worthless ones never."""
    worths = {"a": Worth(0.10, 0.1), "b": Worth(0.05, 0.1), "c": Worth(0.9, 0.9), "d": Worth(0.0, 0.0)}
    assert next_best(worths, {"a": 9.0, "b": 3.0, "d": 1.0}) == "b"
    assert next_best(worths, {"a": 5.0, "b": 3.0}) == "a"
    assert next_best(worths, {"d": 1.0}) is None
    assert next_best({}, {"a": 1.0}) is None


def test_what_protects_is_always_asked() -> None:
    """The facts behind the gate are named whatever they do to the range, and each of them is a fact."""
    assert {"overdue_now", "monthly_debt_service", "monthly_income", "lenders_count", "purpose"} <= ALWAYS_ASKED
    assert set(FACTS) >= ALWAYS_ASKED


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_answers_stand_for_all_draws(drawn: list[float]) -> None:
    """A few answers in rising order have the mean of all draws, and where draws are few they are the draws."""
    values, chances = answers(np.array(drawn))
    assert len(values) <= 6
    assert np.all(np.diff(values) > 0)
    assert np.all(chances > 0)
    assert chances.sum() == pytest.approx(1.0)
    assert values @ chances == pytest.approx(np.mean(drawn), rel=1e-9, abs=1e-6)
    if len(set(drawn)) <= 6:
        assert values.tolist() == sorted(set(drawn))


def test_rare_answers_are_not_lost() -> None:
    """The largest twentieth of the draws has an answer of its own."""
    values, chances = answers(np.append(np.linspace(0.0, 1.0, 95), np.full(5, 50.0)))
    assert values[-1] == 50.0
    assert chances[-1] == pytest.approx(0.05)


@pytest.mark.parametrize("ones", [5, 95])
def test_a_flag_keeps_its_two_answers(ones: int) -> None:
    """However rare one answer to a flag is, both stand with their shares."""
    values, chances = answers(np.repeat([0.0, 1.0], [100 - ones, ones]))
    assert values.tolist() == [0.0, 1.0]
    assert chances[-1] == pytest.approx(ones / 100)


@pytest.mark.parametrize(("facts", "pack"), LINES)
def test_worths_come_between_two_messages(facts: Facts, pack: Pack) -> None:
    """All worths of a borrower are there in under fifty milliseconds of one core."""
    took = []
    for _turn in range(8):
        began = time.process_time()
        worth(facts, pack)
        took.append(time.process_time() - began)
    assert min(took) < 0.05


def test_answers_in_value_order_narrow_sooner() -> None:
    """Over whole profiles, three answers in value order leave less spread than three in the author's order."""
    for pack in PACKS.values():
        study = Study(profiles=6, answers=3, seed=2, draws=400)
        found = interview(pack, study)
        assert found.by_value.shape == found.by_author.shape == (4, 2)
        assert np.array_equal(found.by_value[0], found.by_author[0])
        assert found.known[1] < found.by_value[3, 1] < found.by_author[3, 1]
        assert sum(found.asked.values()) == 18


def test_the_author_may_say_his_order() -> None:
    """The order given is the order asked; asking nothing that the line does not follow leaves the range as it is."""
    order = ("months_since_change", "line_raises_12m")
    found = interview(JIEBEI, Study(profiles=2, answers=5, seed=2, order=order, draws=200))
    assert np.array_equal(found.by_author[0], found.by_author[2])
    assert len(found.by_value) == 3


def test_the_study_is_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    """The study prints one table for each product, or one document; a word that is no fact is refused in one line."""
    words = ["asking", "--profiles", "2", "--answers", "2"]
    assert main([*words, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert set(document) == set(PACKS)
    assert len(document["jiebei"]["by_value"]) == 3
    assert main([*words, "--order", "monthly_income,monthly_turnover,purpose"]) == 0
    assert "asked first: " in capsys.readouterr().out
    assert main([*words, "--order", "mood"]) == 2
    assert capsys.readouterr().err.startswith("--order: ")
