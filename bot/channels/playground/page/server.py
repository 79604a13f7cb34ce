"""The page's own server on loopback: its files, its words, what shows now as it changes, and the acts that come in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler
from pydantic import ValidationError

from bot.channels.playground.page.acts import Act, Acting, perform
from bot.channels.playground.page.cast import Cast
from bot.channels.playground.page.looks import Glance
from bot.channels.playground.page.process import BotProcess
from bot.channels.playground.refusals.table import RefusedError
from bot.channels.playground.town.posting import ImpossibleError
from knowledge.entries import Language
from knowledge.phrasing import Phrasebook

FILES: Final = Path(__file__).parent / "files"
_KINDS: Final = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_PICTURES: Final = ((b"\x89PNG", "image/png"), (b"\xff\xd8", "image/jpeg"), (b"RIFF", "image/webp"))
_LANGUAGES: Final[Mapping[str, Language]] = {"zh": "zh", "zh-hant": "zh-hant", "en": "en"}
_WORDS: Final = "playground."
_CALM = 0.06
"""Seconds in which changes gather before the page is told of them."""

_BEAT = 15.0
"""Seconds after which an open page hears something though nothing has changed."""

_SAFE: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_AT_HOME: Final = frozenset({"127.0.0.1", "localhost"})


@dataclass(frozen=True)
class Shown:
    """Everything that the page shows and can move."""

    cast: Cast
    bot: BotProcess
    phrases: Phrasebook


SHOWN = web.AppKey("shown", Shown)


def page_app(shown: Shown) -> web.Application:
    """The web application of a page."""
    app = web.Application(middlewares=[_guarded], client_max_size=1 << 16)
    app[SHOWN] = shown
    app.router.add_get("/", _index)
    app.router.add_get("/page/{name:[a-z]+\\.[a-z]+}", _page_file)
    app.router.add_get("/words/{language}", _words)
    app.router.add_get("/events", _events)
    app.router.add_get("/file/{number:[0-9a-f]+}", _file)
    app.router.add_post("/act", _act)
    return app


@asynccontextmanager
async def served(shown: Shown, port: int = 0) -> AsyncIterator[str]:
    """Serve the page on loopback as long as the block lasts; its address. Port 0 takes a free one.

    Raises:
        OSError: when the port is taken.
    """
    runner = web.AppRunner(page_app(shown), access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


@web.middleware
async def _guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let in only this machine's own page: another site in the same browser can neither read nor act."""
    host = request.host.rpartition(":")[0] or request.host
    origin = request.headers.get("Origin")
    if host not in _AT_HOME or (origin is not None and origin != f"http://{request.host}"):
        raise web.HTTPForbidden(text="this page is for the machine that it runs on")
    try:
        response = await handler(request)
    except web.HTTPException as refused:
        refused.headers.update(_SAFE)
        raise
    if not response.prepared:
        response.headers.update(_SAFE)
    return response


async def _index(_request: web.Request) -> web.StreamResponse:
    return _own("index.html")


async def _page_file(request: web.Request) -> web.StreamResponse:
    return _own(request.match_info["name"])


def _own(name: str) -> web.Response:
    place = FILES / name
    if place.suffix not in _KINDS or not place.is_file():
        raise web.HTTPNotFound
    return web.Response(body=place.read_bytes(), content_type=_KINDS[place.suffix], charset="utf-8")


async def _words(request: web.Request) -> web.StreamResponse:
    """The page's labels in a language, by their keys."""
    language = _LANGUAGES.get(request.match_info["language"], "en")
    phrases = request.app[SHOWN].phrases
    keys = sorted(key for key in phrases.keys(language) if key.startswith(_WORDS))
    return web.json_response({key.removeprefix(_WORDS): phrases.say(language, key) for key in keys})


async def _file(request: web.Request) -> web.StreamResponse:
    """A file that was sent: a picture to be shown, anything else only to be saved."""
    stored = request.app[SHOWN].cast.street.town.files.get(request.match_info["number"])
    if stored is None:
        raise web.HTTPNotFound
    for begin, kind in _PICTURES:
        if stored.data.startswith(begin) and "save" not in request.query:
            return web.Response(body=stored.data, content_type=kind)
    response = web.Response(body=stored.data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.name, safe='')}"
    return response


async def _act(request: web.Request) -> web.StreamResponse:
    """Do what somebody on the page does; what the platform would not let them is told as a problem."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    shown = request.app[SHOWN]
    try:
        act = Act.model_validate_json(await request.read())
        done = await perform(Acting(act, shown.cast, shown.bot))
    except ValidationError as error:
        return web.json_response({"problem": str(error.errors(include_url=False)[0]["msg"])}, status=400)
    except (ImpossibleError, RefusedError) as error:
        return web.json_response({"problem": str(error)}, status=409)
    return web.json_response(done)


async def _events(request: web.Request) -> web.StreamResponse:
    """Tell an open page what shows now and, for as long as it is open, what changes: server-sent events."""
    shown, news, glance = request.app[SHOWN], asyncio.Event(), Glance()
    response = web.StreamResponse(headers={**_SAFE, "Content-Type": "text/event-stream"})
    await response.prepare(request)
    with shown.cast.street.watched_by(news.set), suppress(ConnectionError):  # a page that is closed is no fault
        await response.write(b"retry: 500\nevent: afresh\ndata: {}\n\n")
        while True:
            told = glance.news(shown.cast, shown.bot)
            await response.write(f"data: {told}\n\n".encode() if told else b": still here\n\n")
            await _changed(news)
    return response


async def _changed(news: asyncio.Event) -> None:
    """Wait until something has changed and a moment longer, or for a beat."""
    try:
        await asyncio.wait_for(news.wait(), _BEAT)
        await asyncio.sleep(_CALM)
    except TimeoutError:
        return
    news.clear()
