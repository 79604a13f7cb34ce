"""Addresses of databases: what is right opens, what is wrong is told in one line that holds no password."""

from __future__ import annotations

import sys

import pytest
from sqlalchemy import Engine

from bot.store.engine import open_store
from bot.store.schema import UnusableStoreError
from tests.store.postgresql import Server


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_server_may_be_named_in_the_usual_ways(postgresql: Server, scheme: str) -> None:
    """Providers write the address of a server in several ways; all lead to the same driver."""
    store: Engine = open_store(postgresql.furnished().replace("postgresql+psycopg", scheme))
    assert store.dialect.driver == "psycopg"
    store.dispose()


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without psycopg the line says how to get it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UnusableStoreError, match=r"psycopg is not installed; pip install 'limit-guide\[postgres\]'"):
        open_store("postgresql://me:hunter2@127.0.0.1:1/x")


def test_a_refused_login_is_told_without_the_password(postgresql: Server) -> None:
    """What the server says is passed on in one line, and the password is not."""
    address = postgresql.fresh().replace("postgres@", "nobody:hunter2@")
    with pytest.raises(UnusableStoreError, match=r"it cannot be opened: .*nobody") as told:
        open_store(address)
    assert "\n" not in str(told.value)
    assert "hunter2" not in str(told.value)
