"""The least of HTTP that a bot needs: calls over kept connections, and a door for deliveries."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

Take = Callable[[dict[str, Any]], Awaitable[None]]
_DONE = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
_REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"


async def _read(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Head and body of one message, the head in lower case."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    _, _, rest = head.partition(b"content-length:")
    length = int(rest.partition(b"\r\n")[0] or 0)
    return head, await reader.readexactly(length)


class Caller:
    """Calls methods of the platform, one at a time on each of as many connections as are wanted at once."""

    def __init__(self, api: str, token: str) -> None:
        """A caller at the platform's root."""
        place = urlsplit(api)
        self._host, self._port, self._token = place.hostname, place.port, token
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def call(self, method: str, **params: object) -> object:
        """The result of a call, None when it was refused."""
        reader, writer = self._idle.pop() if self._idle else await asyncio.open_connection(self._host, self._port)
        body = json.dumps(params).encode()
        head = f"POST /bot{self._token}/{method} HTTP/1.1\r\nHost: {self._host}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        _, answer = await _read(reader)
        self._idle.append((reader, writer))
        return json.loads(answer).get("result")


async def serve(host: str, port: int, secret: str, take: Take) -> asyncio.Server:
    """Open a door that hands every delivery with the right secret on and answers at once."""
    running: set[asyncio.Task[None]] = set()
    mark = f"x-telegram-bot-api-secret-token: {secret.lower()}\r\n".encode() if secret else b""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head, body = await _read(reader)
                writer.write(_DONE if mark in head else _REFUSED)
                if mark in head:
                    task = asyncio.ensure_future(take(json.loads(body)))
                    running.add(task)
                    task.add_done_callback(running.discard)
        except asyncio.IncompleteReadError:
            writer.close()

    return await asyncio.start_server(connected, host, port)
