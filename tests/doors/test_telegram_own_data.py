"""One's own data in Telegram: files arrive whole, logs and metrics hold no figure, and erasing leaves none."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from sqlalchemy import MetaData, select

from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from bot.channels.telegram.watching import BotCollector
from bot.dialogue.messages import Paper
from bot.documents import making
from bot.store.tables import JOURNAL
from tests.doors.test_telegram_safety import written
from tests.faults.house import Neighbourhood, card, settled
from tests.faults.virtual import live

PLANTED = "73911"
__all__ = ["written"]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Neighbourhood]:
    """A town whose store is a file."""
    town = Neighbourhood(f"sqlite:///{tmp_path / 'limit-guide.db'}")
    yield town
    town.house.store.dispose()


async def _says(who: Person, parts: Parts, *lines: str) -> None:
    for line in lines:
        who.says(who.home, line)
        await settled(parts)


async def _presses(who: Person, parts: Parts, label: str) -> None:
    who.presses(card(who), label)
    await settled(parts)


async def _with_figures(who: Person, parts: Parts) -> None:
    """Somebody who told a line, saw the result with its picture, and looks at their data."""
    who.starts()
    await settled(parts)
    await _presses(who, parts, "同意，开始")
    await _presses(who, parts, "已满 18 岁")
    await _presses(who, parts, "估一估我的额度")
    await _presses(who, parts, "个人")
    await _says(who, parts, PLANTED, "先看结果", "我的数据")
    await asyncio.sleep(5)


def _documents(who: Person) -> list[bytes]:
    return [sight.data for sight in who.home.messages if sight.by_bot and sight.kind == "document"]


def test_an_export_arrives_and_leaves_no_figure_behind(town: Neighbourhood, written: io.StringIO) -> None:
    """In bad weather both files come once and hold the figure; no log line, metric or journal row does."""
    alice = town.person("alice")
    pages: list[str] = []

    async def life() -> None:
        async with town.awake() as parts:
            await _with_figures(alice, parts)
            for kind in ("drop_before", "too_many", "bad_gateway"):
                town.street.weather.write(kind, "sendDocument", times=1)
            await _presses(alice, parts, "导出")
            await asyncio.sleep(60)
            await settled(parts)
            registry = CollectorRegistry()
            registry.register(BotCollector(parts))
            pages.append(generate_latest(registry).decode())

    live(town.clock, life())
    page, data = _documents(alice)
    assert all(PLANTED.encode() in file for file in (page, data))
    with town.house.store.connect() as connection:
        rows = [str(tuple(row)) for row in connection.execute(select(JOURNAL))]
    told = "\n".join([written.getvalue(), *pages, *rows])
    assert "export" in told
    assert [line for line in told.splitlines() if PLANTED in line] == []


def test_a_file_that_cannot_be_made_tells_nobody_what_was_in_it(
    town: Neighbourhood, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error while a file is made is logged by its kind and place, and the person is told in words."""
    alice = town.person("alice")

    def broken(paper: Paper) -> bytes:
        raise RuntimeError(f"cannot write {paper.content}")

    async def life() -> None:
        async with town.awake() as parts:
            await _with_figures(alice, parts)
            monkeypatch.setattr(making, "write_export", broken)
            await _presses(alice, parts, "导出")
            await asyncio.sleep(60)
            await settled(parts)

    live(town.clock, life())
    assert "RuntimeError at test_telegram_own_data.py" in written.getvalue()
    assert PLANTED not in written.getvalue()
    assert len(_documents(alice)) == 1
    assert any("没发出来" in sight.text for sight in alice.home.messages)


def test_erasing_leaves_nothing_in_the_folder(town: Neighbourhood, tmp_path: Path) -> None:
    """After deletion in two taps no table and no byte of any file of the bot holds the figure or the person."""
    alice = town.person("alice")

    async def life() -> None:
        async with town.awake() as parts:
            await _with_figures(alice, parts)
            assert _found(town, tmp_path, alice) != []
            await _presses(alice, parts, "全部删除")
            await _presses(alice, parts, "确定，全部删除")
            await asyncio.sleep(3700)
            await settled(parts)

    live(town.clock, life())
    assert _found(town, tmp_path, alice) == []


def _found(town: Neighbourhood, folder: Path, who: Person) -> list[str]:
    """Where the figure or the person can be found: tables by name, and files."""
    metadata = MetaData()
    traces = (PLANTED, f"tg:{who.id}")
    with town.house.store.connect() as connection:
        metadata.reflect(connection)
        rows = {table.name: str(connection.execute(select(table)).all()) for table in metadata.sorted_tables}
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return [
        *(name for name, told in rows.items() if any(one in told for one in traces)),
        *(name for name, told in files.items() if any(one.encode() in told for one in traces)),
    ]
