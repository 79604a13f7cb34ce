"""A server's own files: sealed words stand in none of them at any time, and tables are free of whoever was erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from bot.dialogue.messages import Arrival
from bot.store.engine import open_store, writing
from bot.store.inbox import Letter, accept
from bot.store.retaining import drop_old_keys
from bot.store.vault import keep_sealed
from tests.journeys.walking import NOW
from tests.store.lives import ASKED, TYPED, WHO, Chat, lived
from tests.store.postgresql import Server, rented

LONG = tuple(value for value in (*TYPED.values(), ASKED) if len(value) >= 5)
"""Planted figures that hardly stand anywhere by chance."""


def _written_down(store: Engine, *, emptied: bool = False) -> None:
    """Let the server write to its files whatever it holds in memory, and leave deleted rows nowhere in its tables."""
    server = create_engine(store.url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        if emptied:
            connection.exec_driver_sql("VACUUM FULL")
        connection.exec_driver_sql("CHECKPOINT")
    server.dispose()


def _found(folder: Path, words: Iterable[str]) -> list[tuple[str, str]]:
    """Which of these words stand in which file."""
    found = []
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError, IsADirectoryError):  # a server makes and drops files of its own meanwhile
            content = path.read_bytes()
            found += [(path.name, word) for word in words if word.encode() in content]
    return found


def _erased(store: Engine, chat: Chat) -> None:
    chat.take(action="forget:")
    chat.take(action="erase:")
    drop_old_keys(store, NOW)


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server whose log of changes holds nothing of other tests."""
    with rented() as server:
        yield server


def test_sealed_words_stand_in_no_file_of_a_server(own_server: Server) -> None:
    """While somebody lives with the bot, and after they went, neither tables nor the log of changes hold a figure."""
    store = open_store(own_server.fresh())
    keep_sealed(store, ["secret"])
    chat = lived(store, "assess", "afford")
    with writing(store) as connection:
        accept(connection, [Letter(WHO, 9000, Arrival(key="late", at=NOW, text=ASKED), 0, 9000)])
    _written_down(store)
    assert _found(own_server.files, (WHO,))
    assert _found(own_server.files, LONG) == []
    chat.take(text="x")
    _erased(store, chat)
    _written_down(store, emptied=True)
    assert _found(own_server.files, LONG) == []
    store.dispose()


@pytest.mark.parametrize("secrets", [["secret"], []])
def test_tables_are_free_of_whoever_was_erased(postgresql: Server, secrets: list[str]) -> None:
    """Once the server has emptied its tables of deleted rows, nothing of the person stands in them, sealed or not.

    Its log of changes keeps bytes of older rows until it writes over them: that is why words ought to be sealed.
    """
    store = open_store(postgresql.furnished())
    keep_sealed(store, secrets)
    chat = lived(store, "afford")
    _written_down(store)
    own = postgresql.files / "base" / _number(store)
    assert _found(own, (WHO,))
    _erased(store, chat)
    _written_down(store, emptied=True)
    assert _found(own, (WHO, *LONG)) == []
    store.dispose()


def _number(store: Engine) -> str:
    """The folder of a database among the server's tables."""
    with store.connect() as connection:
        return str(
            connection.exec_driver_sql("SELECT oid FROM pg_database WHERE datname = current_database()").scalar()
        )
