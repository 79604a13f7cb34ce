"""Forgetting and following: nothing stays of who asks for it, and everything goes along with a chat that moves."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, MetaData, select

from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.messages import Arrival, Reply, Text
from bot.dialogue.scene import Note
from bot.service.reception import take_next
from bot.store.conversations import (
    load_conversation,
    rename_conversation,
    save_conversation,
)
from bot.store.engine import open_store, reading, wipe_log, writing
from bot.store.erasing import forget_conversation
from bot.store.inbox import Letter, accept, mark_done, next_letter
from bot.store.journal import write_journal
from bot.store.outbox import Lease, due_promises, promise
from tests.journeys.walking import NOW, scene_now

CANARY = "canary-83a1"


def _lived(store: Engine, name: str, words: str) -> None:
    """Somebody with answers, a card, a journal, promises, a letter that was taken and one that waits."""
    answers = {words: Answer(value=words, at=NOW, source="said")}
    with writing(store) as connection:
        save_conversation(connection, Conversation(id=name, answers=answers, revision=3), NOW)
        write_journal(connection, name, words, 3, NOW, [Note("answer", words)])
        promise(connection, name, 3, [Reply(blocks=(Text(markup=words),), slot="card")], lease=Lease(words, 9))
        accept(connection, [_letter(name, number, words) for number in (1, 2)])
        waiting = next_letter(connection, name)
        assert waiting is not None
        assert mark_done(connection, waiting.id, 5)


def _letter(name: str, number: int, words: str) -> Letter:
    return Letter(name, number, Arrival(key=f"{name}/{number}", at=NOW, text=words), 0, number, words)


def _dump(store: Engine) -> dict[str, str]:
    """Everything that a database holds, table by table."""
    metadata = MetaData()
    with reading(store) as connection:
        metadata.reflect(connection)
        return {table.name: str(connection.execute(select(table)).all()) for table in metadata.sorted_tables}


def test_forgetting_leaves_no_trace(store: Engine) -> None:
    """After forgetting no table holds anything that was told, and what others told is untouched."""
    _lived(store, "tg:1", CANARY)
    _lived(store, "tg:2", "bystander")
    with reading(store) as connection:
        waiting = next_letter(connection, "tg:1")
    assert waiting is not None
    with writing(store) as connection:
        mark_done(connection, waiting.id, 6)
        forget_conversation(connection, "tg:1")
    dump = _dump(store)
    assert [name for name, rows in dump.items() if CANARY in rows or "'tg:1'" in rows] == []
    assert [name for name, rows in dump.items() if "bystander" in rows or "tg:2" in rows] == [
        "conversations",
        "inbox",
        "journal",
        "outbox",
    ]


def test_a_forgotten_key_is_known_still(store: Engine) -> None:
    """The platform's repeat of a letter that was taken and forgotten is not taken for a new one."""
    _lived(store, "tg:1", CANARY)
    with writing(store) as connection:
        forget_conversation(connection, "tg:1")
        assert accept(connection, [_letter("tg:1", 1, CANARY)]) == ()
        assert next_letter(connection, "tg:1") is not None


def test_no_byte_of_the_file_remembers(tmp_path: Path) -> None:
    """On a file, what was forgotten cannot be dug up from free pages or from the log beside it."""
    store = open_store(f"sqlite:///{tmp_path / 'limit-guide.db'}")
    _lived(store, "tg:1", CANARY)
    with writing(store) as connection:
        waiting = next_letter(connection, "tg:1")
        assert waiting is not None
        mark_done(connection, waiting.id, 6)
        forget_conversation(connection, "tg:1")
    wipe_log(store)
    assert [path.name for path in tmp_path.rglob("*.db*") if CANARY.encode() in path.read_bytes()] == []
    store.dispose()


def test_everything_follows_a_chat_that_moves(store: Engine) -> None:
    """Under its new number a chat has its answers, its promises, and its letters in order, and can go on."""
    _lived(store, "tg:-1", CANARY)
    _lived(store, "tg:-2", "newer life")
    with writing(store) as connection:
        rename_conversation(connection, "tg:-1", "tg:-2")
    with reading(store) as connection:
        moved = load_conversation(connection, "tg:-2")
        assert moved.id == "tg:-2"
        assert moved.answers[CANARY].value == CANARY
        assert [one.reply.blocks for one in due_promises(connection, "tg:-2")] == [(Text(markup=CANARY),)]
    taken = take_next(store, "tg:-2", scene_now(), "me")
    assert taken is not None
    assert taken.conversation == "tg:-2"
    with reading(store) as connection:
        assert load_conversation(connection, "tg:-2").revision == moved.revision + 1
    dump = _dump(store)
    assert [name for name, rows in dump.items() if "'tg:-1'" in rows or '"tg:-1"' in rows] == []


def test_moving_again_changes_nothing(store: Engine) -> None:
    """The platform may tell of a move twice, once on each side: the second time nothing is lost."""
    _lived(store, "tg:-1", CANARY)
    for _ in range(2):
        with writing(store) as connection:
            rename_conversation(connection, "tg:-1", "tg:-2")
    with reading(store) as connection:
        assert load_conversation(connection, "tg:-2").answers[CANARY].value == CANARY
