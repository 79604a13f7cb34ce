"""Can I afford it: a calm verdict that never grows lighter as the loan grows, months that add up, no push to borrow."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.affording import INCOME_DOWN, SURPRISE, Affording, Verdict, affording
from bot.dialogue.conversation import Answer, Conversation, Language
from bot.dialogue.messages import Arrival, Reply, Table
from bot.dialogue.screens import screen
from bot.dialogue.turn import take_turn
from tests.dialogue.cast import CAST, LANGUAGES, OFFER, Person, Told
from tests.dialogue.judging import DOUBLED, UNFILLED, hits
from tests.dialogue.ledger import allowed, tokens, without_sources
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now

PLAIN: dict[str, Told] = {
    "kind": "person",
    "monthly_income": 9_000.0,
    "monthly_debt_service": 900.0,
    "overdue_now": False,
    "cash_reserve_months": 4.0,
    "afford_living": 3_500.0,
    "afford_amount": 6_000.0,
    "afford_months": 12.0,
    "cost_rate": "0.12/year",
}
ORDER: tuple[Verdict, ...] = ("bearable", "tight", "too_heavy", "burdened")


def _asking(language: Language = "zh", told: Mapping[str, Told] = MappingProxyType({})) -> Conversation:
    return Person("plain", {**PLAIN, **told}).asking("afford", language)


def _without(who: Conversation, *names: str) -> Conversation:
    skipped = {name: Answer(value=None, at=NOW, source="skipped") for name in names}
    return who.but(answers={**who.answers, **skipped})


def _found(who: Conversation) -> Affording:
    found = affording(who, scene_now())
    assert isinstance(found, Affording)
    return found


def _actions(replies: tuple[Reply, ...]) -> set[str]:
    return {button.action for reply in replies for row in reply.buttons for button in row}


def _words(replies: tuple[Reply, ...]) -> str:
    return "\n".join(piece for reply in replies for piece in words_of(reply))


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ({}, "bearable"),
        ({"cash_reserve_months": 0.2, "afford_living": 5_500.0}, "tight"),
        ({"monthly_debt_service": 3_400.0}, "tight"),
        ({"afford_amount": 80_000.0}, "too_heavy"),
        ({"afford_living": 8_500.0}, "too_heavy"),
        ({"monthly_debt_service": 5_100.0}, "burdened"),
        ({"overdue_now": True}, "burdened"),
    ],
)
def test_each_verdict_is_reached(told: dict[str, Told], verdict: Verdict) -> None:
    """Light, tight, too heavy and burdened all come out where one would say so by hand."""
    assert _found(_asking(told=told)).verdict == verdict


def test_too_little_known_is_no_verdict() -> None:
    """Without income or repayments nobody is told yes or no; without living costs the months are left out."""
    assert _found(_without(_asking(), "monthly_income")).verdict == "unknown"
    assert _found(_without(_asking(), "monthly_debt_service")).verdict == "unknown"
    assert _found(_without(_asking(), "afford_living")).months == ()


def test_months_add_up() -> None:
    """What each month leaves is income less repayments, living costs, what the month lacks, and the new instalment."""
    found = _found(_asking())
    left = {month.name: (month.before, month.after) for month in found.months}
    plain, lacking, bill = 9_000.0 - 900.0 - 3_500.0, 9_000.0 * INCOME_DOWN, 3_500.0 * SURPRISE
    for name, before in {
        "ordinary": plain,
        "income_down": plain - lacking,
        "surprise": plain - bill,
        "both": plain - lacking - bill,
    }.items():
        assert left[name] == pytest.approx((before, before - found.payment))


def test_the_instalment_is_counted_once() -> None:
    """The heaviest payment of the schedule is the new burden: twelve of them repay the loan with its interest."""
    found = _found(_asking())
    assert found.payment * 12 == pytest.approx(6_000.0 + found.total, abs=1.0)


@settings(max_examples=60, deadline=None)
@given(
    small=st.integers(1_000, 60_000),
    more=st.integers(0, 200_000),
    income=st.integers(2_000, 40_000),
    service=st.integers(0, 20_000),
    living=st.integers(500, 20_000),
    reserve=st.sampled_from([0.0, 1.0, 5.0]),
)
def test_a_larger_loan_is_never_lighter(
    small: int, more: int, income: int, service: int, living: int, reserve: float
) -> None:
    """With everything else equal, a larger loan never gets a lighter verdict."""
    told = {"monthly_income": income, "monthly_debt_service": service, "afford_living": living}
    known: dict[str, Told] = {name: float(value) for name, value in told.items()}
    verdicts = [
        _found(_asking(told={**known, "cash_reserve_months": reserve, "afford_amount": float(amount)})).verdict
        for amount in (small, small + more)
    ]
    assert ORDER.index(verdicts[0]) <= ORDER.index(verdicts[1])


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
def test_who_cannot_bear_it_is_never_sent_to_borrow(person: Person) -> None:
    """A load that is or would be too heavy leads to the debt plan only; others may look at less, never at more."""
    who = person.asking("afford", "zh", **OFFER)
    actions = _actions(screen(who, scene_now()))
    if _found(who).verdict in {"burdened", "too_heavy"}:
        assert actions & {"goal:assess", "goal:budget"}
        assert not actions & {"goal:cost", "goal:plan", "edit:afford_amount"}
    else:
        assert "edit:afford_amount" in actions


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_and_numbers_are_sound(person: Person, language: Language) -> None:
    """Result and footing are whole in every language, and each number is the simulator's or the person's own."""
    who, scene = person.asking("afford", language, **OFFER), scene_now()
    footing = take_turn(who, Arrival(key="k", at=NOW, action="footing:"), scene).replies
    replies = (*screen(who, scene), *footing)
    pieces = [piece for reply in replies for piece in words_of(reply)]
    assert hits(UNFILLED, pieces) + hits(DOUBLED, pieces) == []
    assert tokens(without_sources(_words(replies), who, scene)) - allowed(who, scene) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_has_words_of_its_own(language: Language) -> None:
    """No two verdicts open with the same words."""
    told: tuple[dict[str, Told], ...] = (
        {},
        {"monthly_debt_service": 3_400.0},
        {"afford_amount": 80_000.0},
        {"overdue_now": True},
    )
    people = [_asking(language, one) for one in told] + [_without(_asking(language), "monthly_income")]
    assert {_found(who).verdict for who in people} == set(get_args(Verdict))
    opened = {next(words_of(screen(who, scene_now())[0])).splitlines()[2] for who in people}
    assert len(opened) == len(people)


def test_an_unknown_rate_is_reckoned_with_the_common_one_and_said() -> None:
    """Who knows neither rate nor instalment is told which rate was taken; who knows the instalment needs none."""
    neither = _without(_asking("en"), "cost_rate", "afford_payment")
    assert _found(neither).assumed
    assert "0.05% a day" in _words(screen(neither, scene_now()))
    told = _without(_asking("en", {"afford_payment": 612.0}), "cost_rate")
    assert not _found(told).assumed
    assert _found(told).payment == 612.0


def test_a_month_shows_as_a_table() -> None:
    """Four kinds of month stand in a table, without and with the loan."""
    tables = [b for reply in screen(_asking(), scene_now()) for b in reply.blocks if isinstance(b, Table)]
    assert [len(table.rows) for table in tables] == [4]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_loan_that_cannot_be_worked_out_says_why(language: Language) -> None:
    """No months at all get words and a button to the term, and there is nothing to stand on yet."""
    who = _asking(language, {"afford_months": 0.0})
    assert affording(who, scene_now()) == "months"
    shown = screen(who, scene_now())
    assert "edit:afford_months" in _actions(shown)
    turn = take_turn(who, Arrival(key="k", at=NOW, action="footing:"), scene_now())
    assert _actions(turn.replies) == _actions(shown)
    absurd = _asking(language, {"cost_rate": "9/year"})
    assert "edit:cost_rate" in _actions(screen(absurd, scene_now()))
