"""The vault: nobody's words lie readable on disk, keys rotate, and an erased person's copies stay shut for good."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.messages import Arrival, Reply, Text
from bot.service.reception import receive
from bot.store.conversations import (
    load_conversation,
    rename_conversation,
    save_conversation,
)
from bot.store.engine import open_store, writing
from bot.store.erasing import forget_conversation
from bot.store.inbox import Letter, accept, next_letter
from bot.store.outbox import due_promises, promise
from bot.store.vault import SealedError, keep_sealed, wrap_anew
from tests.journeys.walking import NOW, scene_now

PLANTED = "739114"
WHO = Conversation(
    id="tg:1", consent_at=NOW, answers={"current_line": Answer(value=float(PLANTED), at=NOW, source="said")}, revision=3
)


def _filled(path: Path, *secrets: str) -> Engine:
    store = open_store(f"sqlite:///{path}")
    keep_sealed(store, secrets)
    with writing(store) as connection:
        save_conversation(connection, WHO, NOW)
        accept(connection, [Letter("tg:1", 7, Arrival(key="k", at=NOW, text=PLANTED), 5, 9)])
        promise(connection, "tg:1", 3, [Reply(blocks=(Text(markup=f"your line is {PLANTED}"),))])
    return store


def _told(store: Engine) -> tuple[object, ...]:
    with writing(store) as connection:
        letter = next_letter(connection, "tg:1")
        assert letter is not None
        return (
            load_conversation(connection, "tg:1"),
            letter.letter.arrival.text,
            due_promises(connection, "tg:1")[0].reply,
        )


def test_no_word_lies_readable_on_disk(tmp_path: Path) -> None:
    """State, letters and promises are sealed in every byte of the file, and come back as they were."""
    store = _filled(tmp_path / "s.db", "secret")
    conversation, said, reply = _told(store)
    assert conversation == WHO
    assert said == PLANTED
    assert PLANTED in str(reply)
    store.dispose()
    assert not [path for path in tmp_path.iterdir() if PLANTED.encode() in path.read_bytes()]


def test_without_a_secret_words_are_plain_and_are_sealed_when_saved_next(tmp_path: Path) -> None:
    """A secret may be set later: what is there can be read, and what is saved from then on is sealed."""
    store = _filled(tmp_path / "s.db")
    assert PLANTED in str(_told(store))
    keep_sealed(store, ["secret"])
    assert _told(store)[0] == WHO
    with writing(store) as connection:
        save_conversation(connection, WHO.but(revision=4), NOW)
        assert connection.scalar(text("SELECT state FROM conversations")).startswith("~1")


def test_secrets_rotate(tmp_path: Path) -> None:
    """With the new secret in front both open; after wrapping anew the old one can go."""
    before = _told(_filled(tmp_path / "s.db", "old"))
    store = open_store(f"sqlite:///{tmp_path / 's.db'}")
    keep_sealed(store, ["new", "old"])
    assert _told(store) == before
    with writing(store) as connection:
        assert wrap_anew(connection) == 1
    keep_sealed(store, ["new"])
    assert _told(store) == before


@pytest.mark.parametrize("secrets", [[], ["another"]])
def test_a_wrong_or_missing_secret_is_said_at_the_start(tmp_path: Path, secrets: list[str]) -> None:
    """Nobody is met as a newcomer because a setting was forgotten."""
    _filled(tmp_path / "s.db", "secret")
    with pytest.raises(SealedError, match="SECRET_KEY"):
        keep_sealed(open_store(f"sqlite:///{tmp_path / 's.db'}"), secrets)


def test_an_erased_persons_copies_stay_shut(tmp_path: Path) -> None:
    """Once the key has gone, rows that come back from an old copy cannot be opened by any secret."""
    store = _filled(tmp_path / "s.db", "secret")
    with writing(store) as connection:
        copy = connection.scalar(text("SELECT state FROM conversations"))
        forget_conversation(connection, "tg:1")
        assert not connection.scalar(text("SELECT count(*) FROM conversations"))
        letter = next_letter(connection, "tg:1")
        assert letter is not None
        assert letter.letter.arrival.text == PLANTED  # it waits for its turn, under a key of its own
        connection.execute(
            text(
                "INSERT INTO conversations (id, state, revision, updated_at) VALUES ('tg:1', :state, 3, '2026-01-01')"
            ),
            {"state": copy},
        )
        with pytest.raises(SealedError):
            load_conversation(connection, "tg:1")


def test_words_of_another_row_or_changed_ones_do_not_open(tmp_path: Path) -> None:
    """Sealed words are bound to whose they are."""
    store = _filled(tmp_path / "s.db", "secret")
    with writing(store) as connection:
        save_conversation(connection, WHO.but(id="tg:2"), NOW)
        connection.execute(
            text(
                "UPDATE conversations SET state = (SELECT state FROM conversations WHERE id = 'tg:1') WHERE id = 'tg:2'"
            )
        )
        with pytest.raises(SealedError):
            load_conversation(connection, "tg:2")


def test_a_chat_that_moves_takes_its_key_along(tmp_path: Path) -> None:
    """Under its new number everything still opens."""
    store = _filled(tmp_path / "s.db", "secret")
    with writing(store) as connection:
        rename_conversation(connection, "tg:1", "tg:-100")
        assert load_conversation(connection, "tg:-100") == WHO.but(id="tg:-100")
        assert next_letter(connection, "tg:-100") is not None
        assert PLANTED in str(due_promises(connection, "tg:-100"))


def test_a_whole_talk_leaves_no_plain_word(tmp_path: Path) -> None:
    """Through reception, as a door would."""
    store = open_store(f"sqlite:///{tmp_path / 's.db'}")
    keep_sealed(store, ["secret"])
    for number, told in enumerate(({"command": "start"}, {"action": "consent:yes"}, {"action": "age:adult"})):
        receive(store, "one", Arrival(key=str(number), at=NOW, **told), scene_now())
    receive(store, "one", Arrival(key="goal", at=NOW, action="goal:assess"), scene_now())
    receive(store, "one", Arrival(key="kind", at=NOW, action="pick:kind:0"), scene_now())
    receive(store, "one", Arrival(key="line", at=NOW, text=PLANTED), scene_now())
    with writing(store) as connection:
        assert load_conversation(connection, "one").answers["current_line"].value == float(PLANTED)
    store.dispose()
    assert not [path for path in tmp_path.iterdir() if PLANTED.encode() in path.read_bytes()]
