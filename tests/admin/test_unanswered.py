"""Questions without an answer in the office: grouped, hidden where few asked, and one tap from an entry."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.admin.desk import Desk, Operator, RefusedError, Role, Told
from bot.admin.office import COMMANDS, given_to
from bot.channels.telegram.joining import Parts
from bot.dialogue.consenting import FEWEST
from bot.publishing.bench import read_bench
from bot.store.engine import open_store, reading, writing
from bot.store.unanswered import keep_unanswered, read_unanswered
from bot.store.vault import keep_sealed
from knowledge.article_pages import read_article
from knowledge.paper import parse
from knowledge.problems import Problem
from tests.admin.offices import OfficeTown, gives, presses, says
from tests.journeys.walking import NOW, scene_now

BEANS = ("芝麻粒能不能换额度", "芝麻粒可以兑换借呗额度吗", "用芝麻粒换额度划算吗")
PURSE = ("小荷包里的钱算不算资产", "小荷包余额会影响额度吗")
SECTIONS = ("short", "why", "todo", "avoid", "call")


@pytest.fixture
def house() -> Iterator[Engine]:
    """A sealed store in which many asked about one new thing and two about another."""
    store = open_store("sqlite://")
    keep_sealed(store, ["secret"])
    with writing(store) as connection:
        for number in range(40):
            keep_unanswered(connection, f"tg:{number}", "zh", BEANS[number % 3], NOW)
        for number in range(2):
            keep_unanswered(connection, f"tg:{number}", "zh", PURSE[number], NOW)
    yield store
    store.dispose()


def _told(store: Engine, *words: str, role: Role = "editor") -> Told:
    desk = Desk(scene_now().library, {}, store, NOW, Operator(7, role))
    deed = given_to(desk, COMMANDS["unanswered"], words, sure=False)
    if deed.told.change is not None:
        with writing(store) as connection:
            assert deed.told.change(connection)
    return deed.told


def test_editors_see_all_groups_and_others_those_of_many(house: Engine) -> None:
    """A group of few people is there for who writes entries; everybody else learns only that there is one."""
    sheet = _told(house).sheet
    assert sheet is not None
    assert [(row[2], row[4] in BEANS) for row in sheet.rows] == [(40, True), (2, False)]
    assert FEWEST <= sheet.rows[0][1] <= 40
    for role in ("admin", "auditor"):
        told = _told(house, role=role)
        assert told.sheet is not None
        assert [row[:3] for row in told.sheet.rows] == [sheet.rows[0][:3]]
        assert "1 more group" in told.words
        assert not any(words in str(told) for words in PURSE)
        with pytest.raises(RefusedError):
            _told(house, str(sheet.rows[1][0]), role=role)
        for act in ("draft", "done"):
            with pytest.raises(RefusedError):
                _told(house, str(sheet.rows[0][0]), act, role=role)


def test_one_tap_begins_an_entry_that_only_lacks_its_words(house: Engine) -> None:
    """The draft knows topic, intent and title, teaches the finder its questions, and fails only as it is unwritten."""
    way = _told(house, _told(house).ways[0].line.split()[1]).ways[0]
    told = _told(house, *way.line.split()[1:])
    bench = read_bench(house)
    (path,) = (path for path in bench.changes if path.startswith("articles/"))
    (intent,) = (path for path in bench.changes if path.startswith("intents/"))
    assert path in told.words
    assert "芝麻粒" in bench.text(path)
    problems: list[Problem] = []
    assert read_article(path, bench.text(path), problems) is not None
    unwritten = {f"{side}.{one}" for side in ("zh", "en") for one in SECTIONS}
    assert {one.field for one in problems if one.grave} == unwritten
    assert set(BEANS) <= set(parse(bench.text(intent), intent)["phrasings"])
    with pytest.raises(RefusedError):
        _told(house, *way.line.split()[1:])


def test_what_is_dealt_with_goes(house: Engine) -> None:
    """A group that has its answer is deleted by any of its codes, the other groups stay."""
    with reading(house) as connection:
        code = next(one.id[:6] for one in read_unanswered(connection) if one.words in BEANS)
    assert "40 questions" in _told(house, code, "done").words
    with reading(house) as connection:
        assert {one.words for one in read_unanswered(connection)} == set(PURSE)
    with pytest.raises(RefusedError):
        _told(house, code)


def test_every_look_is_in_the_trail(house: Engine) -> None:
    """Whoever reads what people asked leaves a row."""
    deed = given_to(Desk(scene_now().library, {}, house, NOW), COMMANDS["unanswered"], [], sure=False)
    assert deed.trail == ("unanswered", "which=all act=look")


def test_the_whole_way_in_a_chat(tmp_path: Path) -> None:
    """Somebody asks in their chat what nobody can answer; an owner finds it without them and begins an entry."""
    town = OfficeTown(tmp_path)
    keep_sealed(town.house.store, ["secret"])

    async def life(parts: Parts) -> None:
        town.other.starts()
        await asyncio.sleep(1)
        for label in ("I agree, start", "I am 18 or older"):
            await presses(town.other, parts, label)
        await asyncio.sleep(1)
        answer = await says(town.other, parts, "Zebulon: my limit")
        if any("None of these" in row for row in answer.rows):
            answer = await presses(town.other, parts, "None of these")
        assert any("for the editors" in sight.text for sight in town.other.home.messages)
        seen = await gives(town.owner, parts, "unanswered")
        assert "my limit" in seen.text
        assert not re.search(rf"Zebulon|{town.other.id}", seen.text)
        code = re.search(r"[0-9a-f]{6}", seen.text)[0]
        assert "asked_" in (await gives(town.owner, parts, f"unanswered {code} draft")).text

    town.lives(life)
    assert len(read_bench(town.house.store).changes) >= 1
