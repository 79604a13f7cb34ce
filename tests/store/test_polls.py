"""Polls of groups are kept with their votes alone, on both databases."""

from __future__ import annotations

from bot.store.engine import open_store, writing
from bot.store.polls import Votes, count_votes, keep_poll, poll_named

GROUP = "tg:-100"


def test_votes_are_kept_newest_and_closed_for_good(address: str) -> None:
    """The newest votes of our polls count, what is closed stays so, and the newest poll of a name is the one meant."""
    store = open_store(address)
    with writing(store) as connection:
        keep_poll(connection, GROUP, "a", "plans", 5)
        keep_poll(connection, GROUP, "a", "plans", 5)
        assert count_votes(connection, {"a": Votes((1, 0)), "stranger": Votes((9, 9))}) == 1
        assert count_votes(connection, {"a": Votes((2, 1), closed=True)}) == 1
        assert count_votes(connection, {"a": Votes((1, 1))}) == 0
        kept = poll_named(connection, GROUP, "plans")
        assert kept == ("plans", 5, Votes((2, 1), closed=True))
        keep_poll(connection, GROUP, "b", "plans", 6)
        newest = poll_named(connection, GROUP, "plans")
        assert newest == ("plans", 6, Votes())
        assert poll_named(connection, "tg:-200", "plans") is None
    store.dispose()


def test_of_many_polls_the_oldest_go(address: str) -> None:
    """A group's two hundred newest polls are kept, and those of other groups are left alone."""
    store = open_store(address)
    with writing(store) as connection:
        keep_poll(connection, "tg:-200", "other", "other", 1)
        for number in range(203):
            keep_poll(connection, GROUP, f"p{number}", f"name{number}", number + 1)
        assert poll_named(connection, GROUP, "name2") is None
        assert poll_named(connection, GROUP, "name3") is not None
        assert poll_named(connection, "tg:-200", "other") is not None
    store.dispose()
