"""People in the office: found without their answers, exported whole, and erased so that nothing is left anywhere."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from bot.admin.arguments import WrongArgumentError
from bot.admin.commands import drill
from bot.admin.desk import Desk, Told
from bot.admin.office import COMMANDS, carried_out, given_to
from bot.channels.telegram.joining import Parts
from bot.dialogue.messages import Arrival
from bot.documents.making import make_paper
from bot.service.reception import take_next
from bot.settings import Settings
from bot.store.audit import newest
from bot.store.engine import open_store, reading, wipe_log, writing
from bot.store.inbox import Letter, accept
from bot.store.tables import CONVERSATIONS
from bot.store.vault import keep_sealed
from tests.admin.offices import OfficeTown, gives, presses, says
from tests.faults.house import settled
from tests.journeys.walking import NOW, scene_now
from tests.store.lives import ASKED, TYPED, WHO, hits, lived

NUMBER = WHO.removeprefix("tg:")


@pytest.fixture(params=["sealed", "open"])
def house(request: pytest.FixtureRequest, address: str) -> Iterator[Engine]:
    """A store on each database, with and without a secret."""
    store = open_store(address)
    keep_sealed(store, ["secret"] if request.param == "sealed" else [])
    yield store
    store.dispose()


def _desk(store: Engine) -> Desk:
    settings = Settings.model_validate({"secret_key": "secret"})
    return Desk(scene_now().library, scene_now().packs, store, NOW, settings=settings)


def _done(store: Engine, name: str, *words: str) -> Told:
    desk = _desk(store)
    deed = given_to(desk, COMMANDS[name], words, sure=True)
    with writing(store) as connection:
        assert carried_out(connection, desk, deed)
    if deed.told.wipe:
        wipe_log(store)
    return deed.told


def test_somebody_is_found_without_their_answers(house: Engine) -> None:
    """Consent, language and numbers of rows are shown; none of what was told."""
    lived(house, "assess")
    sheet = _done(house, "person", NUMBER).sheet
    assert sheet is not None
    told = dict(sheet.rows)
    assert (told["consent"], told["language"], told["person"]) == ("given", "zh", WHO)
    assert told["journal"] > 5
    assert not [figure for figure in TYPED.values() if figure in str(sheet)]


def test_an_export_is_whole(house: Engine) -> None:
    """Every figure that was told is in the files that somebody gets who asked for them."""
    chat = lived(house, "assess", "afford")
    told = [figure for name, figure in TYPED.items() if name in chat.known().answers]
    papers = [
        make_paper(paper, scene_now().library.phrases).data.decode() for paper in _done(house, "export", WHO).papers
    ]
    assert len(papers) == 2
    assert told
    assert [figure for figure in told for paper in papers if figure not in paper] == []


def test_erased_means_nowhere(house: Engine, tmp_path: Path) -> None:
    """After an operator's erasure no table and no byte of any file holds a figure or the person, the trail included."""
    chat = lived(house, "assess", "plan", "afford")
    assert hits(house, tmp_path, WHO) == [WHO]
    _done(house, "erase", NUMBER)
    chat.get()
    assert hits(house, tmp_path, *TYPED.values(), ASKED, WHO, NUMBER) == []
    with reading(house) as connection:
        assert newest(connection, 1)[0].act == "erase"
        assert NUMBER not in newest(connection, 1)[0].detail


def test_a_turn_under_way_brings_nothing_back(house: Engine, tmp_path: Path) -> None:
    """What somebody says while they are erased is a newcomer's."""
    lived(house)
    with writing(house) as connection:
        accept(connection, [Letter(WHO, 9000, Arrival(key="late", at=NOW, command="start"), 0, 9000)])
    _done(house, "erase", NUMBER)
    taken = take_next(house, WHO, scene_now(), "me")
    assert taken is not None
    assert taken.turn.conversation.revision == 1
    assert hits(house, tmp_path, *TYPED.values(), ASKED) == []


@pytest.mark.parametrize("wrong", ["", "x y", "-1001", "tg:", "1e9", "tg:1;drop", "\u0661\u0662", "9" * 17])
def test_only_a_number_is_a_person(house: Engine, wrong: str) -> None:
    """Whatever is no number of a person is refused before anything is looked up."""
    with pytest.raises(WrongArgumentError):
        given_to(_desk(house), COMMANDS["erase"], [wrong], sure=True)


def test_the_whole_way_in_a_chat(tmp_path: Path) -> None:
    """An operator erases somebody in two taps; who was erased is a newcomer, and an operator cannot erase themself."""
    town = OfficeTown(tmp_path)

    async def life(parts: Parts) -> None:
        town.other.starts()
        await settled(parts)
        await presses(town.other, parts, "I agree, start")
        assert "rows are deleted" in (await gives(town.owner, parts, f"erase {town.other.id}")).text
        assert "/delete" in (await gives(town.owner, parts, f"erase {town.owner.id}")).text
        await asyncio.sleep(5)
        assert town.conversation(town.other).revision == 0
        await says(town.other, parts, "/start")
        assert town.conversation(town.other).consent_at is None

    town.lives(life)
    assert [deed.act for deed in town.trail()] == ["erase"]


def test_a_drill_finds_a_row_that_does_not_come_back(house: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that restores to anything else than it holds fails the drill, and names the table."""
    lived(house)
    sheet = _done(house, "drill").sheet
    assert sheet is not None
    assert {row[3] for row in sheet.rows} == {"same"}
    restored = drill.restore

    def careless(store: Engine, path: Path) -> dict[str, int]:
        counts = restored(store, path)
        with writing(store) as connection:
            connection.execute(update(CONVERSATIONS).values(revision=CONVERSATIONS.c.revision + 1))
        return counts

    monkeypatch.setattr(drill, "restore", careless)
    told = _done(house, "drill")
    assert told.sheet is not None
    assert {row[0] for row in told.sheet.rows if row[3] == "different"} == {"conversations"}
    assert "failed" in told.words
