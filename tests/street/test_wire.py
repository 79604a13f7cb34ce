"""The wire: parameters in every form, long polls, two pollers, downloads with a quoted token, unknown paths."""

from __future__ import annotations

import asyncio
import io
import json
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from telegram import Bot
from telegram.error import Conflict

from bot.channels.playground.faces.http import Served, serve
from bot.channels.playground.faces.in_process import StreetRequest
from bot.channels.playground.wire import Call, Wire
from tests.street.stage import Stage

Play = Callable[[Stage, Served, aiohttp.ClientSession], Awaitable[object]]


def _inside(stage: Stage) -> Bot:
    request = StreetRequest(stage.street)
    return Bot(stage.street.token, request=request, get_updates_request=StreetRequest(stage.street))


async def _waits(stage: Stage, poll: Coroutine[object, object, Any]) -> asyncio.Task[Any]:
    """Start a poll and come back when the street lets it wait."""
    loop, news = asyncio.get_running_loop(), asyncio.Event()
    ended = stage.street.listen(lambda: _tell(loop, news))
    task = asyncio.create_task(poll)
    await asyncio.wait_for(news.wait(), 10)
    ended()
    return task


def _tell(loop: asyncio.AbstractEventLoop, news: asyncio.Event) -> None:
    loop.call_soon_threadsafe(news.set)


def _run(play: Play) -> object:
    async def run() -> object:
        stage = Stage()
        async with serve(stage.street) as at, aiohttp.ClientSession() as session:
            return await play(stage, at, session)

    return asyncio.run(run())


def test_parameters_come_in_every_form() -> None:
    """Query, form, multipart and JSON mean the same, in any letters of the method's name."""

    async def play(stage: Stage, at: Served, session: aiohttp.ClientSession) -> list[str]:
        url = f"{at.base_url}{stage.street.token}/SENDmessage"
        said: Wire = {"chat_id": str(stage.alice.id), "text": "额 & so"}
        form = aiohttp.FormData(said)
        form.add_field("unused", b"x", filename="x.bin")
        await session.get(url, params=said)
        await session.post(url, data=said)
        await session.post(url, data=form)
        await session.post(url, json={**said, "chat_id": stage.alice.id})
        return [sight.text for sight in stage.alice.home.messages[1:]]

    assert _run(play) == ["额 & so"] * 4


@pytest.mark.parametrize("quoted", [True, False])
def test_downloads_work_with_a_quoted_token(quoted: bool) -> None:
    """The colon of the token may come as %3A, in calls and in downloads."""

    async def play(stage: Stage, at: Served, session: aiohttp.ClientSession) -> bytes:
        token = quote(stage.street.token, safe="") if quoted else stage.street.token
        assert ("%3A" in token) == quoted
        stage.alice.sends("document", stage.alice.home, b"content", "a b.txt")
        number = stage.updates()[-1]["message"]["document"]["file_id"]
        response = await session.get(aiohttp.client.URL(f"{at.base_url}{token}/getFile?file_id={number}", encoded=True))
        path = (await response.json())["result"]["file_path"]
        got = await session.get(aiohttp.client.URL(f"{at.base_file_url}{token}/{path}", encoded=True))
        return await got.read()

    assert _run(play) == b"content"


def test_unknown_paths_tokens_and_bodies_are_refused() -> None:
    """A wrong token is 401, a path of nothing 404, a body that is too big 413, each as the platform says it."""

    async def play(stage: Stage, at: Served, session: aiohttp.ClientSession) -> list[tuple[int, str]]:
        big = aiohttp.FormData({"chat_id": "1"})
        big.add_field("document", io.BytesIO(bytes(55 << 20)), filename="big.bin")
        asked = [
            session.get(f"{at.base_url}7000000001:wrong/getMe"),
            session.get(f"{at.root}/anything"),
            session.get(f"{at.base_file_url}{stage.street.token}/photos/none.jpg"),
            session.post(f"{at.base_url}{stage.street.token}/sendDocument", data=big),
        ]
        said = [await one for one in asked]
        return [(one.status, (await one.json())["description"]) for one in said]

    assert _run(play) == [
        (401, "Unauthorized"),
        (404, "Not Found"),
        (404, "Not Found"),
        (413, "Request Entity Too Large"),
    ]


def test_a_long_poll_ends_when_something_comes() -> None:
    """A poll waits without busyness and returns as soon as somebody writes, on both faces."""

    async def play(stage: Stage, at: Served, _session: aiohttp.ClientSession) -> list[str]:
        inside = _inside(stage)
        texts = []
        async with inside, Bot(stage.street.token, at.base_url) as outside:
            for number, bot in enumerate((inside, outside)):
                poll = await _waits(stage, bot.get_updates(timeout=20, offset=-1))
                assert not poll.done()
                stage.alice.says(stage.alice.home, str(number))
                (update,) = await asyncio.wait_for(poll, 5)
                texts.append(update.message.text)
                stage.street.town.updates.waiting.clear()
        return texts

    assert _run(play) == ["0", "1"]


def test_a_second_poller_ends_the_first() -> None:
    """Of two bots that poll, the first is told of the conflict and the second waits on."""

    async def play(stage: Stage, at: Served, _session: aiohttp.ClientSession) -> str:
        async with Bot(stage.street.token, at.base_url) as first, Bot(stage.street.token, at.base_url) as second:
            old = await _waits(stage, first.get_updates(timeout=20))
            new = await _waits(stage, second.get_updates(timeout=20))
            with pytest.raises(Conflict):
                await asyncio.wait_for(old, 5)
            stage.alice.says(stage.alice.home, "hello")
            (update,) = await asyncio.wait_for(new, 5)
            return str(update.message.text)

    assert _run(play) == "hello"


def test_a_poll_without_news_comes_back_empty() -> None:
    """When its time is over a poll answers with nothing."""
    stage = Stage()

    async def run() -> int:
        async with _inside(stage) as bot:
            return len(await bot.get_updates(timeout=1))

    assert asyncio.run(run()) == 0


def test_the_same_offset_in_haste_gives_one_update() -> None:
    """Asked again within half a second with the same offset, the platform hands out a single update."""
    stage = Stage()
    for text in "abc":
        stage.alice.says(stage.alice.home, text)
    counts = []
    for pause in (0.0, 0.2, 0.6):
        stage.clock.advance(pause)
        counts.append(len(stage.call("getUpdates").body["result"]))
    assert counts == [3, 1, 3]


def test_the_street_may_be_used_from_threads() -> None:
    """People and bot acting in several threads lose nothing and number everything once."""
    stage = Stage()

    def act(number: int) -> None:
        for _ in range(50):
            stage.alice.says(stage.alice.home, str(number))
            stage.send()

    threads = [threading.Thread(target=act, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [sight.id for sight in stage.alice.home.messages]
    assert len(set(numbers)) == len(numbers) == 401
    assert len(stage.updates()) == 200


def test_loose_parameters_are_read_as_loosely_as_the_platform_does() -> None:
    """Numbers, flags and structures are read from text and from JSON alike; nonsense counts as nothing."""
    call = Call(
        "x", {"a": "12", "b": 12, "c": "no number", "d": True, "e": "1", "f": '{"g": 1}', "h": "[1", "i": "2.5"}
    )
    assert (call.integer("a"), call.integer("b"), call.integer("c", 7), call.integer("z")) == (12, 12, 7, 0)
    assert (call.flag("d"), call.flag("e"), call.flag("a")) == (True, True, False)
    assert (call.record("f"), call.record("h"), call.record("a")) == ({"g": 1}, {}, {})
    assert (call.decimal("i"), call.decimal("c")) == (2.5, 0.0)
    with pytest.raises(json.JSONDecodeError):
        call.structure("h")
