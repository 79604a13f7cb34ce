"""Whose card is it: whoever watches the group, and knows the program, does no better than chance."""

from __future__ import annotations

import pytest

from bot.consultation.anonymising import Band, Card
from bot.consultation.dealing import TOGETHER
from bot.consultation.deeds import hear
from bot.consultation.sitting import Deed, Sitting, Way
from simulator.vocabulary import Kind
from tests.consultation.playing import NOW, opened
from tests.consultation.unlinkability import GUESSES, Measured, best_guess, measured, recognised
from tests.consultation.watched_sittings import Drawing, Watched, watched

CARDS = tuple(Card(Kind.PERSON, 0, (Band("line", 1e4 * place, None),)) for place in range(9))


def _does(sitting: Sitting, who: int, way: Way, card: Card | None = None) -> Sitting:
    return hear(sitting, Deed(way=way, card=card), f"tg:{who}", adviser=False, now=NOW).sitting


def _showing(sitting: Sitting, *people: int) -> Sitting:
    for who in people:
        sitting = _does(_does(sitting, who, "join"), who, "show", CARDS[who])
    return sitting


def _letters(sitting: Sitting) -> dict[str, str]:
    return {seat.member: seat.letter or "" for seat in sitting.cases}


@pytest.mark.parametrize("way", ["hide", "withdraw"])
def test_cards_that_come_back_do_not_unmask_who_is_new(way: Way) -> None:
    """Two known cards and a new one wait; the new one comes with two other new ones, and then all come together."""
    sitting = _showing(opened(), 0, 1, 2)
    for who in (0, 1):
        sitting = _does(sitting, who, way)
    sitting = _showing(sitting, 0, 1, 3)
    assert len(sitting.cases) == 1
    sitting = _showing(sitting, 4)
    assert len(sitting.cases) == 1
    sitting = _showing(sitting, 5)
    assert len(_letters(sitting)) == 6
    assert sitting.left == ()


def test_known_cards_come_back_together() -> None:
    """Three that had lain on the table need nobody else; a new one that waits goes on waiting."""
    sitting = _showing(opened(), 0, 1, 2)
    for who in (0, 1, 2):
        sitting = _does(sitting, who, "hide")
    sitting = _showing(sitting, 6, 0, 1)
    assert _letters(sitting) == {}
    sitting = _showing(sitting, 2)
    assert set(_letters(sitting)) == {"tg:0", "tg:1", "tg:2"}
    assert set(_letters(sitting).values()) == {"D", "E", "F"}


def test_no_watcher_does_better_than_chance() -> None:
    """The best of many ways of guessing, learned on as many sittings, hits as often as blind dealing does."""
    sittings = [watched(seed) for seed in range(240)]
    _, found = best_guess(sittings)
    assert found.cards > 500
    assert found.interval[0] <= found.chance / found.cards <= 1 / TOGETHER
    new = [len(drawing.cards) - len(recognised(seen, drawing)) for seen in sittings for drawing in seen.drawings]
    assert min(many for many in new if many) == TOGETHER


def test_a_watcher_would_see_letters_in_the_order_of_arrival() -> None:
    """The measure finds a table whose letters follow who pressed first: all is guessed."""
    seen = Watched(
        ("tg:1", "tg:2", "tg:3"), {"tg:3": 1.0, "tg:1": 2.0, "tg:2": 3.0}, {f"tg:{n}": [] for n in (1, 2, 3)}
    )
    owners = {"A": "tg:3", "B": "tg:1", "C": "tg:2"}
    seen.drawings.append(Drawing(9.0, dict(zip("ABC", CARDS, strict=False)), owners))
    assert measured(seen, ("who pressed first", "by letter", False)) == Measured(3, 3, 1.0)
    assert max(GUESSES, key=lambda guess: measured(seen, guess).hits)
