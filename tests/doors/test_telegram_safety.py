"""Safety in Telegram: presses are their owner's, floods cost nothing, and no log or metric holds anybody's words."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable, Iterator

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from sqlalchemy import event, func, select

from bot.channels.logs import start_log
from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from bot.channels.telegram.sealing import seal
from bot.channels.telegram.watching import BotCollector
from bot.store.tables import CONVERSATIONS, JOURNAL
from tests.faults.house import Neighbourhood, card, settled
from tests.faults.virtual import live

PLANTED = ("739114", "58231", "41907")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Everything that the product's own log writes, from DEBUG on."""
    paper = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    monkeypatch.setattr("sys.stderr", paper)
    start_log("DEBUG")
    yield paper
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(capture=False)


def _lived(town: Neighbourhood, life: Callable[[Parts], Awaitable[None]]) -> None:
    async def go() -> None:
        async with town.awake() as parts:
            await life(parts)
            await settled(parts)

    live(town.clock, go())


async def _at_the_questions(who: Person, parts: Parts) -> None:
    who.starts()
    await settled(parts)
    for label in ("同意，开始", "我已满18岁"):
        found = [one for row in card(who).rows for one in row if one == label]
        who.presses(card(who), found[0] if found else card(who).rows[0][0])
        await settled(parts)
    who.presses(card(who), card(who).rows[0][0])
    await settled(parts)
    who.presses(card(who), "个人")
    await settled(parts)


def test_no_log_line_metric_or_journal_row_holds_a_figure_or_the_token(written: io.StringIO) -> None:
    """Figures planted in answers, questions and names are nowhere but in the sealed rooms."""
    town = Neighbourhood()
    alice = town.person("alice")
    alice.user.first_name = f"Al{PLANTED[2]}ice"
    pages: list[str] = []

    async def life(parts: Parts) -> None:
        await _at_the_questions(alice, parts)
        for words in (PLANTED[0], f"我有{PLANTED[1]}块怎么办?", "乱七八糟", "back", PLANTED[1]):
            alice.says(alice.home, words)
            await settled(parts)
        town.street.weather.write("too_many", "sendmessage", 2)
        town.street.weather.write("bad_gateway", "editmessagetext", 2)
        alice.says(alice.home, PLANTED[1])
        await asyncio.sleep(5)
        registry = CollectorRegistry()
        registry.register(BotCollector(parts))
        pages.append(generate_latest(registry).decode())

    _lived(town, life)
    with town.house.store.connect() as connection:
        rows = [str(tuple(row)) for row in connection.execute(select(JOURNAL))]
    told = "\n".join([written.getvalue(), *pages, *rows])
    assert len(rows) > 8
    assert "limit_guide_turns_total" in told
    leaks = [line for line in told.splitlines() for figure in (*PLANTED, town.street.token) if figure in line]
    assert leaks == []


def test_a_forged_or_foreign_press_moves_nothing() -> None:
    """Data that we never sealed, or sealed for another person or revision, is answered politely and changes nothing."""
    town = Neighbourhood()
    alice, bob = town.person("alice"), town.person("bob")

    async def life(parts: Parts) -> None:
        await _at_the_questions(alice, parts)
        await _at_the_questions(bob, parts)
        before = town.conversation(bob)
        own = seal(parts.door._keys[0], alice.id, before.revision, "erase:")
        forgeries = [
            own,
            "erase:",
            "",
            "1..erase:",
            own.replace(".", "", 1),
            own[:-1],
            "0." + own.split(".", 1)[1],
            "x" * 64,
        ]
        answers = [bob.forges(card(bob), data) for data in forgeries if data]
        await settled(parts)
        assert town.conversation(bob) == before
        assert all(press.answer is not None for press in answers)

    _lived(town, life)


def test_a_flood_costs_no_write_after_its_first_messages() -> None:
    """Of three hundred messages in a moment sixty are heard; the others touch no table."""
    town = Neighbourhood()
    alice, bob = town.person("alice"), town.person("bob")
    writes: list[str] = []

    async def life(parts: Parts) -> None:
        await _at_the_questions(alice, parts)
        for _ in range(70):
            alice.says(alice.home, "?")
        await settled(parts, 0.2)
        event.listen(town.house.store, "before_cursor_execute", lambda *call: writes.append(call[2]))
        for _ in range(230):
            alice.says(alice.home, "?")
        await asyncio.sleep(0)
        heard_before = len([one for one in writes if one.startswith("INSERT")])
        await asyncio.sleep(0.05)
        assert len([one for one in writes if one.startswith("INSERT")]) == heard_before
        bob.starts()
        await settled(parts)
        assert card(bob).rows
        assert parts.door.counts["flood"] > 200

    _lived(town, life)


def test_a_group_hears_general_knowledge_and_keeps_nothing_of_anybody() -> None:
    """In a group a question is answered; a figure, a press or a command starts no interview."""
    town = Neighbourhood()
    alice = town.person("alice")
    place = town.street.group("Talk", alice, ())
    name = town.street.town.bot.username

    async def life(parts: Parts) -> None:
        alice.says(place, f"/ask@{name} 提前还款会不会影响额度")
        await settled(parts)
        assert any(sight.by_bot and len(sight.text) > 40 for sight in place.messages)
        alice.says(place, f"/assess@{name}")
        alice.says(place, f"@{name} 我的额度是{PLANTED[0]}")
        await settled(parts)
        assert not any(sight.by_bot and PLANTED[0] in sight.text for sight in place.messages)

    _lived(town, life)
    with town.house.store.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(CONVERSATIONS)) == 1
        assert not connection.scalar(select(func.count()).where(CONVERSATIONS.c.state.contains(PLANTED[0])))
