"""Showing a card once more, in another sitting: asked first to keep it back, and what two evenings would tell."""

from __future__ import annotations

import datetime as dt

from bot.channels.telegram.joining import Parts
from bot.consultation.showing_again import LATELY
from tests.consultation.again import group, matched_over
from tests.consultation.gathering import LAID, SHOW, Gathering, leaves, letters, moments, pressed
from tests.faults.house import card
from tests.faults.named import lived

AGAIN, NEVER = "Show it anyway (can be guessed)", "Never show one"
GROUPS = 40


def test_who_showed_a_card_before_is_asked_to_keep_it_back() -> None:
    """Two evenings can be compared: keeping it back comes first; showing it all the same can still be chosen."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.three_show(parts, "first")
        assert AGAIN not in card(town.members[0]).labels
        await town.ends(parts)
        await town.consults(parts, "second")
        for who in town.members[:3]:
            await town.comes_in(parts, who, town.table("second"))
            shown = card(who)
            assert "you agreed to show a group your card" in shown.text
            assert shown.labels[0] == NEVER
            assert SHOW not in shown.labels
            await pressed(parts, who, shown, AGAIN)
        await moments(parts, LAID)
        assert len(letters(town.table("second"))) == 3

    lived(town, life)


def test_whose_card_never_came_is_asked_as_before() -> None:
    """Two agreed and were too few: nobody saw anything; after three months nobody is asked to keep back theirs."""
    town = Gathering()

    async def few(parts: Parts) -> None:
        await town.consults(parts, "few")
        for who in town.members[:2]:
            await town.shows(parts, who, town.table("few"))
        await town.ends(parts)
        await town.consults(parts, "more")
        for who in town.members[:2]:
            await town.comes_in(parts, who, town.table("more"))
            assert SHOW in card(who).labels
            await pressed(parts, who, card(who), SHOW)
        await town.shows(parts, town.members[2], town.table("more"))
        await moments(parts, LAID)
        await town.ends(parts)
        assert [number for number, _ in town.conversation(town.members[0]).agreed]

    async def later(parts: Parts) -> None:
        await town.consults(parts, "next")
        await town.comes_in(parts, town.members[0], town.table("next"))
        assert SHOW in card(town.members[0]).labels

    lived(town, few)
    town.clock.advance((LATELY + dt.timedelta(days=1)).total_seconds())
    lived(town, later)


def test_who_took_theirs_back_before_anybody_saw_it_is_asked_as_before() -> None:
    """Agreed, and gone again before the table was laid: nothing can be compared."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await town.consults(parts, "first")
        who = town.members[0]
        await town.shows(parts, who, town.table("first"))
        await leaves(parts, who)
        await town.consults(parts, "second")
        await town.comes_in(parts, who, town.table("second"))
        assert SHOW in card(who).labels

    lived(town, life)


def test_cards_shown_once_tell_no_more_after_many_evenings() -> None:
    """Who keeps to the advice is named no more often than by chance; who shows the same card each time often is."""
    once = matched_over([group(seed, 4, once=True) for seed in range(2 * GROUPS)])
    always = matched_over([group(seed, 4, once=False) for seed in range(2 * GROUPS)])
    assert once.cards > 250
    assert once.interval[0] <= 0.0
    assert always.interval[0] > 0.05
