"""Transport: the library's calls on one shared HTTP session, cheap, and with faults as the library expects them."""

from __future__ import annotations

import json
import logging
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram import Bot
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

_JSON = {"Content-Type": "application/json"}
_WELL = range(200, 300)


class AiohttpRequest(BaseRequest):
    """Carries calls to a Bot API server; one object may serve both for calls and for fetching updates.

    No fault that it raises, and nothing that it or the library logs, holds the address of a call: the token is in it.
    """

    def __init__(
        self,
        connections: int = 64,
        read_timeout: float = 10.0,
        write_timeout: float = 10.0,
        connect_timeout: float = 10.0,
        proxy: str | None = None,
    ) -> None:
        """A way out that is not open yet.

        Args:
            connections: how many may be open at once; further calls wait for one.
            read_timeout: seconds to wait for an answer when a call names none.
            write_timeout: seconds that sending may take; six times as long with files.
            connect_timeout: seconds to get a connection.
            proxy: address of an HTTP proxy to go through.
        """
        logging.getLogger("telegram").setLevel(logging.INFO)  # below, the library logs the token and what people say
        self._connections = connections
        self._read, self._write, self._connect = read_timeout, write_timeout, connect_timeout
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """The seconds to wait for an answer when a call names none."""
        return self._read

    async def initialize(self) -> None:
        """Open the session, unless it is open."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300),
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=("Accept", "Accept-Encoding"),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close the session; until it is opened again every call fails."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_more: object, **timeouts: object
    ) -> tuple[int, bytes]:
        """Make one call; the HTTP status and the body.

        Raises:
            TimedOut: when connecting, sending or waiting took too long; the call may have been accepted.
            NetworkError: when the connection broke, or what answered was no Bot API server.
        """
        patience = self._patience(timeouts, files=request_data is not None and request_data.contains_files)
        try:
            code, body = await self._exchange(url, method, request_data, patience)
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"the connection failed: {type(error).__name__}") from None
        if code not in _WELL and body.lstrip()[:1] != b"{":
            raise NetworkError(f"no Bot API server answered, but something with status {code}")
        return code, body

    async def _exchange(
        self, url: str, method: str, data: RequestData | None, patience: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        if self._session is None or self._session.closed:
            raise NetworkError("the way out is not open")
        body, headers = _body(data)
        async with self._session.request(
            method, url, data=body, headers=headers, timeout=patience, allow_redirects=False
        ) as answer:
            return answer.status, await answer.read()

    def _patience(self, told: dict[str, object], *, files: bool) -> aiohttp.ClientTimeout:
        connect = _seconds(told.get("connect_timeout", ""), self._connect)
        write = _seconds(told.get("write_timeout", ""), self._write * (6 if files else 1))
        return _timeout(connect, write, _seconds(told.get("read_timeout", ""), self._read))

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as a JSON object.

        Raises:
            NetworkError: when it is none, or none that the Bot API gives; what it holds is told to nobody.
        """
        try:
            told = json.loads(payload)
        except ValueError:
            raise NetworkError("the answer was no JSON") from None
        if not isinstance(told, dict) or not ("result" in told or told.get("ok") is False):
            raise NetworkError("the answer was none of the Bot API")
        return told


def make_bot(token: str, root: str, request: BaseRequest | None = None, fetching: BaseRequest | None = None) -> Bot:
    """A bot at the Bot API server with this root (``https://api.telegram.org``), not initialised yet.

    Calls and the fetching of updates have a session each, so that a long poll keeps no call waiting; both go through
    the machine's HTTP proxy where one is set, unless a ``request`` of another kind is given for them.
    """
    place = root.rstrip("/")
    proxy = None if request else system_proxy(place)
    calling = request or AiohttpRequest(proxy=proxy)
    polling = fetching or request or AiohttpRequest(connections=2, proxy=proxy)
    return Bot(token, f"{place}/bot", f"{place}/file/bot", request=calling, get_updates_request=polling)


def system_proxy(root: str) -> str | None:
    """The HTTP proxy that the machine's settings name for a server, or None."""
    parts = urlsplit(root)
    if proxy_bypass(parts.hostname or ""):
        return None
    known = getproxies()
    proxy = known.get(parts.scheme) or known.get("all") or ""
    return proxy if proxy.startswith(("http://", "https://")) else None


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    """The body of a call and its headers: JSON, or a form when files go along."""
    if data is None:
        return None, None
    if not data.contains_files:
        return json.dumps(data.parameters, ensure_ascii=False).encode("utf-8", "replace"), _JSON
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form, None


def _seconds(told: object, usual: float) -> float | None:
    """The seconds that a call names, None for endless, or the usual ones when it names none."""
    if told is None:
        return None
    return float(told) if isinstance(told, int | float) else usual


@lru_cache(maxsize=64)
def _timeout(connect: float | None, write: float | None, read: float | None) -> aiohttp.ClientTimeout:
    """All of one call: whatever drips in slowly ends too."""
    every = (connect, write, read)
    total = None if None in every else sum(seconds for seconds in every if seconds is not None)
    return aiohttp.ClientTimeout(total=total, connect=connect, sock_read=read)
