"""Candidates hide everybody twice: among the drawn population, and among those whose outcomes they rest on."""

from __future__ import annotations

import random
from collections import defaultdict
from functools import cache
from itertools import islice

import pytest
import yaml

from bot.consultation.anonymising import ALIKE, Band, Card, cards_of
from bot.truth.casing import Candidate, Offer, candidates, code_of, outcome_of
from bot.truth.offering import crowd_for
from bot.truth.writing import UnwordedError, Worded, case_path, is_gathered, situation_of, worded, written
from knowledge.problems import Problem
from knowledge.records import read_case
from knowledge.sheets import Sheet
from simulator.population import population
from simulator.vocabulary import FACTS, Facts, Kind
from tests.journeys.walking import scene_now

STEPS = ("pay_on_time_autopay", "keep_reserve", "keep_statements")
OUTCOMES = ("raised", "unchanged", "cut")
WORDS = Worded("标题", "A title", "一句话", "A lesson")


@cache
def people(seed: int, many: int) -> tuple[Facts, ...]:
    """Whole borrowers of both kinds, other ones than those whom the crowd was drawn from."""
    drawn = islice(population(tuple(scene_now().packs.values()), seed), many)
    return tuple(Facts(Kind(one["kind"]), one["facts"]) for one in drawn)


def offered(seed: int, many: int) -> tuple[Offer, ...]:
    """What random people offer, seeded."""
    chance = random.Random(seed)
    return tuple(
        Offer(f"tg:{number}", tuple(cards_of(facts)), chance.choice(OUTCOMES), frozenset(chance.sample(STEPS, 2)))
        for number, facts in enumerate(people(seed, many))
    )


def test_everybody_hides_among_five_twice() -> None:
    """For 2,000 random people: each candidate's card fits five of the crowd and five of its own, each counted once."""
    offers, crowd = offered(11, 2_000), crowd_for(scene_now().packs)
    found = candidates(offers, crowd)
    assert len(found) > 20
    alike: dict[tuple[Card, str], list[Offer]] = defaultdict(list)
    for offer in offers:
        for card in offer.cards:
            alike[card, offer.outcome].append(offer)
    for one in found:
        those = alike[one.card, one.outcome]
        assert len(those) >= ALIKE
        assert one.card in crowd
        assert all(sum(step in offer.steps for offer in those) >= ALIKE for step in one.steps)
    assert len({one.code for one in found}) == len(found)


def test_whoever_stands_at_a_narrow_card_does_not_fill_up_a_wide_one() -> None:
    """Taken together, candidates rest on at least five people each, nobody counted for two of them."""
    offers, crowd = offered(12, 600), crowd_for(scene_now().packs)
    found = candidates(offers, crowd)
    left = {offer.person: offer for offer in offers}
    for one in sorted(found, key=lambda one: one.card.width):
        mine = [name for name, offer in left.items() if one.card in offer.cards and offer.outcome == one.outcome]
        assert len(mine) >= ALIKE
        left = {name: offer for name, offer in left.items() if name not in mine}


def test_four_are_too_few_and_one_who_leaves_takes_the_candidate_along() -> None:
    """Five alike make a candidate, four make none; the same person five times is one person."""
    crowd = crowd_for(scene_now().packs)
    facts = next(one for one in people(13, 400) if any(card in crowd and card.width < 3 for card in cards_of(one)))
    five = [Offer(f"tg:{n}", tuple(cards_of(facts)), "raised", frozenset(STEPS[:1])) for n in range(5)]
    (found,) = candidates(five, crowd)
    assert found.steps == STEPS[:1]
    assert candidates(five[:4], crowd) == ()
    assert candidates([five[0]] * 5, crowd) == ()
    assert candidates([one._replace(steps=frozenset()) for one in five], crowd) == ()
    assert candidates([*five[:4], five[4]._replace(outcome="cut")], crowd) == ()
    assert candidates(five, frozenset()) == ()


def test_a_case_is_a_function_of_its_card() -> None:
    """Planted odd figures of members occur nowhere in a candidate or its file; equal cards write equal files."""
    crowd, phrases = crowd_for(scene_now().packs), scene_now().library.phrases
    planted = {"current_line": 31_417.0, "used_balance": 2_718.0, "monthly_income": 9_173.0, "on_time_months": 19.0}
    lines = [31_417.0 + 7 * number for number in range(6)]
    offers = []
    for number, line in enumerate(lines):
        facts = Facts(Kind.PERSON, {**planted, "current_line": line, "lenders_count": 2.0, "overdue_now": False})
        offers.append(Offer(f"tg:4242{number}", tuple(cards_of(facts)), "raised", frozenset(STEPS)))
    (one,) = candidates(offers, crowd)
    text = written(one, WORDS, phrases, "2026-11-22")
    told = f"{one} {text}"
    odd = [*lines, *planted.values()]
    assert [value for value in odd if f"{value:g}" in told.replace(",", "") or f"{value:.0f}" in told] == []
    assert "4242" not in told
    assert text == written(Candidate(*one), WORDS, phrases, "2026-11-22")


@pytest.mark.parametrize("seed", range(3))
def test_every_candidate_reads_as_a_case(seed: int) -> None:
    """The file is one that the library reads, with facts within their bounds, dated and marked as gathered."""
    phrases, crowd = scene_now().library.phrases, crowd_for(scene_now().packs)
    for one in candidates(offered(20 + seed, 500), crowd):
        problems: list[Problem] = []
        sheet = Sheet(case_path(one.code), yaml.safe_load(written(one, WORDS, phrases, "2026-11-22")), problems)
        case = read_case(sheet)
        assert problems == []
        assert (case.gathered, case.outcome, case.actions) == ("2026-11-22", one.outcome, one.steps)
        assert all(FACTS[name].low <= float(value) <= FACTS[name].high for name, value in case.situation.items())
        assert len(case.situation) >= 2


def test_bands_without_an_end_have_a_middle_too() -> None:
    """The widest and the open bands give plain round facts."""
    card = Card(Kind.BUSINESS, 0, (Band("line", 1e6), Band("use", 0.7), Band("streak", 24), Band("lenders", 3)))
    assert situation_of(card) == {
        "current_line": 1_000_000.0,
        "used_balance": 850_000.0,
        "on_time_months": 30.0,
        "lenders_count": 4.0,
    }
    small = Card(Kind.BUSINESS, 0, (Band("line", None, 20_000), Band("overdue", 0.5), Band("income", 2e4, 1e5)))
    assert situation_of(small) == {"current_line": 10_000.0, "overdue_now": True, "monthly_turnover": 40_000.0}
    assert code_of(card, "cut") != code_of(card, "raised")


def test_outcomes_and_words() -> None:
    """Rounding is no change; four texts are needed, with either upright stroke; files of cases are known by name."""
    assert [outcome_of(10_000, line) for line in (0, 9_000, 9_900, 10_150, 11_000)] == [
        "vanished",
        "cut",
        "unchanged",
        "unchanged",
        "raised",
    ]
    assert worded("a | b\uff5cc | d e") == Worded("a", "b", "c", "d e")
    for wrong in ("", "a|b|c", "a|b|c|", "a|b|c|d|e"):
        with pytest.raises(UnwordedError):
            worded(wrong)
    assert is_gathered(case_path("abc"))
    assert not is_gathered("cases/clerk_patient.yaml")
