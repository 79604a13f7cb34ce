"""The parts of a broadcast by themselves: its words, its people, its pace, and where a lost message may be."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.exc import IntegrityError

from bot.broadcast.promising import work_at_hand
from bot.broadcast.segments import WrongSegmentError, holds, read_segment
from bot.broadcast.tracing import suspected
from bot.broadcast.wording import MOST, Written, faults_of
from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.followed import Following, KeptStep
from bot.dialogue.messages import Reply, Text
from bot.service.errands import let_go
from bot.service.pacing import Pace
from bot.store import recipients
from bot.store.broadcasts import DRAFT, RUNNING, change_broadcast, draft_broadcast
from bot.store.conversations import newcomer, save_conversation
from bot.store.engine import reading, writing
from bot.store.outbox import Lease, due_promises, lease_promises, promise
from bot.store.recipients import Lost, Recipient, add_recipients, due_recipients, settle_recipient
from bot.store.tables_news import RECIPIENTS
from tests.journeys.walking import scene_now

NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
LONG_AGO = NOW - dt.timedelta(days=60)
AGREED = newcomer("tg:1").but(consent_at=LONG_AGO, adult=True, language="en")


@pytest.mark.parametrize(
    ("words", "language", "codes"),
    [
        ("帮助页更新了，打开 https://example.org 看看。", "zh", []),
        ("The help pages have changed.", "en", []),
        ("  ", "zh", ["missing"]),
        ("x" * (MOST + 1), "en", ["long"]),
        ("The help pages have changed.", "zh", ["script"]),
        ("帮助页更新了。", "en", ["script"]),
        ("See http://example.org", "en", ["link"]),
        ("See t.me/somebody", "en", ["link"]),
        ("限时优惠，立即借款。", "zh", ["advice"]),
        ("Your raise is guaranteed, borrow now.", "en", ["advice", "advice"]),
        ("没有人能保证提额，也不要急着借。", "zh", []),
    ],
)
def test_what_may_not_be_said_to_many(words: str, language: Written, codes: list[str]) -> None:
    """Missing, too long, in another language, with unsafe links, or with advice that nobody may give."""
    assert [fault.code for fault in faults_of(words, language, scene_now().library)] == codes


def _told(kind: str) -> Conversation:
    return AGREED.answered("kind", Answer(value=kind, at=NOW, source="pressed"))


WITH_PLAN = AGREED.but(following=Following(steps=(KeptStep(action="a", month=0),)))


@pytest.mark.parametrize(
    ("segment", "who", "held"),
    [
        ("all", AGREED, True),
        ("all", AGREED.but(consent_at=None), False),
        ("all", AGREED.but(consent_words=0), False),
        ("all", AGREED.but(adult=None), False),
        ("all", AGREED.but(adult=False), False),
        ("all", AGREED.but(quiet=True), False),
        ("all", AGREED.but(paused_by="distress"), False),
        ("language=en", AGREED, True),
        ("language=zh", AGREED, False),
        ("kind=business", _told("business"), True),
        ("kind=person", AGREED, False),
        ("product=jiebei", _told("person"), True),
        ("product=wangshang", _told("person"), False),
        ("plan=running", WITH_PLAN, True),
        ("plan=none", WITH_PLAN, False),
        ("seen=90d", AGREED, True),
        ("seen=30d", AGREED, False),
        ("away=30d", AGREED, True),
        ("away=90d", AGREED, False),
        ("language=en plan=none", AGREED, True),
    ],
)
def test_whom_a_segment_holds(segment: str, who: Conversation, held: bool) -> None:
    """Only grown-ups who agreed and did not decline, and of those whoever all of its codes fit."""
    assert read_segment(segment) == segment
    assert holds(segment, who, LONG_AGO, NOW) is held


@pytest.mark.parametrize("typed", ["income=high", "language=fr", "kind", "kind=person kind=business", "all; drop"])
def test_what_is_no_segment(typed: str) -> None:
    """Only known codes with known words count, each once: nobody's figures can be asked for."""
    with pytest.raises(WrongSegmentError):
        read_segment(typed)


def test_news_wait_for_what_all_else_leaves() -> None:
    """Thirty a second and a little less are news' where nothing else goes out; what talks take is missing to news."""
    alone, beside = Pace(), Pace()
    sent, talked = 0, 0
    for tick in range(20_000):
        now = tick / 1000
        sent += alone.wait(f"tg:{tick}", "news", now, group=False) == 0
        if tick % 50 == 0:
            talked += beside.wait(f"tg:1{tick}", "send", now, group=False) == 0
            beside.wait(f"tg:1{tick}", "edit", now, group=False)
        beside.wait(f"tg:{tick}", "news", now, group=False)
    assert 20 * 29 <= sent <= 20 * 29.7 + 21
    assert talked == 400


def test_a_lost_message_can_only_be_between_its_neighbours() -> None:
    """Numbers of other messages are left out; beyond the newest it is looked for only when nothing went out later."""
    one = Recipient(1, "tg:1", 0, 5, 100)
    passed = Lost(one, frozenset({101, 104, 106}), below=106, newest=99, moved=False, pressed=False)
    assert list(suspected(passed)) == [102, 103, 105]
    last = passed._replace(known=frozenset(), below=None)
    assert min(suspected(last)) == 101
    assert len(list(suspected(last))) == 32
    assert max(suspected(last._replace(newest=120))) == 152


def _set_up(store: Engine) -> int:
    with writing(store) as connection:
        save_conversation(connection, AGREED, NOW)
        number = draft_broadcast(connection, "terminal", 0)
        change_broadcast(connection, number, frozenset({DRAFT}), state=RUNNING)
        add_recipients(connection, number, [("tg:1", 0)] * 2, 0)
        add_recipients(connection, number, [("tg:1", 7)], 9)
    return number


def test_one_person_is_one_row(store: Engine) -> None:
    """Found twice, before and after a crash, somebody stays the one recipient that they were."""
    number = _set_up(store)
    with writing(store) as connection:
        assert [one.conversation for one in due_recipients(connection, number, 10, 10)] == ["tg:1"]
        row = {"broadcast": number, "conversation": "tg:1", "state": "waiting", "due_at": 0, "changed_at": 0}
        with pytest.raises(IntegrityError):
            connection.execute(insert(RECIPIENTS).values(**row))
        connection.rollback()


def test_what_was_begun_is_never_begun_again(store: Engine) -> None:
    """A promise goes out once; met again with no word of how that ended, it is taken out and looked for instead."""
    number, now_ms = _set_up(store), round(NOW.timestamp() * 1000)
    reply = Reply(blocks=(Text(markup="x"),), news=number, lapses=NOW + dt.timedelta(hours=1))
    with writing(store) as connection:
        (one,) = due_recipients(connection, number, 10, 10)
        (promised,) = promise(connection, "tg:1", 1, (reply,), lease=Lease("me", now_ms + 20_000))
        settle_recipient(connection, one.id, "waiting", "promised", now_ms, promise=promised)
        assert due_recipients(connection, number, 10, 10) == ()
        (waiting,) = due_promises(connection, "tg:1")
    assert let_go(store, "tg:1", waiting, "me", NOW) == ""
    assert let_go(store, "tg:1", waiting, "me", NOW) == "unsure"
    assert let_go(store, "tg:1", waiting, "me", NOW) == "taken back"
    with writing(store) as connection:
        assert lease_promises(connection, "tg:1", Lease("me", now_ms + 20_000), now_ms) == ()
        assert [lost.one.id for lost in recipients.lost_recipients(connection, number, now_ms, 9)] == [one.id]


def test_a_promise_finds_its_row_without_reading_all(store: Engine) -> None:
    """Every message of a broadcast looks for its row, among those of every broadcast before: there is an index."""
    server = store.dialect.name == "postgresql"
    with writing(store) as connection:
        if server:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        asked = "UPDATE recipients SET state = 'going' WHERE promise = 7"
        plan = connection.exec_driver_sql(" ".join(("EXPLAIN" if server else "EXPLAIN QUERY PLAN", asked))).all()
    assert "ix_recipients_promise" in str(plan)


def test_a_broadcast_is_handed_out_by_one(store: Engine) -> None:
    """Of two workers one has it, until its time is out; one that is alone takes over at once."""
    number = _set_up(store)
    assert [one.id for one in work_at_hand(store, "first", NOW, alone=False)] == [number]
    assert work_at_hand(store, "second", NOW, alone=False) == ()
    later = NOW + dt.timedelta(seconds=30)
    assert [one.id for one in work_at_hand(store, "second", later, alone=False)] == [number]
    assert [one.id for one in work_at_hand(store, "third", later, alone=True)] == [number]
    with reading(store) as connection:
        assert recipients.is_over(connection, number) is False
