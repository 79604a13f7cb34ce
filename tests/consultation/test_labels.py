"""What stands on buttons can be read on the narrowest phones, where a row is 267 pixels wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest

from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from tests.consultation.gathering import Gathering
from tests.consultation.guests import SLIP
from tests.consultation.test_walk_desk import OPEN, TO_GROUP, at_desk, owner_of_a, taps
from tests.faults.house import card
from tests.faults.named import lived

_ROW, _GAP, _PADDING, _LETTER = 267, 3, 12, 7.5
"""Pixels of a row, between buttons, within a button, and of a letter of a wide font; a Chinese one takes two."""


def _too_wide(rows: list[list[str]]) -> Iterator[str]:
    for row in rows:
        room = (_ROW - _GAP * (len(row) - 1)) / len(row) - _PADDING
        yield from (label for label in row if sum(map(_width, label)) > room)


def _width(letter: str) -> float:
    return _LETTER * (2 if unicodedata.east_asian_width(letter) in "WF" else 1)


def _rows(who: Person) -> list[list[str]]:
    return [[button["text"] for button in row] for row in card(who).wire()["reply_markup"]["inline_keyboard"]]


@pytest.mark.parametrize("way", [(), ("Case A",), (TO_GROUP,), ("Pause, end\u2026",), (TO_GROUP, "Scam quiz")])
def test_the_advisers_buttons_fit(way: tuple[str, ...]) -> None:
    """Every screen of the desk, in English, whose words are the longest."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await at_desk(town, parts)
        await taps(parts, town.ada, *way)
        assert [*_too_wide(_rows(town.ada))] == []

    lived(town, life)


@pytest.mark.parametrize("way", [(), (OPEN,), ("Leave this consultation",), (SLIP,)])
def test_a_members_buttons_fit(way: tuple[str, ...]) -> None:
    """The screen of a seat with a card on the table, a question of consent, and leaving."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await at_desk(town, parts)
        who = await owner_of_a(town, parts)
        await taps(parts, who, *way)
        assert [*_too_wide(_rows(who))] == []

    lived(town, life)
