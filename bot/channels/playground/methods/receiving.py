"""Fetching updates or having them delivered: getUpdates with its conflicts, and the webhook's settings."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from bot.channels.playground.methods.method import Method
from bot.channels.playground.refusals.table import refuse
from bot.channels.playground.town.deliveries import Deliveries
from bot.channels.playground.town.records import Webhook
from bot.channels.playground.town.town import Town
from bot.channels.playground.town.updates import Update
from bot.channels.playground.wire import Call, Wire

LONGEST_POLL = 50
LONGEST_SECRET = 256
MOST_CONNECTIONS = 100
_PORTS = frozenset({80, 88, 443, 8443})
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def get_updates(town: Town, call: Call) -> list[Wire]:
    """Hand out the updates that wait; earlier ones are confirmed by the offset: getUpdates."""
    if town.webhook.url:
        raise refuse("webhook_active")
    _allow(town, call)
    offset = call.integer("offset")
    limit = 1 if town.updates.too_eager(offset, town.now) else call.integer("limit")
    taken = town.updates.take(offset, limit, town.now)
    return [update.wire() for update in _weathered(town, taken)]


def _allow(town: Town, call: Call) -> None:
    """Remember which kinds the bot wants; a list that cannot be read changes nothing."""
    try:
        told = call.structure("allowed_updates")
    except ValueError:
        return
    if isinstance(told, list):
        town.updates.allowed = frozenset(map(str, told)) or None


def _weathered(town: Town, taken: list[Update]) -> list[Update]:
    """The updates as the weather lets them arrive: some twice, some before their elders."""
    arrived: list[Update] = []
    for update in taken:
        arrived.append(update)
        if town.weather.on_update("duplicate", update.id):
            arrived.append(update)
        if len(arrived) > 1 and town.weather.on_update("swap", update.id):
            arrived[-2:] = arrived[:-3:-1]
    return arrived


def waits(town: Town, call: Call) -> int:
    """How many seconds an empty answer to this getUpdates is held back; earlier calls that wait are ended by it."""
    seconds = max(0, min(call.integer("timeout"), LONGEST_POLL))
    if seconds:
        town.poller += 1
        town.poller_ended = "two_pollers"
    return seconds


def check_still_polling(town: Town, ticket: int) -> None:
    """Whether a getUpdates that waits was ended by another call."""
    if ticket != town.poller:
        raise refuse(town.poller_ended)


def set_webhook(town: Town, call: Call) -> bool:
    """Have updates delivered to an address; no address ends that: setWebhook."""
    url = call.text("url")
    if not url:
        return delete_webhook(town, call)
    _check_address(url)
    secret = call.text("secret_token")
    if len(secret) > LONGEST_SECRET:
        raise refuse("secret_long")
    if not _SECRET.fullmatch(secret):
        raise refuse("secret_bad")
    _allow(town, call)
    _drop_if_asked(town, call)
    connections = max(1, min(call.integer("max_connections", 40), MOST_CONNECTIONS))
    town.webhook = Webhook(url, secret, connections)
    town.deliveries = Deliveries(town.updates, town.seed)
    town.poller += 1
    town.poller_ended = "poll_ended"
    return True


def _check_address(url: str) -> None:
    """Whether updates can go there: like a server of one's own, plain HTTP is taken for this machine only."""
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError as bad:
        raise refuse("webhook_url_bad") from bad
    if not parts.hostname or parts.scheme not in {"http", "https"}:
        raise refuse("webhook_url_bad")
    if parts.hostname in _LOOPBACK:
        return
    if parts.scheme == "http":
        raise refuse("webhook_plain")
    if (port or 443) not in _PORTS:
        raise refuse("webhook_port")


def delete_webhook(town: Town, call: Call) -> bool:
    """Have updates wait to be fetched again: deleteWebhook."""
    _drop_if_asked(town, call)
    town.webhook = Webhook()
    return True


def _drop_if_asked(town: Town, call: Call) -> None:
    if call.flag("drop_pending_updates"):
        town.updates.waiting.clear()


def webhook_info(town: Town, _call: Call) -> Wire:
    """Tell where updates go and how that goes: getWebhookInfo."""
    town.updates.drop_expired(town.now)
    hook = town.webhook
    said: Wire = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(town.updates.waiting),
    }
    if hook.url:
        said |= {"max_connections": hook.connections, "ip_address": "127.0.0.1"}
    if hook.last_error:
        said |= {"last_error_date": hook.last_error_at, "last_error_message": hook.last_error}
    if town.updates.allowed is not None:
        said["allowed_updates"] = sorted(town.updates.allowed)
    return said


METHODS: Final[dict[str, Method]] = {
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": webhook_info,
}
