"""Erasing: the export holds every value that is kept, and once somebody asks for it no table and no file holds any."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel
from sqlalchemy import Column, Connection, Engine, String, insert, select

from bot.dialogue.conversation import Answer, Conversation, Doubt, Report
from bot.dialogue.messages import Arrival, Reply, Text
from bot.service.reception import receive, take_next
from bot.store.conversations import load_conversation, save_conversation
from bot.store.engine import open_store, reading, writing
from bot.store.erasing import personal_tables
from bot.store.inbox import Letter, accept
from bot.store.keeping import back_up, keys_beside, restore
from bot.store.outbox import keep_promise
from bot.store.retaining import drop_old_keys
from bot.store.tables import CONVERSATIONS, INBOX, JOURNAL, OUTBOX, PERSON_KEYS, Moment
from bot.store.vault import keep_sealed, sealed
from tests.journeys.walking import NOW, scene_now
from tests.store.lives import ASKED, TYPED, WHO, Chat, dump, hits, lived, papers


@pytest.fixture(params=["sealed", "open"])
def house(request: pytest.FixtureRequest, address: str) -> Iterator[Engine]:
    """A store on each database, with and without a secret."""
    store = open_store(address)
    keep_sealed(store, ["secret"] if request.param == "sealed" else [])
    yield store
    store.dispose()


def test_a_whole_life_is_exported_and_erased(house: Engine, tmp_path: Path) -> None:
    """Whoever lived through everything takes every figure along, and leaves none behind when they go."""
    chat = lived(house, "assess", "plan", "afford", "cost", "diagnose")
    told = {name: TYPED[name] for name in TYPED if name in chat.known().answers}
    assert len(told) >= 3
    assert chat.known().due_at is not None
    for text in papers(chat.take(action="export:")).values():
        assert [figure for figure in told.values() if figure not in text] == []
    assert chat.take(action="forget:").conversation.answers
    chat.take(action="erase:", delivered=False)
    assert hits(house, tmp_path, *told.values(), ASKED) == []
    chat.get()
    drop_old_keys(house, NOW)
    assert hits(house, tmp_path, *told.values(), ASKED, WHO) == []


def test_every_column_is_exported_and_erased(house: Engine, tmp_path: Path) -> None:
    """A word planted in every field of the state and every column of every table is in both files, and then nowhere."""
    planted = _planted_everywhere(house)
    turn = receive(house, WHO, Arrival(key="x1", at=NOW, action="export:"), scene_now())
    assert turn is not None
    for form, text in papers(turn).items():
        assert [word for word in planted if word not in text] == [], form
    receive(house, WHO, Arrival(key="x2", at=NOW, action="erase:"), scene_now())
    with writing(house) as connection:
        for number in connection.scalars(select(OUTBOX.c.id)).all():
            keep_promise(connection, number)
    drop_old_keys(house, NOW)
    assert hits(house, tmp_path, *planted, WHO) == []


def _planted_everywhere(store: Engine) -> list[str]:
    """Plant a word of its own in every place; returns them."""
    words = [f"canary-{number:03}-x" for number in range(200)]
    fresh = iter(words)
    who = Conversation(
        id=WHO,
        consent_at=NOW,
        adult=True,
        answers={
            name: Answer(value=next(fresh), at=NOW, source="said") for name in (*scene_now().library.questions, "gone")
        },
        doubt=Doubt(question="current_line", value=next(fresh), read_as=next(fresh)),
        target=7391146.0,
        lines=(Report(at=NOW, line=6174317.0),),
        revision=3,
    )
    with writing(store) as connection:
        save_conversation(connection, who, NOW)
        for table, _ in personal_tables():
            if table not in {CONVERSATIONS, PERSON_KEYS}:
                row = {column.name: _value(connection, column, fresh) for column in table.c}
                connection.execute(insert(table).values(row))
    return [*words[: words.index(next(fresh))], "7391146", "6174317"]


def _value(connection: Connection, column: Column[object], fresh: Iterator[str]) -> object:
    """A value for a column: whose row it is, a moment, a number, or a word nobody else has, inside JSON if need be."""
    if column.name == "conversation":
        return WHO
    if isinstance(column.type, Moment):
        return NOW
    if not isinstance(column.type, String) or (column.table is INBOX and column.name == "key"):
        return 7  # the key is the platform's own number for a letter, and stays
    word = next(fresh)
    documents: dict[str, BaseModel] = {
        "reply": Reply(blocks=(Text(markup=word),)),
        "arrival": Arrival(key="k", at=NOW, text=word),
    }
    if column.name in documents:
        return sealed(connection, WHO, documents[column.name].model_dump_json(exclude_defaults=True))
    return word


def test_a_sealed_house_shows_no_figure(address: str, tmp_path: Path) -> None:
    """With a secret neither a table nor a byte of any file shows a figure, even while an export waits for delivery."""
    store = open_store(address)
    keep_sealed(store, ["secret"])
    chat = lived(store, "assess", "afford")
    assert TYPED["current_line"] in papers(chat.take(action="export:", delivered=False))["export"]
    with writing(store) as connection:
        accept(connection, [Letter(WHO, 9000, Arrival(key="late", at=NOW, text=ASKED), 0, 9000)])
    assert hits(store, tmp_path, *TYPED.values(), ASKED) == []
    store.dispose()


def test_withdrawing_leaves_only_that(house: Engine, tmp_path: Path) -> None:
    """Who takes consent back leaves a language and a date; what they told is nowhere, and they can come back."""
    chat = lived(house)
    chat.press("withdraw:")
    turn = chat.take(action="withdrawn:")
    assert turn.forget
    assert hits(house, tmp_path, *TYPED.values(), ASKED) == []
    left = chat.known()
    bare = {"id", "seed", "language", "refused_at", "revision", "shown", "below"}
    assert set(left.model_dump(exclude_defaults=True)) <= bare | {"language_chosen"}
    assert left.refused_at == NOW
    with reading(house) as connection:
        kinds = set(connection.scalars(select(JOURNAL.c.kind)))
    assert kinds == {"turn", "withdraw"}
    chat.press("consent:yes", "age:adult", "goal:assess")
    assert chat.known().consent_at == NOW


def test_a_minors_words_go_at_once(house: Engine, tmp_path: Path) -> None:
    """Of somebody under age nothing stays but that they are."""
    chat = lived(house)
    chat.press("age:minor")
    assert hits(house, tmp_path, *TYPED.values(), ASKED) == []
    left = chat.known()
    assert left.adult is False
    assert left.consent_at is None
    assert left.answers == {}


def test_without_consent_the_journal_stays_empty(house: Engine) -> None:
    """Who did not agree may ask; that they refused is noted, and nothing of what they asked."""
    chat = Chat(house)
    chat.take(command="start", locale="zh")
    chat.press("consent:no")
    chat.take(text=f"我还欠{ASKED}块，提前还款会影响额度吗")
    chat.press("entry:early_repay_effect", "data:")
    with reading(house) as connection:
        assert set(connection.scalars(select(JOURNAL.c.kind))) == {"turn", "consent"}
        assert len(connection.scalars(select(JOURNAL.c.id)).all()) == 2
    assert ASKED not in dump(house)


def test_a_letter_in_waiting_is_still_heard(house: Engine) -> None:
    """What somebody says right after deleting is a newcomer's, and its key stays until it has been read."""
    chat = lived(house)
    with writing(house) as connection:
        accept(connection, [Letter(WHO, 9001, Arrival(key="late", at=NOW, command="start"), 0, 9001)])
        accept(connection, [Letter(WHO, 9000, Arrival(key="erase", at=NOW, action="erase:"), 0, 9000)])
    for erased in (True, False):
        taken = take_next(house, WHO, scene_now(), "me")
        assert taken is not None
        assert taken.turn.erase is erased
    assert chat.known().revision == 1
    assert not hits(house, Path("/nowhere"), *TYPED.values())


@pytest.mark.parametrize("first", ["withdrawn:", "age:minor"])
def test_an_older_decision_cannot_bring_anything_back(house: Engine, first: str) -> None:
    """A turn decided before everything was taken back is not saved after it."""
    chat = lived(house)
    before = chat.known()
    chat.press(first)
    with writing(house) as connection:
        assert not save_conversation(connection, before.but(revision=before.revision + 1), NOW, over=before.revision)


def test_erased_people_stay_erased_when_a_backup_comes_back(tmp_path: Path) -> None:
    """Beside the newest keys an older backup gives back everybody but those who have gone since."""
    store = open_store(f"sqlite:///{tmp_path / 'old.db'}")
    keep_sealed(store, ["secret"])
    lived(store)
    receive(store, "tg:2", Arrival(key="a", at=NOW, command="start"), scene_now())
    old, new = tmp_path / "monday.gz", tmp_path / "tuesday.gz"
    back_up(store, old, NOW)
    receive(store, WHO, Arrival(key="gone", at=NOW, action="erase:"), scene_now())
    back_up(store, new, NOW)
    keys_beside(old).write_bytes(keys_beside(new).read_bytes())
    again = open_store("sqlite://")
    keep_sealed(again, ["secret"])
    restore(again, old)
    keep_sealed(again, ["secret"])
    with reading(again) as connection:
        assert set(connection.scalars(select(CONVERSATIONS.c.id))) == {"tg:2"}
        assert load_conversation(connection, WHO).revision == 0
    assert WHO not in dump(again)


def test_every_table_of_people_has_words() -> None:
    """Whatever a table keeps of a person is named in words where they look at their data."""
    keys = scene_now().library.phrases.keys("en")
    assert [table.name for table, _ in personal_tables() if f"held.{table.name}" not in keys] == []
