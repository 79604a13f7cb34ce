"""Votes and suppositions at their edges: a second vote, nobody's vote, a vote over a restart, one card, none."""

from __future__ import annotations

from bot.channels.playground.sights import Sight
from bot.channels.telegram.joining import Parts
from tests.consultation.gathering import Gathering, leaves, moments, pressed
from tests.consultation.test_walk_desk import TO_GROUP, at_desk, taps
from tests.faults.house import card
from tests.faults.named import lived

_VOTE = (TO_GROUP, "Start a vote", "Post it")


def _polls(town: Gathering) -> list[Sight]:
    return [sight for sight in town.group.messages if sight.wire().get("poll")]


def _open(town: Gathering) -> list[bool]:
    return [not sight.wire()["poll"]["is_closed"] for sight in _polls(town)]


async def _ends(town: Gathering, parts: Parts) -> str:
    """Ada ends the sitting in the group; its summary."""
    town.says(town.ada, f"/close@{town.name}")
    await moments(parts)
    await pressed(parts, town.ada, town.group.messages[-1], "Yes, end it")
    await moments(parts, 20)
    return town.group.messages[-1].text


def _option(poll: Sight, number: int) -> str:
    return str(poll.wire()["poll"]["options"][number]["text"])


def test_a_second_vote_closes_the_first() -> None:
    """Only one vote of a sitting is open at a time; none is after the end, and the newest is the one that counts."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await at_desk(town, parts)
        await taps(parts, town.ada, *_VOTE)
        await moments(parts)
        town.members[0].votes(_polls(town)[0], _option(_polls(town)[0], 0))
        await taps(parts, town.ada, *_VOTE)
        await moments(parts)
        assert _open(town) == [False, True]
        newest = _polls(town)[1]
        town.members[1].votes(newest, _option(newest, 1))
        await moments(parts)
        summary = await _ends(town, parts)
        assert _open(town) == [False, False]
        assert f"{_option(newest, 1)}: 1" in summary
        assert f"{_option(newest, 0)}: 0" in summary

    lived(town, life)


def test_one_voter_before_a_restart_counts() -> None:
    """The vote was put up and voted on by one before the bot died; ended after it is back, it is closed and counted."""
    town = Gathering()

    async def before(parts: Parts) -> None:
        await at_desk(town, parts)
        await taps(parts, town.ada, *_VOTE)
        await moments(parts)
        town.members[0].votes(_polls(town)[0], _option(_polls(town)[0], 0))

    async def after(parts: Parts) -> None:
        summary = await _ends(town, parts)
        assert _open(town) == [False]
        assert f"{_option(_polls(town)[0], 0)}: 1" in summary

    lived(town, before)
    lived(town, after)


def test_a_vote_that_nobody_took_part_in_is_not_told_as_one() -> None:
    """The poll is closed with the sitting; the summary speaks of no vote."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await at_desk(town, parts)
        await taps(parts, town.ada, *_VOTE)
        await moments(parts)
        summary = await _ends(town, parts)
        assert _open(town) == [False]
        assert "Vote" not in summary

    lived(town, life)


def test_a_supposition_whose_last_card_goes_is_not_posted() -> None:
    """One card lies on the table when it is looked at, none when it is posted: the group gets nothing."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await at_desk(town, parts)
        for who in town.members[:2]:
            await leaves(parts, who)
        await taps(parts, town.ada, TO_GROUP, "What if all did\u2026")
        await pressed(parts, town.ada, card(town.ada), card(town.ada).labels[0])
        await taps(parts, town.ada, "Look first (1 chosen)")
        assert card(town.ada).text.count("\u2022") == 1
        await leaves(parts, town.members[2])
        seen = len(town.group.messages)
        await taps(parts, town.ada, "Post it")
        await moments(parts)
        assert len(town.group.messages) == seen
        assert "no case on the table" in card(town.ada).text

    lived(town, life)
