"""Attaching: charts go out as photos and papers as documents; what cannot be made or is refused is told in words."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial

from telegram import Bot, InputFile
from telegram.error import BadRequest

from bot.channels.telegram.rendering import in_words
from bot.dialogue.messages import Paper, Picture
from bot.documents.figures import language_of
from bot.documents.making import Made, make_paper
from bot.documents.picturing import draw_picture
from bot.service.faults import place_of
from bot.service.moments import Run
from knowledge.phrasing import Phrasebook

LOG = logging.getLogger(__name__)

_SECONDS = 10.0
"""Seconds that sending a file may take, no more than words: a lease has to outlast the call."""


class Attachments:
    """Makes files in threads, only when they are due to go out, and sends them."""

    def __init__(self, bot: Bot, phrases: Callable[[], Phrasebook], run: Run) -> None:
        """A sender for one bot that asks for the words in use each time; ``run`` runs what takes long."""
        self._bot, self._phrases, self._run = bot, phrases, run

    async def send(self, chat: int, block: Picture | Paper, caption: str, under: Mapping[str, object]) -> int:
        """Send one chart or paper with its caption in HTML, its buttons and its place; the number of the new message.

        Raises:
            telegram.error.TelegramError: as for any message; a refusal only when the words are refused too.
        """
        told = {"chat_id": chat, "parse_mode": "HTML", **under}
        made = await self._made(block)
        if made is not None:
            try:
                return await self._uploaded(told, block, made, caption)
            except BadRequest as error:
                LOG.warning("attaching: a %s is refused and told in words: %s", block.kind, error)
        failed = self._phrases().say(language_of(block.language), "document.sending.failed")
        words = in_words(block, caption, failed)
        message: dict[str, int] = await self._bot.do_api_request("sendmessage", told | {"text": words})
        return message["message_id"]

    async def _uploaded(self, told: dict[str, object], block: Picture | Paper, made: Made, caption: str) -> int:
        kind = "photo" if isinstance(block, Picture) else "document"
        file = InputFile(made.data, filename=made.name)
        message: dict[str, int] = await self._bot.do_api_request(
            f"send{kind}", told | {kind: file} | ({"caption": caption} if caption else {}), write_timeout=_SECONDS
        )
        return message["message_id"]

    async def _made(self, block: Picture | Paper) -> Made | None:
        """The file; None when it cannot be made, which is written to the log without anything that it says."""
        try:
            return await self._run(partial(_make, block, self._phrases()))
        except Exception as error:  # noqa: BLE001 - whatever is wrong with a file, its words still go out
            LOG.error("attaching: a %s could not be made: %s", block.kind, place_of(error))  # noqa: TRY400 - a traceback would tell what is in it
            return None


def _make(block: Picture | Paper, phrases: Phrasebook) -> Made:
    if isinstance(block, Paper):
        return make_paper(block, phrases)
    return Made("chart.png", "image/png", draw_picture(block, phrases))
