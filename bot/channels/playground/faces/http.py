"""The street as an HTTP server on loopback, with long polling, downloads, and webhooks carried by the same loop.

aiohttp serves and calls at once, so one library is enough where Starlette would need a server and a client besides.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.channels.playground.faces.posting import carry
from bot.channels.playground.faces.waiting import answered
from bot.channels.playground.methods.storing import BIGGEST_UPLOAD
from bot.channels.playground.refusals.table import refuse
from bot.channels.playground.street import Answer, Street
from bot.channels.playground.wire import Call, Upload

STREET = web.AppKey("street", Street)
_ROOM_FOR_FORMS = 4 << 20
_LINGER = 0.5
"""Seconds to go on reading what a refused upload still sends, and to wait for polls that are still open at the end."""

_JSON = "application/json"


@dataclass(frozen=True)
class Served:
    """Where a street can be reached: the root that stands in for the platform's."""

    root: str

    @property
    def base_url(self) -> str:
        """What the token is put behind for calls."""
        return f"{self.root}/bot"

    @property
    def base_file_url(self) -> str:
        """What the token is put behind for downloads."""
        return f"{self.root}/file/bot"


def make_app(street: Street) -> web.Application:
    """The web application of a street; more routes may be added to it."""
    app = web.Application(client_max_size=BIGGEST_UPLOAD + _ROOM_FOR_FORMS)
    app[STREET] = street
    app.router.add_get("/file/bot{token}/{path:.+}", _download)
    app.router.add_route("*", "/bot{token}/{method}", _call)
    app.router.add_route("*", "/{rest:.*}", _nowhere)
    return app


@asynccontextmanager
async def serve(street: Street, port: int = 0, host: str = "127.0.0.1") -> AsyncIterator[Served]:
    """Serve a street as long as the block lasts; port 0 takes a free one."""
    runner = web.AppRunner(
        make_app(street), access_log=None, lingering_time=_LINGER, shutdown_timeout=_LINGER, handler_cancellation=True
    )
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    carrier = asyncio.create_task(carry(street))
    try:
        yield Served(f"http://{host}:{runner.addresses[0][1]}")
    finally:
        carrier.cancel()
        await asyncio.gather(carrier, return_exceptions=True)
        await runner.cleanup()


async def _call(request: web.Request) -> web.StreamResponse:
    try:
        call = await _read(request)
    except web.HTTPRequestEntityTooLarge:
        return _response(_refusal("body_too_big"))
    answer = await answered(request.app[STREET], call, request.match_info["token"])
    return await _through_weather(request, answer)


async def _download(request: web.Request) -> web.StreamResponse:
    answer = request.app[STREET].file(request.match_info["path"], request.match_info["token"])
    if answer.code != 200:
        return _response(answer)
    return web.Response(body=answer.body, content_type="application/octet-stream")


async def _nowhere(_request: web.Request) -> web.StreamResponse:
    return _response(_refusal("path_unknown"))


async def _read(request: web.Request) -> Call:
    """The call that a request makes, whichever of the four ways its parameters come."""
    params: dict[str, object] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == _JSON:
        told = json.loads(await request.read() or b"{}")
        params |= told if isinstance(told, dict) else {}
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = Upload(value.filename, value.file.read())
            else:
                params[name] = value if isinstance(value, str) else bytes(value).decode()
    return Call(request.match_info["method"], params, files)


async def _through_weather(request: web.Request, answer: Answer) -> web.StreamResponse:
    """The response as the weather lets it arrive."""
    kind = answer.fault.kind if answer.fault else ""
    if answer.fault is not None and kind == "slow":
        await asyncio.sleep(answer.fault.seconds)
    if kind in {"drop_before", "drop_after"}:
        _break(request)
    if kind == "reset_midway":
        half = web.StreamResponse(headers={"Content-Type": _JSON, "Content-Length": str(len(answer.body))})
        await half.prepare(request)
        await half.write(answer.body[: len(answer.body) // 2])
        _break(request)
        return half
    return _response(answer)


def _break(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


def _response(answer: Answer) -> web.Response:
    html = answer.fault is not None and answer.fault.kind == "bad_gateway"
    return web.Response(status=answer.code, body=answer.body, content_type="text/html" if html else _JSON)


def _refusal(rule: str) -> Answer:
    refusal = refuse(rule)
    return Answer(refusal.rule.code, json.dumps(refusal.body()).encode())
