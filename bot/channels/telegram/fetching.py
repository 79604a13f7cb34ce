"""Fetching: the text of a document that somebody may bring to the house; nothing of anybody else's is fetched."""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from sqlalchemy import Engine
from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.heard import Attached, Heard
from bot.service.bringing import Brought, hatch_of
from bot.service.moments import Run
from bot.store.inbox import Letter

LOG = logging.getLogger(__name__)

_SECONDS = 5.0
"""Seconds that fetching may take: whatever came with it in the same bundle has gone in before."""


class Documents:
    """Fetches documents for the hatch of a store."""

    def __init__(self, bot: Bot, store: Engine, run: Run) -> None:
        """``run`` runs what reads the store."""
        self._bot, self._store, self._run = bot, store, run

    async def fetched(self, letter: Letter, heard: Heard | None) -> Letter:
        """The letter as a command with the document's text, for whoever may bring one; else as it was.

        The command comes without a text when the document is unfit or cannot be had; then its answer says so.
        """
        hatch = hatch_of(self._store)
        if hatch is None or heard is None or heard.attached is None:
            return letter
        attached = heard.attached
        brought = Brought(attached.name, letter.arrival.text or "", attached.size)
        word = await self._run(partial(hatch.wants, heard.user_id, brought))
        if word is None:
            return letter
        text = await self._text(attached, hatch.most()) if hatch.fit(word, brought) else ""
        told = {"command": "admin", "text": hatch.line(word, text), "media": None}
        return letter._replace(arrival=letter.arrival.model_copy(update=told), digest=None)

    async def _text(self, attached: Attached, most: int) -> str:
        try:
            async with asyncio.timeout(_SECONDS):
                file = await self._bot.get_file(attached.file_id)
                if (file.file_size or 0) > most:
                    return ""
                data = bytes(await file.download_as_bytearray())
            return data.decode("utf-8-sig") if len(data) <= most else ""
        except (TelegramError, TimeoutError, UnicodeDecodeError) as error:
            LOG.warning("fetching: a document could not be had: %s", type(error).__name__)
            return ""
