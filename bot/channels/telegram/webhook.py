"""The webhook: one route that answers 200 only once the update is committed, with a small call along if one is due."""

from __future__ import annotations

import hmac
import json
import logging
from typing import Any

from aiohttp import web
from telegram import Bot

from bot.channels.telegram.polling import KINDS, Take

LOG = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
_BIGGEST = 1 << 20
_DEEPEST = 60
_MOST_AT_ONCE = 40


def webhook_app(take: Take, secret: str, path: str) -> web.Application:
    """The web application that takes updates in under a path, from whoever knows the secret."""

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=403)
        update = _read(await request.read())
        if update is None:
            return web.Response(status=400)
        try:
            along = await take([update])
        except Exception as error:  # noqa: BLE001 - not committed: the platform keeps it and sends it again
            LOG.warning("webhook: %s; the update is sent again", type(error).__name__)
            return web.Response(status=503, headers={"Retry-After": "1"})
        return web.json_response(along) if along else web.Response()

    app = web.Application(client_max_size=_BIGGEST)
    app.router.add_post(path, receive)
    return app


async def announce(bot: Bot, url: str, secret: str) -> None:
    """Tell the platform where to send updates; what waits there is kept.

    Raises:
        telegram.error.TelegramError: when the platform refuses the address.
    """
    await bot.set_webhook(url, secret_token=secret, allowed_updates=list(KINDS), max_connections=_MOST_AT_ONCE)


def _read(body: bytes) -> dict[str, Any] | None:
    """An update, or None for anything else, also for what is nested too deep to be one."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        return None
    few = body.count(b"{") + body.count(b"[") <= _DEEPEST
    return update if few or _shallow(update, _DEEPEST) else None


def _shallow(value: object, room: int) -> bool:
    if room == 0:
        return False
    if isinstance(value, dict):
        return all(_shallow(part, room - 1) for part in value.values())
    if isinstance(value, list):
        return all(_shallow(part, room - 1) for part in value)
    return True
