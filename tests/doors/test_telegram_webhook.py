"""The webhook's door: only who knows the secret comes in, and 200 is said only of what is committed."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy.exc import OperationalError

from bot.channels.telegram.webhook import SECRET_HEADER, webhook_app

SECRET = "right-secret"
UPDATE = {"update_id": 7, "message": {"text": "hello"}}


class Inside:
    """Whoever takes the updates: remembers them, fails if told to, and may answer along."""

    def __init__(self, fails: bool = False, along: dict[str, str] | None = None) -> None:
        self.taken: list[Mapping[str, Any]] = []
        self.fails, self.along = fails, along

    async def take(self, updates: Sequence[Mapping[str, Any]]) -> object:
        """Take updates in."""
        if self.fails:
            raise OperationalError("insert", None, Exception("disk full"))
        self.taken += updates
        return self.along


def _posted(inside: Inside, body: bytes, secret: str | None = SECRET, path: str = "/hook") -> tuple[int, bytes, str]:
    async def post() -> tuple[int, bytes, str]:
        async with TestClient(TestServer(webhook_app(inside.take, SECRET, "/hook"))) as client:
            headers = {} if secret is None else {SECRET_HEADER: secret}
            response = await client.post(path, data=io.BytesIO(body), headers=headers)
            return response.status, await response.read(), response.headers.get("Retry-After", "")

    return asyncio.run(post())


def test_an_update_with_the_secret_is_taken_and_confirmed() -> None:
    """200 once it is inside, and the update is handed on as it came."""
    inside = Inside()
    assert _posted(inside, json.dumps(UPDATE).encode())[0] == 200
    assert inside.taken == [UPDATE]


@pytest.mark.parametrize("secret", [None, "", "wrong", "right-secre", "right-secret2", "RIGHT-SECRET"])
def test_without_the_secret_nothing_comes_in(secret: str | None) -> None:
    """403, and nobody inside hears of it."""
    inside = Inside()
    assert _posted(inside, json.dumps(UPDATE).encode(), secret)[0] == 403
    assert inside.taken == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"[]",
        b"null",
        b'{"update_id": "7"}',
        b'{"message": {}}',
        b"\xff\xfe",
        b'{"update_id": 7, "message": ' + b"[" * 500 + b"]" * 500 + b"}",
        b"[" * 100_000,
    ],
)
def test_what_is_no_update_is_refused(body: bytes) -> None:
    """400 for words that are no update and for anything nested too deep."""
    inside = Inside()
    assert _posted(inside, body)[0] == 400
    assert inside.taken == []


def test_a_body_that_is_too_large_is_refused() -> None:
    """Nobody fills our memory."""
    inside = Inside()
    assert _posted(inside, b'{"update_id": 7, "x": "' + b"a" * (2 << 20) + b'"}')[0] == 413
    assert inside.taken == []


def test_what_is_not_committed_is_not_confirmed() -> None:
    """While the store is away the platform is asked to come again soon."""
    status, _, after = _posted(Inside(fails=True), json.dumps(UPDATE).encode())
    assert status == 503
    assert after == "1"


def test_a_small_call_goes_along() -> None:
    """A spinner is stopped in the same answer."""
    along = {"method": "answerCallbackQuery", "callback_query_id": "5"}
    status, body, _ = _posted(Inside(along=along), json.dumps(UPDATE).encode())
    assert status == 200
    assert json.loads(body) == along


def test_other_paths_lead_nowhere() -> None:
    """Only the path of the address we announced is a door."""
    inside = Inside()
    assert _posted(inside, json.dumps(UPDATE).encode(), path="/")[0] == 404
    assert inside.taken == []
