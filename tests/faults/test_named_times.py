"""One fault each, by its name: what comes late, again, out of place, or from another version of ourselves."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from sqlalchemy import select, update

from bot.channels.playground.person import Person
from bot.channels.playground.wire import Call as Told
from bot.channels.telegram.joining import Parts
from bot.store.tables import CONVERSATIONS
from tests.faults.house import Neighbourhood, card, settled
from tests.faults.named import asked, lived, open_promises, told

WORDS = ("个人", "8000", "没有", "半年", "返回", "12", "不知道", "3.5万", "跳过", "20000")


@pytest.mark.parametrize(
    "strange",
    [
        {"from_tomorrow": {"a": [1]}},
        {"focus": "a_question_that_is_gone"},
        {"doubt": {"question": "a_question_that_is_gone", "value": 5, "read_as": "5"}},
        {"goal": "a goal that is gone"},
        {"paused_by": "a guard that is gone"},
        {"adult": "perhaps", "failures": "many", "language": "la"},
        {"answers": {"a_question_that_is_gone": {"value": 5, "at": "2026-01-01T00:00:00Z", "source": "said"}}},
        {"answers": {"current_line": {"value": [1, 2], "at": "yesterday", "source": "dreamt"}}},
    ],
)
def test_a_state_of_another_version_is_read(strange: dict[str, object]) -> None:
    """Whatever another version has left in a state, the person gets a card and keeps all other answers."""
    town = Neighbourhood()
    alice = asked(town, "alice")

    async def before(parts: Parts) -> None:
        alice.says(alice.home, "个人")
        await settled(parts)

    async def after(parts: Parts) -> None:
        for words in ("/menu", "/assess", "8000"):
            seen = alice.says(alice.home, words).id
            await settled(parts)
            assert card(alice).id > seen
        assert told(town, alice)["kind"] == "person"
        assert parts.worker.counts["failed"] == 0

    lived(town, before)
    _changed(town, strange)
    lived(town, after)
    assert open_promises(town) == 0


def test_whom_a_guard_that_is_gone_had_paused_can_go_on() -> None:
    """Paused by a guard that this version does not have, the person is asked, and one press leads on."""
    town = Neighbourhood()
    alice = asked(town, "alice")
    lived(town, _nothing)
    _changed(town, {"paused_by": "a guard that is gone"})

    async def life(parts: Parts) -> None:
        alice.says(alice.home, "个人")
        await settled(parts)
        assert told(town, alice) == {}
        alice.presses(card(alice), card(alice).labels[0])
        await settled(parts)
        alice.presses(card(alice), "个人")
        await settled(parts)
        assert told(town, alice) == {"kind": "person"}

    lived(town, life)


def _changed(town: Neighbourhood, strange: dict[str, object]) -> None:
    """Write into the only state what another version might have written."""
    with town.house.store.begin() as connection:
        state = json.loads(connection.scalar(select(CONVERSATIONS.c.state)) or "")
        answers = strange.get("answers")
        whole = state | strange
        if isinstance(answers, dict):
            whole["answers"] = state["answers"] | answers
        connection.execute(update(CONVERSATIONS).values(state=json.dumps(whole)))


def test_a_press_older_than_its_spinner_counts() -> None:
    """A press that is taken in after the time in which it can be answered still does what the button says."""
    town = Neighbourhood()
    alice = asked(town, "alice")
    lived(town, _nothing)
    press = alice.presses(card(alice), "个人")
    late = json.loads(town.street.call(Told("getUpdates", {})).body)["result"]
    town.clock.advance(200)

    async def life(parts: Parts) -> None:
        await parts.door.take(late)
        await settled(parts)
        assert press.answer is None
        assert told(town, alice) == {"kind": "person"}
        assert "5千以下" in card(alice).labels

    lived(town, life)


def test_a_day_of_messages_is_taken_in_order() -> None:
    """After a day away, 120 messages of six people come to the same as if the bot had been there for each."""
    there, away = Neighbourhood(), Neighbourhood()
    two = [asked(there, f"person{nth}") for nth in range(2)]
    six = [asked(away, f"person{nth}") for nth in range(6)]

    async def talk(parts: Parts) -> None:
        for nth in range(20):
            _all_say(two, nth)
            await settled(parts, 1)

    lived(there, talk)
    lived(away, _nothing)
    for nth in range(20):
        _all_say(six, nth)
        away.clock.advance(4200)
    lived(away, _nothing, 5)
    assert [told(away, who) for who in six[:2]] == [told(there, who) for who in two]
    assert [away.conversation(who).revision for who in six] == [21] * 6
    assert open_promises(away) == 0


def _all_say(crowd: list[Person], nth: int) -> None:
    for place, who in enumerate(crowd):
        who.says(who.home, WORDS[(nth + place) % len(WORDS)])


def test_the_same_update_many_times_counts_once() -> None:
    """An update that comes thrice in one batch, and once more by the queue, is one answer and one reply."""
    town = Neighbourhood()
    alice = asked(town, "alice")
    lived(town, _nothing)
    alice.says(alice.home, "个人")
    update_ = json.loads(town.street.call(Told("getUpdates", {})).body)["result"][-1]

    async def life(parts: Parts) -> None:
        await parts.door.take([update_] * 3)
        await settled(parts)
        assert parts.worker.counts["turns"] == 1
        assert told(town, alice) == {"kind": "person"}
        assert sum(sight.by_bot for sight in alice.home.messages) == 2

    lived(town, life)


def test_a_command_in_the_middle_loses_no_place() -> None:
    """Help asked for at a question changes no answer, and the question can be answered after it."""
    town = Neighbourhood()
    alice = asked(town, "alice")

    async def life(parts: Parts) -> None:
        for words in ("个人", "/help"):
            alice.says(alice.home, words)
            await settled(parts)
        assert told(town, alice) == {"kind": "person"}
        alice.says(alice.home, "8000")
        await settled(parts)
        assert told(town, alice) == {"kind": "person", "current_line": 8000}

    lived(town, life)


def test_a_question_changes_its_language_and_stays() -> None:
    """Switched to English at a question, the same question stands there in English and takes its answer."""
    town = Neighbourhood()
    alice = asked(town, "alice")

    async def life(parts: Parts) -> None:
        for words in ("个人", "/language en"):
            alice.says(alice.home, words)
            await settled(parts)
        assert "Skip" in card(alice).labels
        alice.says(alice.home, "20k")
        await settled(parts)
        assert told(town, alice) == {"kind": "person", "current_line": 20000}

    lived(town, life)


def test_a_card_of_last_month_still_answers() -> None:
    """Pressed after a month of silence, the old card goes on from where the person was."""
    town = Neighbourhood()
    alice = asked(town, "alice")
    lived(town, _nothing)
    town.clock.advance(dt.timedelta(days=30).total_seconds())

    async def life(parts: Parts) -> None:
        alice.presses(card(alice), "个人")
        await settled(parts)
        assert told(town, alice) == {"kind": "person"}
        assert "5千以下" in card(alice).labels

    lived(town, life)
    assert open_promises(town) == 0


async def _nothing(_parts: Parts) -> None:
    """Nothing happens but what was left from before."""
