"""The log: one line of JSON an event on standard error, never with a token or a figure of anybody's."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sys
from typing import Any

from bot.service.faults import place_of

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
_LOUD = ("httpx", "httpcore", "telegram", "aiohttp.access", "sqlalchemy.engine", "alembic")
"""Libraries that would write addresses with the token in them, or rows with what people said."""


class JsonLines(logging.Formatter):
    """One JSON object a line: moment, level, room, words; of an exception only its kind and place."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of one record."""
        told: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "room": record.name,
            "says": without_token(record.getMessage()),
        }
        if record.exc_info and record.exc_info[1] is not None:
            told["error"] = place_of(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False)


def without_token(words: str) -> str:
    """Words in which anything that looks like a bot's token is blotted out."""
    return _TOKEN.sub("[token]", words)


def start_log(level: str) -> None:
    """Write events from a level on to standard error; the loud libraries are heard only when something is wrong."""
    door = logging.StreamHandler(sys.stderr)
    door.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[door], force=True)
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)
    for name in _LOUD:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))


def log_strays(loop: asyncio.AbstractEventLoop) -> None:
    """Let errors that nobody awaited be written like all others, without what they carry."""

    def stray(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        told = place_of(error) if isinstance(error, BaseException) else "no exception"
        logging.getLogger(__name__).error("stray: %s", told)

    loop.set_exception_handler(stray)
