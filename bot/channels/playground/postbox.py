"""The postbox of webhook deliveries: what goes out now, and what becomes of it when the bot takes it or does not."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.channels.playground.street import Street
from bot.channels.playground.town.records import Webhook
from bot.channels.playground.town.updates import Update
from bot.channels.playground.wire import Call

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of a header, not a secret
_NOT_AS_ANSWER = frozenset({"deletewebhook", "setwebhook", "close", "logout"})


class Postbox:
    """Deliveries of one street, for whoever carries them."""

    def __init__(self, street: Street) -> None:
        """The postbox of a street."""
        self._street = street

    def due(self) -> tuple[Webhook, list[Update]]:
        """Where updates go now, and which; each must be reported back as taken or failed."""
        with self._street.happening(""):
            town = self._street.town
            hook = town.webhook
            return hook, town.deliveries.due(town.now, hook.connections) if hook.url else []

    def seconds_to_wait(self) -> float | None:
        """How long until something is due again; None until something happens."""
        with self._street.happening(""):
            town = self._street.town
            wake = town.deliveries.next_wake(town.now) if town.webhook.url else None
            return None if wake is None else wake - town.now

    def taken(self, update: Update, body: bytes) -> None:
        """The bot answered with 2xx; its body may name a method, which is obeyed, its result lost."""
        with self._street.happening(f"webhook took {update.id}"):
            town = self._street.town
            if town.weather.on_update("duplicate", update.id):
                town.deliveries.flying.pop(update.id, None)
            else:
                town.deliveries.taken(update)
        call = _call_in(body)
        if call is not None:
            self._street.call(call)

    def failed(self, update: Update, why: str, code: int = 0, retry_after: int = 0) -> None:
        """The bot did not take it; after 23 hours of 410 the webhook is removed."""
        with self._street.happening(f"webhook failed {update.id}: {why}"):
            town = self._street.town
            town.webhook.last_error, town.webhook.last_error_at = why, town.date
            if town.deliveries.failed(update, town.now, retry_after, gone=code == 410):
                town.webhook = Webhook()


def headers(hook: Webhook) -> Mapping[str, str]:
    """The headers that a delivery carries."""
    return {"Content-Type": "application/json"} | ({SECRET_HEADER: hook.secret} if hook.secret else {})


def _call_in(body: bytes) -> Call | None:
    """The call that a webhook answered with, None when there is none or it may not be made that way."""
    try:
        said = json.loads(body)
    except ValueError:
        return None
    if not isinstance(said, dict) or not said.get("method"):
        return None
    name = str(said.pop("method"))
    return None if name.lower() in _NOT_AS_ANSWER or name.lower().startswith("get") else Call(name, said)
