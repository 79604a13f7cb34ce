"""Webhooks: the secret, retries, queues that overtake each other, answers that are calls, and a door that is gone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.channels.playground.faces.http import serve
from bot.channels.playground.postbox import SECRET_HEADER, Postbox, headers
from bot.channels.playground.town.updates import Update
from tests.street.stage import Stage, buttons

HOUR = 3600.0
RIGHT = "right"
Door = Callable[[web.Request], Awaitable[web.Response]]


def _hooked(secret: str = "") -> tuple[Stage, Postbox]:
    stage = Stage()
    assert stage.call("setWebhook", url="http://127.0.0.1:9/hook", secret_token=secret).code == 200
    return stage, Postbox(stage.street)


def _due(box: Postbox) -> list[Update]:
    return box.due()[1]


def test_a_typed_answer_and_a_press_fly_together() -> None:
    """Messages queue by chat and presses by person, so both are in the air at once and may arrive swapped."""
    stage, box = _hooked()
    stage.send(reply_markup=buttons("Yes"))
    stage.alice.says(stage.alice.home, "8000")
    stage.alice.says(stage.alice.home, "9000")
    stage.alice.presses(stage.alice.home.messages[1], "Yes")
    flying = _due(box)
    assert [update.kind for update in flying] == ["message", "callback_query"]
    box.taken(flying[1], b"")
    assert _due(box) == []
    box.taken(flying[0], b"")
    assert [update.body["text"] for update in _due(box)] == ["9000"]


def test_what_the_door_refuses_comes_again() -> None:
    """A failure is told in getWebhookInfo and the update returns at once, then after two seconds."""
    stage, box = _hooked()
    stage.alice.says(stage.alice.home, "hello")
    (update,) = _due(box)
    box.failed(update, "Wrong response from the webhook: 500", 500)
    info = stage.call("getWebhookInfo").result
    assert (info["pending_update_count"], info["last_error_message"]) == (1, "Wrong response from the webhook: 500")
    assert _due(box) == [update]
    box.failed(update, "again", 500)
    assert _due(box) == []
    assert box.seconds_to_wait() == 2
    stage.clock.advance(2)
    assert _due(box) == [update]


def test_a_door_that_is_gone_for_23_hours_is_closed() -> None:
    """410 for more than 23 hours removes the webhook; then updates can be fetched."""
    stage, box = _hooked()
    for _ in range(26):
        stage.alice.says(stage.alice.home, "hello")
        for update in _due(box):
            box.failed(update, "gone", 410)
        stage.clock.advance(HOUR)
    assert stage.call("getWebhookInfo").result["url"] == ""
    assert stage.call("getUpdates").code == 200


def test_an_answer_may_be_a_call() -> None:
    """A 2xx with a method in its body is obeyed, its result lost; methods that ask or set are not."""
    stage, box = _hooked()
    stage.alice.says(stage.alice.home, "hello")
    said = {"method": "sendMessage", "chat_id": stage.alice.id, "text": "by answer"}
    box.taken(_due(box)[0], json.dumps(said).encode())
    assert stage.alice.home.last.text == "by answer"
    stage.alice.says(stage.alice.home, "hello")
    box.taken(_due(box)[0], b'{"method": "deleteWebhook"}')
    assert stage.call("getWebhookInfo").result["url"] != ""


def test_weather_brings_an_update_again_though_it_was_taken() -> None:
    """A duplicate is delivered once more after the bot had taken it."""
    stage, box = _hooked()
    stage.alice.says(stage.alice.home, "hello")
    stage.street.weather.write("duplicate")
    (update,) = _due(box)
    box.taken(update, b"")
    assert _due(box) == [update]
    box.taken(update, b"")
    assert _due(box) == []


def test_the_secret_travels_in_its_header() -> None:
    """With a secret every delivery carries it, without one no such header is there; pending updates can be dropped."""
    stage, box = _hooked("s3cret")
    assert headers(box.due()[0])[SECRET_HEADER] == "s3cret"
    stage.alice.says(stage.alice.home, "hello")
    stage.call("setWebhook", url="http://127.0.0.1:9/hook", drop_pending_updates=True)
    hook, due = box.due()
    assert SECRET_HEADER not in headers(hook)
    assert due == []
    assert stage.call("deleteWebhook").body["result"] is True


async def _served(door: Door, play: Callable[[Stage], Awaitable[None]]) -> None:
    app = web.Application()
    app.router.add_post("/hook", door)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    stage = Stage()
    try:
        async with serve(stage.street):
            stage.call("setWebhook", url=f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token=RIGHT)
            await play(stage)
    finally:
        await runner.cleanup()


def test_over_the_wire_a_refused_update_returns_and_a_backlog_arrives_in_order() -> None:
    """A door that first fails gets everything in the end, in order, each with the secret."""
    got: list[tuple[str, str]] = []
    failures = iter([500, 403])
    done = asyncio.Event()

    async def door(request: web.Request) -> web.Response:
        told = await request.json()
        code = next(failures, 200)
        if code == 200:
            got.append((told["message"]["text"], request.headers[SECRET_HEADER]))
            done.set() if len(got) == 5 else None
        return web.Response(status=code, headers={"Retry-After": "0"})

    async def play(stage: Stage) -> None:
        for number in range(5):
            stage.alice.says(stage.alice.home, str(number))
        while not done.is_set():
            stage.clock.advance(2)
            stage.street.wake()
            await _patiently(done)

    asyncio.run(_served(door, play))
    assert got == [(str(number), RIGHT) for number in range(5)]


async def _patiently(done: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(done.wait(), 0.05)
    except TimeoutError:
        return
