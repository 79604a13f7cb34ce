"""The town over HTTP on loopback: calls come in, updates go out by webhook or are fetched by polling."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

from tests.benchmarks.telegram_town import Chat, Town, Wire

_ATTEMPTS = 6
_SECRET = "X-Telegram-Bot-Api-Secret-Token"


class Post:
    """Carries updates to the bot: one at a time for each chat, again when it does not take them."""

    def __init__(self, town: Town, session: aiohttp.ClientSession) -> None:
        """The post of a town."""
        self.town = town
        self.handed = 0
        self.failures = 0
        self.polled = asyncio.Event()
        self._session = session
        self._next = int(time.time() * 1000) % 2**30
        self._waiting: dict[int, tuple[Wire, Chat]] = {}
        self._news = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()

    def says(self, chat: Chat, text: str) -> None:
        """Let a person write."""
        marks = {"entities": [{"type": "bot_command", "offset": 0, "length": len(text)}]} if text[0] == "/" else {}
        self._hand(chat, {"message": self.town.message(chat, _sender(chat), text=text, **marks)})

    def presses(self, chat: Chat, data: str) -> None:
        """Let a person press a button of the card that stands before them."""
        query = f"q{self._next}"
        self.town.pressed(query, chat)
        message = chat.messages[chat.card.message]
        asked = {"id": query, "from": _sender(chat), "message": message, "chat_instance": str(chat.id), "data": data}
        self._hand(chat, {"callback_query": asked})

    def _hand(self, chat: Chat, update: Wire) -> None:
        chat.news.clear()
        self.handed += 1
        self._next += 1
        update = {"update_id": self._next, **update}
        if self.town.hook.get("url"):
            task = asyncio.create_task(self._deliver(chat, json.dumps(update).encode()))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
            return
        self._waiting[self._next] = (update, chat)
        self._news.set()

    async def _deliver(self, chat: Chat, body: bytes) -> None:
        headers = {"Content-Type": "application/json", _SECRET: str(self.town.hook.get("secret_token", ""))}
        async with chat.queue:
            self.town.handed(chat)
            for attempt in range(_ATTEMPTS):
                if await self._taken(body, headers):
                    return
                self.failures += 1
                await asyncio.sleep(0.1 * 2**attempt)

    async def _taken(self, body: bytes, headers: dict[str, str]) -> bool:
        try:
            async with self._session.post(self.town.hook["url"], data=body, headers=headers) as response:
                self._along(await response.read())
                return response.status == 200
        except (aiohttp.ClientError, OSError):
            return False

    def _along(self, body: bytes) -> None:
        """Obey the call that came along with the confirmation, if there is one."""
        said = json.loads(body) if body else {}
        if "method" in said:
            self.town.call(said.pop("method"), said)

    async def fetched(self, params: Wire) -> list[Wire]:
        """The updates from an offset on; those before it are done."""
        self.polled.set()
        offset, until = int(params.get("offset") or 0), time.monotonic() + float(params.get("timeout") or 0)
        for number in [one for one in self._waiting if one < offset]:
            del self._waiting[number]
        while not self._waiting and time.monotonic() < until:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), until - time.monotonic())
            except TimeoutError:
                break
        for _, chat in self._waiting.values():
            self.town.handed(chat)
        return [update for update, _ in self._waiting.values()][: int(params.get("limit") or 100)]

    def cancel(self) -> None:
        """Deliver nothing more."""
        for task in self._running:
            task.cancel()


def _sender(chat: Chat) -> Wire:
    return {"id": chat.id, "is_bot": False, "first_name": "Person", "language_code": "zh-hans"}


@asynccontextmanager
async def opened(town: Town) -> AsyncIterator[tuple[str, Post]]:
    """The town's root address and its post, as long as the block lasts."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=40)) as session:
        post = Post(town, session)

        async def answered(request: web.BaseRequest) -> web.Response:
            try:
                method, params = request.path.rpartition("/")[2], await _params(request)
            except ConnectionResetError:  # a bot that is told to stop drops what it was sending
                return web.Response(status=400)
            if method.lower() == "getupdates":
                return _response(200, {"ok": True, "result": await post.fetched(params)})
            return _response(*town.call(method, params))

        runner = web.ServerRunner(web.Server(answered, access_log=None), shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}", post
        finally:
            post.cancel()
            await runner.cleanup()


async def _params(request: web.BaseRequest) -> Wire:
    if request.content_type == "application/json":
        return json.loads(await request.read() or b"{}")
    return {**request.query, **await request.post()}


def _response(code: int, body: Wire) -> web.Response:
    return web.Response(status=code, body=json.dumps(body).encode(), content_type="application/json")
