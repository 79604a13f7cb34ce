"""Whose card is it: whoever watches the group, and knows the program, does no better than chance."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from bot.consultation.anonymising import Band, Card
from bot.consultation.dealing import TOGETHER
from bot.consultation.deeds import hear
from bot.consultation.sitting import Deed, Sitting, Way
from simulator.vocabulary import Kind
from tests.consultation.clues import fresh
from tests.consultation.matching import guesses, matched, measured
from tests.consultation.parting import matched_to_leaving, seen_alike
from tests.consultation.playing import NOW, at_laying, opened
from tests.consultation.unlinkability import PACES, WATCHERS
from tests.consultation.watched_sittings import Drawing, Pace, Watched, watched
from tests.consultation.ways_of_laying import Lays, as_soon_as_enough, as_soon_as_left, at_once

CARDS = tuple(Card(Kind.PERSON, 0, (Band("line", 1e4 * place, None),)) for place in range(9))
MANY = 180
MOST = 0.22
"""Beyond this share even blind naming would be too good: too few cards come together."""

GROUP, PRESSES = WATCHERS["the group"], WATCHERS["the group and every press"]
MARKS = WATCHERS["the group, were it shown which case was answered"]


def _does(sitting: Sitting, who: int, way: Way, card: Card | None = None) -> Sitting:
    return hear(sitting, Deed(way=way, card=card), f"tg:{who}", adviser=False, now=NOW).sitting


def _agreeing(sitting: Sitting, *people: int) -> Sitting:
    for who in people:
        sitting = _does(_does(sitting, who, "join"), who, "show", CARDS[who])
    return sitting


def _letters(sitting: Sitting) -> dict[str, str]:
    return {seat.member: seat.letter or "" for seat in sitting.cases}


@cache
def sittings(pace: Pace) -> tuple[Watched, ...]:
    """As the product holds them."""
    return tuple(watched(seed, pace) for seed in range(MANY))


@pytest.mark.parametrize("way", ["hide", "withdraw"])
def test_cards_that_come_back_do_not_unmask_who_is_new(way: Way) -> None:
    """Two known cards and a new one wait; the new one comes with two other new ones, and then all come together."""
    sitting = at_laying(_agreeing(opened(), 0, 1, 2))
    for who in (0, 1):
        sitting = _does(sitting, who, way)
    sitting = at_laying(_agreeing(sitting, 0, 1, 3))
    assert len(sitting.cases) == 1
    sitting = at_laying(_agreeing(sitting, 4))
    assert len(sitting.cases) == 1
    sitting = at_laying(_agreeing(sitting, 5))
    assert len(_letters(sitting)) == 6
    assert sitting.left == ()


def test_known_cards_come_back_together() -> None:
    """Three that had lain on the table need nobody else; a new one that waits goes on waiting."""
    sitting = at_laying(_agreeing(opened(), 0, 1, 2))
    for who in (0, 1, 2):
        sitting = _does(sitting, who, "hide")
    sitting = at_laying(_agreeing(sitting, 6, 0, 1))
    assert _letters(sitting) == {}
    sitting = at_laying(_agreeing(sitting, 2))
    assert set(_letters(sitting)) == {"tg:0", "tg:1", "tg:2"}
    assert set(_letters(sitting).values()) == {"D", "E", "F"}


@pytest.mark.parametrize("pace", PACES)
def test_no_watcher_does_better_than_chance(pace: Pace) -> None:
    """Who sees the group names no more owners than they would were the cards dealt anew among those who own them.

    Who knows every press besides learns by it who waited, and so at most what kind of borrower they are; beyond that
    nothing.
    """
    told = guesses(sittings(pace), GROUP)
    assert matched(told).cards > 300
    assert matched(told).interval[0] <= 0.0
    assert matched(told).chance <= MOST
    assert matched(guesses(sittings(pace), PRESSES), by_kind=True).interval[0] <= 0.0


@pytest.mark.parametrize("pace", PACES)
def test_cards_of_one_kind_come_three_at_least(pace: Pace) -> None:
    """Of people or of businesses fewer than three new cards never come at once: who knows the kinds gains little."""
    for seen in sittings(pace):
        for drawing in seen.drawings:
            kinds = [drawing.cards[letter].kind for letter in fresh(seen, drawing)]
            assert all(kinds.count(kind) >= TOGETHER for kind in kinds)


@pytest.mark.parametrize(("lays", "hits"), [(at_once, 0.9), (as_soon_as_enough, 0.25)])
def test_a_watcher_would_see_cards_that_come_sooner(lays: Lays, hits: float) -> None:
    """The measure fails a table whose cards come at once (nearly all are named) or as soon as three wait."""
    found = measured(guesses([watched(seed, "evening", lays) for seed in range(MANY)], PRESSES))
    assert found.rate > hits
    assert found.interval[0] > MOST


def test_a_watcher_would_see_letters_in_the_order_of_coming() -> None:
    """The measure fails letters that are dealt as people came in."""
    ordered = [_in_order(seen) for seen in sittings("evening")]
    assert matched(guesses(ordered, GROUP)).interval[0] > 0.0


def test_a_watcher_would_see_who_says_thanks() -> None:
    """The measure fails a table that shows which case was answered, for its owner is told, and may speak just then."""
    assert matched(guesses(sittings("evening"), MARKS)).interval[0] > 0.05


def test_a_watcher_would_see_how_long_somebody_answered() -> None:
    """The measure fails cards that say more of those who have told more: how long they took tells which is theirs."""
    telling = [_telling(seen) for seen in sittings("evening")]
    assert matched(guesses(telling, PRESSES), by_kind=True).interval[0] > 0.0


def _in_order(seen: Watched) -> Watched:
    """The same sitting with the letters of each drawing given to owners as they came in."""
    more = []
    for drawing in seen.drawings:
        owners = sorted(drawing.owners.values(), key=seen.pressed.__getitem__)
        cards = {who: drawing.cards[letter] for letter, who in drawing.owners.items()}
        dealt = dict(zip(drawing.owners, owners, strict=True))
        more.append(Drawing(drawing.at, {letter: cards[who] for letter, who in dealt.items()}, dealt))
    return replace(seen, drawings=more, answered={})


def _telling(seen: Watched) -> Watched:
    """The same sitting with cards that say one thing more where their owner took long."""
    took = {step.member: step.at - seen.pressed[step.member] for step in reversed(seen.steps) if step.way == "show"}
    more = [
        drawing._replace(
            cards={
                letter: card._replace(bands=(*card.bands, Band("income")))
                if took[drawing.owners[letter]] > 90
                else card
                for letter, card in drawing.cards.items()
            }
        )
        for drawing in seen.drawings
    ]
    return replace(seen, drawings=more)


@pytest.mark.parametrize("pace", PACES)
def test_nobody_sees_who_takes_a_card_back_quietly(pace: Pace) -> None:
    """The group sees what it would see had nobody done so: there is nothing to guess from."""
    assert sum(seen.slipped for seen in sittings(pace)) > 30
    assert all(seen_alike(seen, watched(seed, pace, slips=False)) for seed, seen in enumerate(sittings(pace)))


def test_a_watcher_would_see_cards_that_go_with_the_next_laying() -> None:
    """The measure fails a table that lets cards go alone, if only at its moments: the words around it tell of them."""
    assert not all(
        seen_alike(watched(seed, "evening", as_soon_as_left), watched(seed, "evening", as_soon_as_left, slips=False))
        for seed in range(20)
    )
    found = matched_to_leaving([watched(seed, "day", as_soon_as_left) for seed in range(4 * MANY)])
    assert found.interval[0] > 0.0


def test_a_card_taken_back_at_once_can_be_guessed() -> None:
    """The words that follow name its owner often, as the button says."""
    found = matched_to_leaving(sittings("evening"))
    assert found.cards > 10
    assert found.interval[0] > 0.0
