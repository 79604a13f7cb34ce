"""The store: state, journal and promises stand or fall together, and forgetting leaves nothing."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.messages import Arrival, Button, Reply, Text
from bot.dialogue.scene import Note
from bot.service.postman import deliver
from bot.service.reception import receive
from bot.store.conversations import load_conversation, save_conversation
from bot.store.engine import open_store
from bot.store.journal import seen_before, write_journal
from bot.store.outbox import due_promises, promise
from tests.journeys.walking import NOW, scene_now


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Nobody else on the machine can read the answers."""
    path = tmp_path / "house" / "limit-guide.db"
    open_store(f"sqlite:///{path}").dispose()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_conversation_comes_back_as_it_was_saved(store: Engine) -> None:
    """Loading gives exactly what was saved, the order of answers included."""
    answers = {name: Answer(value=1.5, at=NOW, source="said") for name in ("b", "a", "c")}
    saved = Conversation(id="one", goal="assess", consent_at=NOW, adult=True, answers=answers, revision=7)
    with store.begin() as connection:
        save_conversation(connection, saved, NOW)
    with store.begin() as connection:
        loaded = load_conversation(connection, "one")
    assert loaded == saved
    assert list(loaded.answers) == ["b", "a", "c"]


def test_a_newcomers_seed_is_stable(store: Engine) -> None:
    """The same name gets the same seed, so that equal answers give equal figures."""
    with store.begin() as connection:
        assert load_conversation(connection, "x").seed == load_conversation(connection, "x").seed
        assert load_conversation(connection, "x").seed != load_conversation(connection, "y").seed


@given(keys=st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=20, unique=True))
@settings(max_examples=20)
def test_an_arrival_is_seen_once_it_is_written(keys: list[str]) -> None:
    """A key is new until its turn is in the journal, in its own conversation only."""
    store = open_store("sqlite://")
    with store.begin() as connection:
        for number, key in enumerate(keys):
            assert not seen_before(connection, "one", key)
            write_journal(connection, "one", key, number, NOW, [Note("answer", "kind")])
            assert seen_before(connection, "one", key)
            assert not seen_before(connection, "two", key)
    store.dispose()


def test_promises_are_kept_in_order_and_once(store: Engine) -> None:
    """Replies leave in the order they were promised, and leave no copy behind."""
    replies = [Reply(blocks=(Text(markup=str(n)),), buttons=((Button(label="x", action="y"),),)) for n in range(3)]
    with store.begin() as connection:
        promise(connection, "one", 1, replies)
    out: list[Reply] = []
    assert deliver(store, "one", out.append) == tuple(replies)
    assert out == replies
    assert deliver(store, "one", out.append) == ()


def test_a_door_that_breaks_loses_no_promise(store: Engine) -> None:
    """What was not delivered is promised still."""
    with store.begin() as connection:
        promise(connection, "one", 1, [Reply(blocks=(Text(markup=str(n)),)) for n in range(3)])
    seen: list[Reply] = []

    def door(reply: Reply) -> None:
        if len(seen) == 1:
            raise OSError("the pipe is broken")
        seen.append(reply)

    with pytest.raises(OSError, match="broken"):
        deliver(store, "one", door)
    with store.begin() as connection:
        assert len(due_promises(connection, "one")) == 2


def test_the_same_arrival_is_taken_in_once(store: Engine) -> None:
    """A repeated key changes nothing and promises nothing."""
    arrival = Arrival(key="k1", at=NOW, command="start", locale="zh")
    assert receive(store, "one", arrival, scene_now()) is not None
    deliver(store, "one", lambda _reply: None)
    with store.begin() as connection:
        before = load_conversation(connection, "one")
    assert receive(store, "one", arrival, scene_now()) is None
    with store.begin() as connection:
        assert load_conversation(connection, "one") == before
        assert due_promises(connection, "one") == ()


def test_the_journal_holds_no_words_and_no_figures(store: Engine) -> None:
    """What a person types stands nowhere in the journal."""
    for key, line in enumerate(["/start", "consent:yes", "age:adult", "goal:assess", "pick:kind:0"]):
        command = line[1:] if line.startswith("/") else None
        action = None if command else line
        receive(store, "one", Arrival(key=str(key), at=NOW, command=command, action=action), scene_now())
    receive(store, "one", Arrival(key="figure", at=NOW, text="73911"), scene_now())
    with store.begin() as connection:
        rows = connection.execute(text("select kind, detail from journal")).all()
    assert any(row.kind == "answer" and row.detail.split()[0] == "current_line" for row in rows)
    assert not any("73911" in f"{row.kind} {row.detail}" for row in rows)
