"""One fault each, by its name: what the platform refuses, delays, doubles or takes away."""

from __future__ import annotations

import asyncio
import logging
from itertools import count
from unittest.mock import patch

import pytest

from bot.channels.playground.wire import Call as Told
from bot.channels.telegram.joining import Parts
from tests.faults.house import Neighbourhood, card, settled
from tests.faults.mishaps import Killed
from tests.faults.named import asked, calls, lived, open_promises, promised, told

QUESTION = "提前还款会不会影响额度"


def test_a_group_that_moves_takes_its_answer_along() -> None:
    """Asked in a group that becomes a supergroup at that moment, the answer comes under the new number."""
    town = Neighbourhood()
    alice = town.person("alice")
    old = town.street.group("Talk", alice, (), "group")

    async def life(_parts: Parts) -> None:
        alice.says(old, f"/ask@{town.street.town.bot.username} {QUESTION}")
        new = alice.moves(old)
        await asyncio.sleep(3)
        assert sum(sight.by_bot for sight in new.messages) == 1
        alice.says(new, f"/ask@{town.street.town.bot.username} {QUESTION}")
        await asyncio.sleep(3)
        assert sum(sight.by_bot for sight in new.messages) == 2

    lived(town, life)
    assert open_promises(town) == 0


@pytest.mark.parametrize("leaving", ["kicked", "deactivated"])
def test_nobody_there_costs_nobody_anything(leaving: str) -> None:
    """Thrown out of a group, or left with a deleted account, the bot drops that answer and serves the others."""
    town = Neighbourhood()
    alice, bob = asked(town, "alice"), asked(town, "bob")
    place = town.street.group("Talk", bob, ())

    async def life(parts: Parts) -> None:
        if leaving == "kicked":
            bob.says(place, f"/ask@{town.street.town.bot.username} {QUESTION}")
            bob.kicks(place)
        else:
            alice.says(alice.home, "/menu")
            alice.deactivates()
        bob.says(bob.home, "个人")
        await asyncio.sleep(3)
        assert parts.postman.counts["never.blocked"] == 1
        assert told(town, bob) == {"kind": "person"}
        assert "5千以下" in card(bob).labels
        await asyncio.sleep(310)  # an answer in a group waits for the bot to be let in again, and no longer

    lived(town, life)
    assert open_promises(town) == 0


@pytest.mark.parametrize("slow", [False, True])
def test_two_that_fetch_lose_nothing(
    slow: bool, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Started twice by mistake, the bot says so, and every message, slow or not, is still answered exactly once."""
    town = Neighbourhood()
    monkeypatch.setattr("os.getpid", count(1).__next__)
    if slow:
        monkeypatch.setattr("bot.service.worker.take_straight", lambda *_told: "behind")
    alice = asked(town, "alice")
    turns = []

    async def life(parts: Parts) -> None:
        async with town.awake() as second:
            for _ in range(10):
                alice.says(alice.home, f"/ask {QUESTION}")
                await asyncio.sleep(7)
            turns.append(parts.worker.counts["turns"] + second.worker.counts["turns"])

    with caplog.at_level(logging.WARNING):
        lived(town, life)
    assert any("another process fetches" in line for line in caplog.messages)
    assert turns == [11]
    assert sum(sight.by_bot for sight in alice.home.messages) == 1 + 10 * 2
    assert open_promises(town) == 0


def test_a_long_text_comes_in_parts_and_once_in_spite_of_a_kill() -> None:
    """Killed between the parts of a long reply, the bot goes on with the next part and repeats none."""
    town = Neighbourhood()
    alice = asked(town, "alice")
    lines = [f"Line {nth} of a long text." for nth in range(600)]
    lived(town, _nothing)
    promised(town, alice, "\n\n".join(lines))
    sends = []
    through = town.street.call

    def mortal(call: Told, token: str | None = None) -> object:
        sends.extend([1] if call.method.lower() == "sendmessage" else [])
        if len(sends) == 2:
            sends.append(1)
            raise Killed("between the parts")
        return through(call, token)

    with patch.object(town.street, "call", mortal), pytest.raises(Killed):
        lived(town, _nothing, 5)
    town.street._listeners.clear()
    lived(town, _nothing, 10)
    parts = [sight.text for sight in alice.home.messages if sight.by_bot and "Line" in sight.text]
    assert len(parts) > 2
    assert [line for part in parts for line in part.split("\n") if line] == lines


@pytest.mark.parametrize("words", ["</b> < 5 & more <a href='", "**bold _and [half](", "`x <pre>", "&lt;&amp &#0;"])
def test_words_like_broken_markup_arrive(words: str) -> None:
    """What looks like markup gone wrong is never refused."""
    town = Neighbourhood()
    alice = asked(town, "alice")
    lived(town, _nothing)
    promised(town, alice, f"Before {words} after.")

    async def life(parts: Parts) -> None:
        assert parts.postman.counts["send"] == 1
        assert alice.home.last.text.startswith("Before")
        assert alice.home.last.text.endswith("after.")

    lived(town, life)


def test_whoever_is_told_to_wait_holds_up_nobody() -> None:
    """While one chat must rest for five seconds, five others have their card within a tenth of one."""
    town = Neighbourhood()
    alice, *others = [asked(town, name) for name in ("alice", "bob", "carol", "dan", "eve", "frank")]

    async def life(parts: Parts) -> None:
        town.street.diary = []
        town.street.weather.write("too_many", "sendmessage", seconds=5)
        alice.says(alice.home, "个人")
        await settled(parts)
        begun = town.clock()
        for who in others:
            who.says(who.home, "个人")
        await asyncio.sleep(8)
        sends = [call for call in calls(town) if call.method == "sendmessage"]
        first = {call.chat: call.at for call in reversed(sends) if call.chat != alice.id}
        assert set(first) == {who.id for who in others}
        assert max(first.values()) - begun < 0.1
        refused, *rest = [call for call in sends if call.chat == alice.id]
        assert refused.code == 429
        assert [call.code for call in rest] == [200]
        assert refused.at + 5 <= rest[0].at < refused.at + 6

    lived(town, life)


def test_a_refused_edit_is_made_later() -> None:
    """Told to wait with an edit, the bot edits that very message when it may, and sends none instead."""
    town = Neighbourhood()
    alice = asked(town, "alice")

    async def life(_parts: Parts) -> None:
        here = card(alice)
        before = here.text
        town.street.weather.write("too_many", "editmessagetext", seconds=5)
        alice.presses(here, "个人")
        await asyncio.sleep(4)
        assert here.text == before
        await asyncio.sleep(2)
        assert here.text != before
        assert card(alice).id == here.id
        assert sum(sight.by_bot for sight in alice.home.messages) == 1

    lived(town, life)


def test_a_send_that_was_accepted_unheard_counts_once() -> None:
    """When the answer to a send never comes, the card is sent once more, not twice, and the newer one goes on."""
    town = Neighbourhood()
    alice = asked(town, "alice")

    async def life(parts: Parts) -> None:
        town.street.weather.write("slow", "sendmessage", seconds=30)
        alice.says(alice.home, "个人")
        await asyncio.sleep(20)
        assert sum(sight.by_bot for sight in alice.home.messages) == 3
        alice.presses(card(alice), "5千以下")
        await settled(parts)
        assert list(told(town, alice)) == ["kind", "current_line"]

    lived(town, life)
    assert open_promises(town) == 0


def test_a_card_that_was_deleted_is_sent_anew() -> None:
    """Pressed and deleted before the bot could edit it, the card comes as a new message."""
    town = Neighbourhood()
    alice = asked(town, "alice")

    async def life(parts: Parts) -> None:
        here = card(alice)
        alice.presses(here, "个人")
        alice.deletes(here)
        await settled(parts)
        assert card(alice).id > here.id
        assert "5千以下" in card(alice).labels
        assert told(town, alice) == {"kind": "person"}

    lived(town, life)


async def _nothing(_parts: Parts) -> None:
    """Nothing happens but what was left from before."""
