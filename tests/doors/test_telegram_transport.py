"""The transport: every fault of the network is one that the library knows, nothing tells the token, files arrive."""

from __future__ import annotations

import asyncio
import io
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.channels.playground.clocks import HandClock
from bot.channels.playground.faces.http import serve
from bot.channels.playground.person import Person
from bot.channels.playground.street import Street
from bot.channels.playground.town.faults import ON_CALLS
from bot.channels.telegram import transport
from bot.channels.telegram.transport import AiohttpRequest, make_bot, system_proxy
from tests.street.test_weather import EXPECTED

TOKEN = "7000000001:secret-token-that-nobody-may-see"


@asynccontextmanager
async def _on_the_street() -> AsyncIterator[tuple[Bot, Street, Person]]:
    street = Street(clock=HandClock())
    alice = street.person("alice")
    alice.starts()
    async with serve(street) as at, make_bot(street.token, at.root + "/") as bot:
        yield bot, street, alice


@asynccontextmanager
async def _before(answer: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[Bot]:
    """A bot before a server that answers everything the same way."""
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    request = AiohttpRequest(connections=2, read_timeout=0.3)
    await request.initialize()
    try:
        yield make_bot(TOKEN, f"http://127.0.0.1:{runner.addresses[0][1]}", request)
    finally:
        await request.shutdown()
        await runner.cleanup()


async def _raised(act: Awaitable[object]) -> TelegramError:
    try:
        await act
    except TelegramError as error:
        return error
    raise AssertionError("nothing went wrong")


def _told(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) + repr(error)


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize("kind", ON_CALLS)
def test_each_mishap_is_what_the_library_expects(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    """In every weather of the street the fault is the one that the library's own client raises, without the token."""
    caplog.set_level(logging.DEBUG)

    async def run() -> tuple[TelegramError, int, str]:
        async with _on_the_street() as (bot, street, alice):
            street.weather.write(kind, "sendMessage")  # type: ignore[arg-type]  one of the mishaps
            error = await _raised(bot.send_message(alice.id, "hello", read_timeout=0.4))
            seen = len(alice.home.messages) - 1
            assert (await bot.send_message(alice.id, "and well again")).text == "and well again"
            return error, seen, street.token

    error, seen, token = asyncio.run(run())
    assert (type(error), seen) == EXPECTED[kind]  # type: ignore[index]  one of the mishaps
    secret = token.partition(":")[2]
    assert secret not in _told(error)
    assert secret not in caplog.text


@pytest.mark.parametrize(
    ("code", "body", "kind"),
    [
        (200, b"<html>welcome to this hotel's network</html>", NetworkError),
        (200, b"", NetworkError),
        (200, b"[]", NetworkError),
        (200, b'{"ok":true}', NetworkError),
        (200, b'{"ok":true,"resul', NetworkError),
        (302, b"", NetworkError),
        (403, b"<html>blocked by a firewall</html>", NetworkError),
        (404, b"not here", NetworkError),
        (500, b'{"ok":false,"error_code":500,"description":"Internal Server Error"}', NetworkError),
        (502, b"<html>502 Bad Gateway</html>", NetworkError),
        (503, b"\xff\xfe", NetworkError),
        (400, b'{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}', BadRequest),
        (403, b'{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}', Forbidden),
    ],
)
def test_whatever_answers_is_a_fault_that_is_known(
    code: int, body: bytes, kind: type[TelegramError], caplog: pytest.LogCaptureFixture
) -> None:
    """Pages of HTML, halves and nothing are faults of the network; only the Bot API itself can refuse."""
    caplog.set_level(logging.DEBUG)

    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=code, body=body, headers={"Location": "http://127.0.0.1:9/"} if code == 302 else {})

    async def run() -> TelegramError:
        async with _before(answer) as bot:
            return await _raised(bot.send_message(7, "hello"))

    error = asyncio.run(run())
    assert type(error) is kind
    assert "secret" not in _told(error)
    assert "secret" not in caplog.text


def test_an_answer_that_drips_is_given_up() -> None:
    """A server that sends a letter now and then cannot hold a call for ever."""

    async def drip(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Length": "1000"})
        await answer.prepare(request)
        for _ in range(20):
            await answer.write(b"{")
            await asyncio.sleep(0.1)
        return answer

    async def run() -> TelegramError:
        async with _before(drip) as bot:
            return await _raised(bot.send_message(7, "x", connect_timeout=0.2, write_timeout=0.2, read_timeout=0.3))

    assert type(asyncio.run(run())) is TimedOut


def test_calls_wait_for_a_connection_and_then_go() -> None:
    """More calls than connections all come through, never more at once than allowed."""
    busy: list[int] = []
    at_once: list[int] = []

    async def slowly(_request: web.Request) -> web.StreamResponse:
        busy.append(1)
        at_once.append(len(busy))
        await asyncio.sleep(0.01)
        busy.pop()
        return web.json_response({"ok": True, "result": True})

    async def run() -> list[bool]:
        async with _before(slowly) as bot:
            return await asyncio.gather(*(bot.delete_message(7, n) for n in range(1, 9)))

    assert asyncio.run(run()) == [True] * 8
    assert max(at_once) == 2


def test_a_call_may_wait_for_ever() -> None:
    """A call that names no limit waits as long as it takes, longer than calls usually do."""

    async def late(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.5)
        return web.json_response({"ok": True, "result": True})

    async def run() -> bool:
        async with _before(late) as bot:
            assert bot.request.read_timeout == 0.3
            return await bot.delete_message(7, 1, read_timeout=None)

    assert asyncio.run(run())


def test_nobody_there_and_a_closed_way_are_network_faults() -> None:
    """A server that is not there, and a way that is not open yet or any more, are faults of the network."""

    async def run() -> list[TelegramError]:
        request = AiohttpRequest(connect_timeout=0.5)
        bot = make_bot(TOKEN, "http://127.0.0.1:9", request)
        errors = [await _raised(bot.get_me())]
        await request.shutdown()
        async with request:
            await request.initialize()
            errors.append(await _raised(bot.get_me()))
        errors.append(await _raised(bot.get_me()))
        return errors

    errors = asyncio.run(run())
    assert {type(error) for error in errors} == {NetworkError}
    assert not any("secret" in _told(error) for error in errors)


def test_files_go_up_and_come_down_whole() -> None:
    """A document with a Chinese name arrives with its name, bytes and buttons, and can be fetched again."""
    data = bytes(range(256)) * 500

    async def run() -> tuple[bytes, str, list[str], bytes]:
        async with _on_the_street() as (bot, _street, alice):
            keyboard = {"inline_keyboard": [[{"text": "打开", "callback_data": "x"}]]}
            file = InputFile(io.BytesIO(data), filename="额度 报告.pdf")
            sent = await bot.send_document(
                alice.id, file, caption="<b>报告</b>", parse_mode="HTML", api_kwargs={"reply_markup": keyboard}
            )
            assert sent.document is not None
            sight = alice.home.messages[-1]
            fetched = await (await bot.get_file(sent.document.file_id)).download_as_bytearray()
            return sight.data, sight.file_name, [sight.text, *sight.labels], bytes(fetched)

    sent, name, words, fetched = asyncio.run(run())
    assert sent == fetched == data
    assert name == "额度 报告.pdf"
    assert words == ["报告", "打开"]


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
def test_too_many_calls_tell_how_long_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """A 429 carries its seconds to whoever sends."""
    monkeypatch.setenv("PTB_TIMEDELTA", "false")

    async def run() -> object:
        async with _on_the_street() as (bot, street, alice):
            street.weather.write("too_many", "sendMessage", seconds=17)
            error = await _raised(bot.send_message(alice.id, "x"))
            assert isinstance(error, RetryAfter)
            return error.retry_after

    assert asyncio.run(run()) == 17


@pytest.mark.parametrize(
    ("known", "root", "proxy"),
    [
        ({}, "https://api.telegram.org", None),
        ({"https": "http://127.0.0.1:7890"}, "https://api.telegram.org", "http://127.0.0.1:7890"),
        ({"https": "http://127.0.0.1:7890"}, "http://127.0.0.1:8081", None),
        ({"all": "socks5://127.0.0.1:7891"}, "https://api.telegram.org", None),
        ({"http": "http://127.0.0.1:7890"}, "http://direct.example.org", None),
    ],
)
def test_the_proxy_of_the_machine_is_used(
    known: dict[str, str], root: str, proxy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Telegram can only be reached through an HTTP proxy, the machine's own setting is enough."""
    monkeypatch.setattr(transport, "getproxies", lambda: known)
    monkeypatch.setattr(transport, "proxy_bypass", lambda host: host.startswith("direct"))
    assert system_proxy(root) == proxy
