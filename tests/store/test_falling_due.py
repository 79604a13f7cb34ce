"""What falls due: one letter for each moment however many call, taken back at a word, and gone with its person."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import Engine, func, select

from bot.dialogue.conversation import Conversation
from bot.dialogue.followed import Checkin, Following
from bot.dialogue.following_card import CHECKIN
from bot.dialogue.messages import Arrival, Reply, Text
from bot.dialogue.scene import Scene
from bot.service import settling
from bot.service.errands import let_go, to_do
from bot.service.reception import receive, set_aside, take_next
from bot.store.conversations import load_conversation, save_conversation
from bot.store.engine import reading, writing
from bot.store.falling_due import anything_due, call_in
from bot.store.inbox import Letter, accept
from bot.store.outbox import due_promises, promise
from bot.store.tables import CONVERSATIONS, INBOX, METADATA, OUTBOX
from tests.journeys.walking import NOW, scene_now

WHO = "tg:1"
WORKERS = 4
HOUR = dt.timedelta(hours=1)


def _scene(now: dt.datetime = NOW) -> Scene:
    return replace(scene_now(), now=now)


def _follows(store: Engine, name: str = WHO, due: dt.datetime = NOW) -> Conversation:
    """Somebody who has asked to be reminded, kept in the store."""
    checkin = Checkin(day=21, hour=10, due=due)
    following = Following(checkin=checkin)
    who = Conversation(id=name, consent_at=NOW, adult=True, revision=1, following=following)
    with writing(store) as connection:
        assert save_conversation(connection, who, NOW)
    return who


def _kept(store: Engine, name: str = WHO) -> Conversation:
    """What is kept of somebody."""
    with reading(store) as connection:
        return load_conversation(connection, name)


def _count(store: Engine, table: str) -> int:
    with reading(store) as connection:
        return connection.scalar(select(func.count()).select_from(METADATA.tables[table])) or 0


def test_what_is_due_is_called_in_once_by_whoever_comes_first(store: Engine) -> None:
    """Four workers at the same moment, again and again: one letter each for fifty people, and none is left out."""
    names = [f"tg:{number}" for number in range(1, 51)]
    for name in names:
        _follows(store, name)
    barrier = threading.Barrier(WORKERS)

    def work(_number: int) -> list[str]:
        barrier.wait()
        called: list[str] = []
        for _ in range(4):
            with writing(store) as connection:
                called += call_in(connection, NOW)
        return called

    with ThreadPoolExecutor(WORKERS) as pool:
        called = [name for names_ in pool.map(work, range(WORKERS)) for name in names_]
    assert sorted(called) == sorted(names)
    assert _count(store, "inbox") == len(names)
    with reading(store) as connection:
        assert not anything_due(connection, round(NOW.timestamp() * 1000))


def test_its_turn_asks_once_and_plans_the_next(store: Engine) -> None:
    """The letter's turn promises one question and plans the next month's in the same transaction; then all is quiet."""
    _follows(store)
    assert to_do(store, NOW - HOUR, 0) == ()
    assert to_do(store, NOW, 0) == (WHO,)
    taken = take_next(store, WHO, _scene(), "me")
    assert taken is not None
    (asked,) = taken.turn.replies
    assert asked.slot == CHECKIN
    assert take_next(store, WHO, _scene(), "me") is None
    with reading(store) as connection:
        due = connection.scalar(select(CONVERSATIONS.c.due_at).where(CONVERSATIONS.c.id == WHO))
    after = _kept(store)
    assert after.due_at is not None
    assert after.due_at > NOW
    assert due == round(after.due_at.timestamp() * 1000)


def test_a_turn_that_came_between_does_not_bring_it_twice(store: Engine) -> None:
    """A press that is saved after the letter was put in, with the old moment, leads to no second letter."""
    who = _follows(store)
    assert to_do(store, NOW, 0) == (WHO,)
    with writing(store) as connection:
        save_conversation(connection, who.but(revision=2), NOW, over=1)
    to_do(store, NOW, 0)
    assert _count(store, "inbox") == 1
    assert take_next(store, WHO, _scene(), "me") is not None
    assert take_next(store, WHO, _scene(), "me") is None


def test_terminals_and_groups_are_not_called(store: Engine) -> None:
    """Nobody can knock at a terminal, and a group is never asked; both change nothing and cost no writing."""
    for name in ("console", "tg:-100123"):
        _follows(store, name)
    with reading(store) as connection:
        assert not anything_due(connection, round(NOW.timestamp() * 1000))
    assert to_do(store, NOW, 0) == ()
    assert _count(store, "inbox") == 0


def test_a_word_takes_back_what_is_on_its_way(store: Engine) -> None:
    """After "stop" the promised question is gone, and the postman who holds it already is told so."""
    _follows(store)
    to_do(store, NOW, 0)
    taken = take_next(store, WHO, _scene(), "one worker")
    assert taken is not None
    (question,) = taken.promises
    assert let_go(store, WHO, question, "one worker", NOW) == ""
    stop = Arrival(key="u9", at=NOW, action="unremind:")
    with writing(store) as connection:
        accept(connection, [Letter(WHO, 9, stop, 0, 9)])
    assert take_next(store, WHO, _scene(), "another worker") is not None
    assert let_go(store, WHO, question, "one worker", NOW) == "taken back"
    with reading(store) as connection:
        assert all(left.reply.slot != CHECKIN for left in due_promises(connection, WHO))


def test_the_terminal_takes_back_too(store: Engine) -> None:
    """The other way in keeps to the same rule."""
    _follows(store, "console")
    with writing(store) as connection:
        promise(connection, "console", 1, [Reply(blocks=(Text(markup="?"),), slot=CHECKIN)])
    receive(store, "console", Arrival(key="s", at=NOW, action="unremind:"), _scene())
    with reading(store) as connection:
        assert all(left.reply.slot != CHECKIN for left in due_promises(connection, "console"))


def test_what_comes_too_late_is_asked_the_next_day(store: Engine) -> None:
    """A promise past its evening is let go and told of in a letter, whose turn plans tomorrow's."""
    _follows(store)
    to_do(store, NOW, 0)
    taken = take_next(store, WHO, _scene(), "me")
    assert taken is not None
    night = NOW + 13 * HOUR
    assert let_go(store, WHO, taken.promises[0], "me", night) == "lapsed"
    assert let_go(store, WHO, taken.promises[0], "me", night) == "taken back"
    assert _count(store, "outbox") == 0
    again = take_next(store, WHO, _scene(night), "me")
    assert again is not None
    assert not again.turn.replies
    assert again.turn.conversation.due_at == NOW + 24 * HOUR


def test_whoever_cannot_be_reached_is_not_reminded_again(store: Engine) -> None:
    """A delivery at which nobody was there ends the reminders, in a turn of its own; others are left alone."""
    _follows(store)
    to_do(store, NOW, 0)
    taken = take_next(store, WHO, _scene(), "me")
    assert taken is not None
    settling.dropped(store, WHO, taken.promises[0].id, "me", round(NOW.timestamp() * 1000))
    gone = take_next(store, WHO, _scene(), "me")
    assert gone is not None
    assert gone.turn.conversation.following.checkin is None
    assert _kept(store).due_at is None
    settling.dropped(store, "tg:2", 99, "me", round(NOW.timestamp() * 1000))
    assert take_next(store, "tg:2", _scene(), "me") is None


@pytest.mark.parametrize("called", [False, True])
def test_erased_leaves_nothing_due(store: Engine, called: bool) -> None:
    """Whether its letter waits already or not: after erasing there is no row, no letter and no key with a name."""
    _follows(store)
    if called:
        to_do(store, NOW, 0)
    receive(store, WHO, Arrival(key="gone", at=NOW, action="erase:"), _scene())
    assert to_do(store, NOW + HOUR, 0) in {(), (WHO,)}
    assert take_next(store, WHO, _scene(NOW + HOUR), "me") is None
    with reading(store) as connection:
        assert connection.scalars(select(INBOX.c.key).where(INBOX.c.key.contains(WHO))).all() == []
        assert connection.scalars(select(CONVERSATIONS.c.id)).all() == []


def test_a_turn_that_fails_says_nothing_to_who_said_nothing(store: Engine) -> None:
    """A letter of ours that breaks is set aside in silence, and is not called in again at once."""
    _follows(store)
    to_do(store, NOW, 0)
    aside = set_aside(store, WHO, _scene(), "me")
    assert aside is not None
    assert not aside.promises
    to_do(store, NOW, 0)
    assert take_next(store, WHO, _scene(), "me") is None
    with reading(store) as connection:
        assert connection.scalar(select(func.count()).select_from(OUTBOX)) == 0
