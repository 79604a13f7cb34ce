"""A headless Chromium for developers, driven over its own debugging protocol: open a page, ask it, take pictures."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp

NAMES = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE = 30.0


class Tab:
    """One page that is open."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)

    async def does(self, method: str, **params: object) -> dict[str, Any]:
        """Send one command of the protocol and wait for its answer."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            told = json.loads((await self._socket.receive(_PATIENCE)).data)
            if told.get("id") == number:
                assert "error" not in told, (method, told["error"])
                return told["result"]

    async def ask(self, script: str) -> Any:  # noqa: ANN401 - JavaScript answers with any JSON
        """The value of an expression on the page; promises are waited for."""
        told = await self.does("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, (script, told["exceptionDetails"])
        return told["result"].get("value")

    async def until(self, script: str, seconds: float = 20.0) -> Any:  # noqa: ANN401 - as above
        """Ask again until the answer is yes, and give it."""
        async with asyncio.timeout(seconds):
            while not (answer := await self.ask(script)):  # noqa: ASYNC110 - the page tells nobody
                await asyncio.sleep(0.1)
        return answer

    async def sized(self, width: int, height: int) -> None:
        """Give the page the size of a phone."""
        await self.does(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1.25, mobile=False
        )

    async def picture(self, path: Path, box: tuple[float, float, float, float] | None = None) -> None:
        """Save what shows now as a PNG: all of it, or a box of left, top, width and height."""
        clip = (
            {} if box is None else {"clip": {**dict(zip(("x", "y", "width", "height"), box, strict=True)), "scale": 1}}
        )
        told = await self.does("Page.captureScreenshot", format="png", **clip)
        await asyncio.to_thread(path.write_bytes, base64.b64decode(told["data"]))


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Tab]:
    """A tab at an address, in a browser of its own, as long as the block lasts."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    assert program, f"none of {NAMES} is installed"
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = await asyncio.create_subprocess_exec(
            *(program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *("--remote-debugging-port=0", f"--user-data-dir={folder}", "about:blank"),
            stderr=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
        )
        try:
            port = await _port(Path(folder) / "DevToolsActivePort")
            async with aiohttp.ClientSession() as session, _tab(session, port) as tab:
                await tab.does("Page.enable")
                await tab.does("Page.navigate", url=address)
                yield tab
        finally:
            browser.terminate()
            await browser.wait()


async def _port(path: Path) -> int:
    """The port that the browser chose, which it writes into a file."""
    async with asyncio.timeout(_PATIENCE):
        while not path.exists() or not path.read_text().strip():  # noqa: ASYNC110, ASYNC240 - nobody tells when
            await asyncio.sleep(0.05)
    return int(path.read_text().split()[0])  # noqa: ASYNC240 - one line


@asynccontextmanager
async def _tab(session: aiohttp.ClientSession, port: int) -> AsyncIterator[Tab]:
    async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
        listed = await answer.json(content_type=None)
    place = next(one["webSocketDebuggerUrl"] for one in listed if one["type"] == "page")
    async with session.ws_connect(place, max_msg_size=0) as socket:
        yield Tab(socket)
