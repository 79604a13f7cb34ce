"""The way in from Telegram: updates become letters that are committed before anybody says that they have come."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import hmac
import logging
import time
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from telegram.error import TelegramError

from bot.channels.telegram.ballots import votes_in
from bot.channels.telegram.carrier import PREFIX, TelegramCarrier
from bot.channels.telegram.guarding import Guardian, Share, agreed
from bot.channels.telegram.heard import Heard, told_arrival
from bot.channels.telegram.plain import heard_plainly
from bot.channels.telegram.polling import Updates
from bot.channels.telegram.standings import Standings
from bot.channels.telegram.translating import Ear, arrival_of, read_update
from bot.service.floods import Ask, Floods
from bot.service.moments import Clock, milliseconds
from bot.service.worker import Worker
from bot.store.inbox import Letter
from bot.store.polls import Votes

LOG = logging.getLogger(__name__)

_MOST_IN_A_ROW, _SECONDS_EACH = 60, 1.0
"""What one person may send: sixty at once, one a second over time; a flood beyond it costs no write."""

_PEOPLE_KEPT = 10_000
_IDS_KEPT = 2_000

Along = dict[str, str]
"""A call of the bot's that goes along with the confirmation of an update, as a webhook's answer may."""

Toast = Callable[[Heard], str | None]
"""The words for a press that cannot count, in the language of who pressed."""

Count = Callable[[Mapping[str, Votes]], Awaitable[None]]
"""Keeps the votes that the platform has told of."""


Fetch = Callable[[Letter, Heard | None], Awaitable[Letter]]
"""A letter as it goes in, with the text of the document that came with it where somebody may bring one."""


async def _unfetched(letter: Letter, _heard: Heard | None) -> Letter:
    return letter


async def _unshared(_ask: Ask) -> bool:
    return True


async def _uncounted(_votes: Mapping[str, Votes]) -> None:
    return


class TelegramDoor:
    """Takes raw updates in, in batches; ``counts`` says what they were, ``heard_at`` when the platform last spoke."""

    def __init__(
        self,
        worker: Worker,
        carrier: TelegramCarrier,
        keys: tuple[bytes, ...],
        name: str,
        clock: Clock,
        standings: Standings,
    ) -> None:
        """A door for the bot of a name, whose buttons are sealed with the first of the keys."""
        self.counts: Counter[str] = Counter()
        self.window_ms = 0
        self.heard_at = time.monotonic()
        self.toast: Toast = lambda _heard: None
        self.barred: frozenset[str] = frozenset()
        self.standings = standings
        self.guardian = Guardian(clock)
        self.count: Count = _uncounted
        self.fetch: Fetch = _unfetched
        self._worker, self._carrier, self._keys, self._name, self._clock = worker, carrier, keys, name, clock
        self.share: Share = _unshared
        self._people = Floods(clock, _PEOPLE_KEPT)
        self._asks: dict[int, tuple[Ask, ...]] = {}
        self._latest: dict[int, None] = {}
        self._awaited: dict[int, asyncio.Future[None]] = {}

    async def take(self, updates: Updates) -> Along | None:
        """Commit updates; whatever it raises, nothing of them has been confirmed and all may come again.

        Returns the call that stops a pressed button's spinner, where it may go along with the confirmation.
        """
        self.heard_at = time.monotonic()
        heard = [one for one in map(self._heard, updates) if one is not None]
        for one in heard:
            self.standings.changed(one)
        votes = votes_in(updates)
        if votes:
            await self.count(votes)
        letters = [letter for one in heard if (letter := await self._agreed(one)) is not None]
        if letters and self.window_ms:
            await self._in_order(min(letter.number for letter in letters))
        await self._admit(letters, {one.update_id: one for one in heard if one.attached is not None})
        along = None
        for one in heard:
            await self._beside(one)
            along = self._spinner(one) or along
        return along

    async def _admit(self, letters: list[Letter], files: Mapping[int, Heard]) -> None:
        """Let letters in; whoever sends a document keeps nobody else waiting while it is fetched."""
        slow = {one.conversation for one in files.values()}
        at_once = [letter for letter in letters if letter.conversation not in slow]
        await self._worker.admit(await self.standings.told(at_once))
        if files:
            later = [letter for letter in letters if letter.conversation in slow]
            await self._worker.admit([await self.fetch(letter, files.get(letter.number)) for letter in later])

    def _heard(self, update: Mapping[str, Any]) -> Heard | None:
        """What one update says; an update that cannot be read at all is counted and let go."""
        try:
            heard = self.guardian.looked(update, self._understood(update, self._clock()))
        except (TelegramError, KeyError, TypeError, ValueError, AttributeError) as error:
            self.counts["unreadable"] += 1
            LOG.warning("door: an update could not be read: %s", type(error).__name__)
            return None
        self.counts[heard.reason or heard.kind] += 1
        asks = self._asked()
        if asks:  # nothing else is kept of an update whose batch fails and may come again elsewhere
            self._asks[heard.update_id] = asks
        return heard

    def _understood(self, update: Mapping[str, Any], at: dt.datetime) -> Heard:
        """What an update says; a button may be sealed with an older key, and of a poll only its votes are read."""
        if "poll" in update:
            return Heard(int(update["update_id"]), "poll", "poll")
        heard = heard_plainly(update, Ear(self._keys[0], self._name, at))
        if heard is not None and heard.reason != "forged":
            return heard
        told = read_update(update)
        heard = arrival_of(told, self._keys[0], self._name, at)
        for key in self._keys[1:]:
            if heard.reason in {"forged", "foreign"}:
                heard = arrival_of(told, key, self._name, at)
        return heard

    async def _agreed(self, heard: Heard) -> Letter | None:
        """The letter of what was heard, where it is welcome here and with all other workers."""
        letter = self._letter(heard)
        asks = self._asks.pop(heard.update_id, ())
        if letter is None or not asks:
            return letter
        letter = await agreed(letter, asks, self.share)
        if letter is None:
            self.counts["flood"] += 1
            self._unwelcome(heard)
        return letter

    def _unwelcome(self, heard: Heard) -> None:
        """Stop the spinner of a press in a group that gets no turn, which would have answered it."""
        if heard.group and heard.query_id is not None:
            self._carrier.aside(self._carrier.toast(heard.query_id))

    def _letter(self, heard: Heard) -> Letter | None:
        arrival = told_arrival(heard, self._clock())
        self._come(heard.update_id)
        if arrival is None or not heard.conversation:
            return None
        if not self._welcome(heard):
            self._unwelcome(heard)
            return None
        digest = self._digest(heard, arrival.text) if arrival.text and arrival.command is None else None
        return Letter(heard.conversation, heard.update_id, arrival, milliseconds(arrival.at), heard.message_id, digest)

    def _come(self, update_id: int) -> None:
        """Note that an update has come by here; the one after it may be waiting for it."""
        self._latest[update_id] = None
        if len(self._latest) > _IDS_KEPT:
            del self._latest[next(iter(self._latest))]
        waiting = self._awaited.pop(update_id, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)

    async def _in_order(self, update_id: int) -> None:
        """Wait a moment for the update before this one, when it has not come by here: it may still be on its way."""
        before = update_id - 1
        if before in self._latest:
            return
        come = self._awaited.setdefault(before, asyncio.get_running_loop().create_future())
        await asyncio.wait([come], timeout=self.window_ms / 1000)
        self._awaited.pop(before, None)

    def _digest(self, heard: Heard, text: str) -> str:
        told = f"{heard.conversation} {text.strip()}".encode()
        return urlsafe_b64encode(hmac.digest(self._keys[0], told, hashlib.sha256)[:12]).decode()

    def _welcome(self, heard: Heard) -> bool:
        """Whether this person may send one more now; nobody whom an operator has barred may."""
        if f"{PREFIX}{heard.user_id}" in self.barred:
            self.counts["barred"] += 1
            return False
        alone = self._people.may(f"from {heard.user_id}", _MOST_IN_A_ROW, _SECONDS_EACH)
        if not (alone and self.guardian.welcome(heard)):
            self._asked()
            self.counts["flood"] += 1
            return False
        self._asks[heard.update_id] = (*self._asks.get(heard.update_id, ()), *self._asked())
        return True

    def _asked(self) -> tuple[Ask, ...]:
        """What all workers have to be asked for what was just looked at."""
        return (*self._people.asks(), *self.guardian.floods.asks())

    def _spinner(self, heard: Heard) -> Along | None:
        """Stop a pressed button's spinner: in a call of its own, or along with the confirmation of one update."""
        if heard.query_id is None or (heard.group and heard.arrival is not None):
            return None  # a press in a group is answered by its turn
        words = self.toast(heard) if heard.arrival is None else None
        if not self.window_ms:
            self._carrier.aside(self._carrier.toast(heard.query_id, words))
            return None
        told = {"method": "answerCallbackQuery", "callback_query_id": heard.query_id}
        return told | ({"text": words} if words else {})

    async def _beside(self, heard: Heard) -> None:
        """What needs no turn: follow a chat that has moved."""
        if heard.moved_to is not None:
            await self._worker.follow(heard.conversation, f"tg:{heard.moved_to}")
