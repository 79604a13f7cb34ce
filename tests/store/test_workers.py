"""Many workers at one store: a letter is taken once, a promise is one worker's, and who is late changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, event

from bot.channels.telegram.joining import worker_name
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Arrival, Button, Reply, Text
from bot.dialogue.scene import Scene, Turn
from bot.dialogue.turn import take_turn
from bot.service import reception, settling
from bot.service.reception import take_next
from bot.settings import Settings
from bot.store.conversations import load_conversation, save_conversation
from bot.store.engine import open_store, reading, writing
from bot.store.erasing import forget_conversation
from bot.store.inbox import Letter, accept, all_taken, mark_done, next_letter, unfinished
from bot.store.outbox import (
    Lease,
    due_promises,
    free_leases,
    keep_promise,
    lease_promises,
    promise,
    put_off,
    settle_card,
)
from tests.journeys.walking import NOW, scene_now
from tests.store.postgresql import Server

WHO = "tg:1"
WORKERS = 4


def _letter(number: int, **said: object) -> Letter:
    return Letter(WHO, number, Arrival(key=f"u{number}", at=NOW, **said), 0, number)


def _card(words: str) -> Reply:
    return Reply(blocks=(Text(markup=words),), slot="card")


def _promised(store: Engine, *replies: Reply, lease: Lease | None = None) -> tuple[int, ...]:
    with writing(store) as connection:
        save_conversation(connection, Conversation(id=WHO, revision=1), NOW)
        return promise(connection, WHO, 1, replies, lease=lease)


def _leased(store: Engine, owner: str, now_ms: int, until_ms: int) -> list[int]:
    with writing(store) as connection:
        return [one.id for one in lease_promises(connection, WHO, Lease(owner, until_ms), now_ms)]


def _together(work: Callable[[int], object]) -> list[object]:
    """Let all workers begin at the same moment; what each of them got."""
    barrier = threading.Barrier(WORKERS)

    def one(number: int) -> object:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(one, range(WORKERS)))


def test_letters_that_come_to_all_are_kept_once(store: Engine) -> None:
    """The same letters handed to every worker at once are new to exactly one of them each, and kept in order."""
    letters = [_letter(number, text=str(number)) for number in range(1, 9)]

    def take_in(number: int) -> int:
        fresh = 0
        for letter in letters if number % 2 else letters[::-1]:
            with writing(store) as connection:
                fresh += len(accept(connection, [letter]))
        return fresh

    assert sum(_together(take_in)) == len(letters)
    found = []
    with writing(store) as connection:
        while (waiting := next_letter(connection, WHO)) is not None:
            found.append(waiting.letter.number)
            assert mark_done(connection, waiting.id, 1)
            assert not mark_done(connection, waiting.id, 2)
    assert found == list(range(1, 9))


def test_every_letter_gets_one_turn_in_order(store: Engine) -> None:
    """Workers that fall over one chat's letters together take each once, each upon the one before."""
    scene = scene_now()
    with writing(store) as connection:
        accept(connection, [_letter(1, command="start", locale="zh"), *(_letter(n, text="你好") for n in range(2, 8))])

    def take_all(number: int) -> list[int]:
        taken = []
        while (one := take_next(store, WHO, scene, f"worker {number}")) is not None:
            taken.append(one.turn.conversation.revision)
        return taken

    revisions = sorted(one for taken in _together(take_all) for one in taken)
    with reading(store) as connection:
        last = load_conversation(connection, WHO)
    assert revisions == list(range(1, 8))
    assert last.revision == 7


def test_two_workers_never_lease_the_same(store: Engine) -> None:
    """Of workers that reach for a chat's promises at the same moment one gets all of them, the others none."""
    numbers = _promised(store, _card("a"), _card("b"), _card("c"))
    shares = _together(lambda number: _leased(store, f"worker {number}", 100, 200))
    won = [share for share in shares if share]
    assert won in ([], [list(numbers)])  # none, when each locked a part: then all let go and try again
    assert _leased(store, "late", 150, 300) == ([] if won else list(numbers))


def test_a_locked_promise_is_left_alone(postgresql_store: Engine) -> None:
    """Where another worker is at this moment changing a chat's promises, nobody waits for it and nobody leases."""
    _promised(postgresql_store, _card("a"), _card("b"))
    with writing(postgresql_store) as busy:
        assert lease_promises(busy, WHO, Lease("busy", 200), 100)
        assert _leased(postgresql_store, "idle", 100, 200) == []
    assert _leased(postgresql_store, "idle", 150, 300) == []
    assert len(_leased(postgresql_store, "idle", 200, 300)) == 2


def test_a_paused_workers_lease_is_lost_safely(store: Engine) -> None:
    """Who wakes up after its lease has gone to another marks nothing, shows no card and gives nothing back."""
    (number,) = _promised(store, _card("a"), lease=Lease("paused", 100))
    assert _leased(store, "other", 99, 300) == []
    assert _leased(store, "other", 101, 300) == [number]
    settling.kept(store, WHO, number, "paused", card=77)
    settling.given_back(store, WHO, "paused", 10_000)
    with reading(store) as connection:
        (still,) = due_promises(connection, WHO)
    assert (still.id, still.card, still.attempts) == (number, None, 0)
    assert _leased(store, "third", 299, 400) == []
    settling.kept(store, WHO, number, "other", card=78)
    with writing(store) as connection:
        assert not keep_promise(connection, number, "paused")
        assert all_taken(connection)
        promise(connection, WHO, 2, [_card("b")])
        assert due_promises(connection, WHO)[0].card == 78


def test_a_late_commit_is_refused(store: Engine) -> None:
    """A turn decided on a revision that is not the present one changes nothing, even where all is forgotten."""
    old = Conversation(id=WHO, revision=4)
    with writing(store) as connection:
        save_conversation(connection, old, NOW)
        assert save_conversation(connection, old.but(revision=5), NOW, over=4)
        assert not save_conversation(connection, old.but(revision=5, goal="assess"), NOW, over=4)
        assert load_conversation(connection, WHO).goal is None
        forget_conversation(connection, WHO)
        assert not save_conversation(connection, old.but(revision=6), NOW, over=5)
        assert load_conversation(connection, WHO).revision == 0


def test_a_press_proves_the_card(store: Engine) -> None:
    """A press on a card whose sending was never marked settles its promise and shows it as the card, once."""
    card = _card("a").model_copy(update={"buttons": ((Button(label="a", action="goal:assess"),),)})
    _promised(store, card, lease=Lease("gone", 100))
    with writing(store) as connection:
        assert not settle_card(connection, WHO, 1, 44, "helped:yes:x")
        assert settle_card(connection, WHO, 1, 55, "goal:assess")
        assert not settle_card(connection, WHO, 1, 66, "goal:assess")
        assert due_promises(connection, WHO) == ()
        promise(connection, WHO, 2, [_card("b")])
        assert due_promises(connection, WHO)[0].card == 55


def test_a_quick_press_edits_its_card(store: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pressed before its delivery is written down, and written down while the turn is decided, it is the card still."""
    with writing(store) as connection:
        accept(connection, [_letter(1, command="start", locale="zh")])
    first = take_next(store, WHO, scene_now(), "me")
    assert first is not None
    (promised,) = first.promises

    def decided(who: Conversation, arrival: Arrival, scene: Scene) -> Turn:
        settling.kept(store, WHO, promised.id, "me", card=55)
        return take_turn(who, arrival, scene)

    monkeypatch.setattr(reception, "take_turn", decided)
    with writing(store) as connection:
        accept(connection, [_letter(2, action="consent:yes", revision=1)._replace(message=55)])
    second = take_next(store, WHO, scene_now(), "me")
    assert second is not None
    assert second.promises[0].edits == 55


def test_a_worker_frees_what_was_its_own(store: Engine) -> None:
    """After a restart a worker finds its own promises at once, and leaves those of others until their time."""
    _promised(store, _card("a"), lease=Lease("mine", 10**6))
    with writing(store) as connection:
        promise(connection, "tg:2", 1, [_card("b")], lease=Lease("theirs", 10**6))
        assert unfinished(connection, 5, 5) == ()
        free_leases(connection, "mine")
        assert unfinished(connection, 5, 5) == (WHO,)
        free_leases(connection)
        assert set(unfinished(connection, 5, 5)) == {WHO, "tg:2"}


def test_what_is_put_off_waits_for_its_time(store: Engine) -> None:
    """A chat that may not be written to now is left alone until then, and its first promise counts the attempt."""
    _promised(store, _card("a"), _card("b"), lease=Lease("mine", 100))
    with writing(store) as connection:
        put_off(connection, WHO, "mine", 5_000)
        assert unfinished(connection, 4_999, 4_999) == ()
        assert lease_promises(connection, WHO, Lease("other", 9_000), 4_999) == ()
        assert [one.attempts for one in lease_promises(connection, WHO, Lease("other", 9_000), 5_000)] == [1, 0]


@pytest.mark.parametrize("listen", ["0.0.0.0:8443", "[2001:db8:85a3:8d3:1319:8a2e:370:7348]:8443"])
def test_workers_of_a_fleet_have_names_of_their_own(listen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Machines whose long names begin alike are different workers, and each is the same again after a restart."""
    settings = Settings(bot_token=SecretStr("1:x"), webhook_url="https://example.org/hook", webhook_listen=listen)
    names = []
    for host in ("limit-guide-6d4b75cb6d-abcde", "limit-guide-6d4b75cb6d-vwxyz", "limit-guide-6d4b75cb6d-abcde"):
        monkeypatch.setattr("socket.gethostname", lambda host=host: host)
        names.append(worker_name(settings))
    assert names[0] == names[2] != names[1]
    assert max(map(len, names)) <= 40


@pytest.fixture
def postgresql_store(postgresql: Server) -> Iterator[Engine]:
    """A store on the server only."""
    engine = open_store(postgresql.furnished())
    yield engine
    engine.dispose()


def test_a_store_that_is_listened_to_takes_letters_lightly(store: Engine) -> None:
    """A turn in one transaction goes the same way where somebody hears every statement, as tests of faults do."""
    heard: list[str] = []
    event.listen(store, "before_cursor_execute", lambda *told: heard.append(told[2]))
    letter = Letter(WHO, 1, Arrival(key="u1", at=NOW, command="start", locale="zh"), 0, 1)
    taken = reception.take_lightly(store, letter, scene_now(), "me")
    assert isinstance(taken, reception.Taken)
    assert any("outbox" in words.lower() for words in heard)
    assert reception.take_lightly(store, letter, scene_now(), "me") == "taken"


def test_what_is_out_of_the_door_is_not_leased_again(store: Engine) -> None:
    """An edit that went out and waits to be marked is marked when its chat's promises are leased, not carried twice."""
    out, waiting = _promised(store, _card("a"), _card("b"), lease=Lease("me", 100))
    leased = settling.leased(store, WHO, Lease("me", 300), 50, [out])
    assert [promise.id for promise in leased] == [waiting]
