"""The street as the request object of python-telegram-bot: no sockets, the fastest way to try a bot."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import IO
from urllib.parse import unquote

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.channels.playground.faces.waiting import answered
from bot.channels.playground.street import Answer, Street
from bot.channels.playground.wire import Call, Upload

Pause = Callable[[float], Awaitable[None]]


class StreetRequest(BaseRequest):
    """Carries the library's calls to a street and the answers back, through whatever weather there is."""

    def __init__(self, street: Street, read_timeout: float = 5.0, pause: Pause = asyncio.sleep) -> None:
        """A way to a street.

        Args:
            street: the street.
            read_timeout: the seconds after which a slow answer is given up when a call names none.
            pause: how to let time pass for a slow answer; tests let their own clock pass instead.
        """
        self._street = street
        self._read_timeout = read_timeout
        self._pause = pause

    @property
    def read_timeout(self) -> float | None:
        """The seconds after which a slow answer is given up."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Nothing has to be opened."""

    async def shutdown(self) -> None:
        """Nothing has to be closed."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        *_patience: object,
        **_more_patience: object,
    ) -> tuple[int, bytes]:
        """Answer one request with the HTTP code and the body; GET is for files.

        Raises:
            NetworkError: when the weather breaks the connection.
            TimedOut: when the answer is slower than the caller waits.
        """
        seconds = float(read_timeout) if isinstance(read_timeout, int | float) else self._read_timeout
        token, _, rest = unquote(url.partition("/bot")[2]).partition("/")
        if method == "GET":
            answer = self._street.file(rest, token)
        else:
            answer = await answered(self._street, _call(rest, request_data), token)
        await self._weather(answer, seconds)
        return answer.code, answer.body

    async def _weather(self, answer: Answer, patience: float) -> None:
        if answer.fault is None:
            return
        if answer.fault.kind in {"drop_before", "drop_after", "reset_midway"}:
            raise NetworkError(f"the connection broke: {answer.fault.kind}")
        if answer.fault.kind == "slow":
            await self._pause(min(answer.fault.seconds, patience))
            if answer.fault.seconds > patience:
                raise TimedOut


def _call(name: str, data: RequestData | None) -> Call:
    if data is None:
        return Call(name, {})
    files = {}
    if data.contains_files:
        files = {field: Upload(part[0], _bytes(part[1])) for field, part in (data.multipart_data or {}).items()}
    return Call(name, data.parameters, files)


def _bytes(part: bytes | IO[bytes]) -> bytes:
    return part if isinstance(part, bytes) else part.read()
