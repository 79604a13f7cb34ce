"""What a group may see of a borrower: bands that several others share, and nothing where too few do."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consultation.anonymising import ALIKE, Card, anonymous, group_crowd
from simulator.vocabulary import Facts, Kind
from tests.consultation.playing import crowd, people

EARLY = {"current_line", "used_balance", "overdue_now", "lenders_count"}
FIRST = {"line", "use", "overdue", "lenders"}
ROUND = {None, 0.3, 0.5, 0.7, *range(1, 25), 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6}


def test_five_others_give_the_very_same_card() -> None:
    """Whatever card one of 2,000 other borrowers gets, at least five of the drawn population get the same."""
    alike = Counter(anonymous(facts, crowd()) for facts in people(7, 8192))
    cards = [anonymous(facts, crowd()) for facts in people(8, 2000)]
    assert len(cards) == 2000
    given_cards = [card for card in cards if card is not None]
    assert len(given_cards) > 1950
    assert min(alike[card] for card in given_cards) >= ALIKE


def test_no_card_may_be_shown_that_fewer_than_five_give() -> None:
    """Every single card that could ever be shown is given by five of the population, not only fitted by them."""
    alike = Counter(anonymous(facts, crowd()) for facts in people(7, 8192))
    assert min(alike[card] for card in crowd()) >= ALIKE


def test_a_rare_borrower_gets_a_wider_card_or_none() -> None:
    """Somebody who stands alone with a figure gets a card that does not say it, and nobody at all in an empty crowd."""
    plain = next(facts for facts in people(7, 50) if facts.kind is Kind.PERSON)
    rare = Facts(
        Kind.PERSON, {**plain.values, "lenders_count": 9, "current_line": 991_337.0, "used_balance": 990_000.0}
    )
    card = anonymous(rare, crowd())
    assert card is not None
    assert card.width > 0
    assert anonymous(rare, frozenset()) is None
    assert group_crowd([rare] * (ALIKE - 1)) == frozenset()
    assert anonymous(rare, group_crowd([rare] * ALIKE)) is not None


def test_what_is_not_known_is_not_told() -> None:
    """Somebody who told only their line gets a card that says nothing else."""
    card = anonymous(Facts(Kind.PERSON, {"current_line": 31_417.0}), group_crowd(people(7, 8192)[:64]) | _lines_only())
    assert card is not None
    assert {band.name for band in card.bands} <= {"line"}


def _lines_only() -> frozenset[Card]:
    return group_crowd([Facts(Kind.PERSON, {"current_line": 30_000.0})] * ALIKE)


def test_a_card_does_not_tell_how_much_was_told() -> None:
    """Who has told everything and who was in a hurry give the same card: it tells of what is asked first alone."""
    for facts in people(8, 400):
        early = {name: value for name, value in facts.values.items() if name in EARLY}
        card = anonymous(facts, crowd())
        assert card == anonymous(Facts(facts.kind, early), crowd())
        assert card is None or {band.name for band in card.bands} <= FIRST


@settings(max_examples=60, deadline=None)
@given(st.floats(100.0, 5e6), st.floats(0.0, 5e6), st.integers(0, 30), st.integers(0, 200), st.booleans())
def test_a_card_holds_the_value_it_stands_for(
    line: float, income: float, lenders: int, streak: int, late: bool
) -> None:
    """Each band of a card contains what was told, and its ends are round numbers of ours, never a person's."""
    told = {"current_line": line, "monthly_income": income, "lenders_count": lenders, "on_time_months": streak}
    facts = Facts(Kind.PERSON, {**told, "used_balance": line / 2, "overdue_now": late})
    card = anonymous(facts, group_crowd([facts] * ALIKE))
    assert card is not None
    values = {"line": line, "lenders": lenders, "overdue": late, "use": 0.5}
    for band in card.bands:
        value = values[band.name]
        assert band.low is None or band.low <= value
        assert band.high is None or value < band.high
        assert {band.low, band.high} <= ROUND
