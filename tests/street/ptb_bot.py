"""The little bot of the client tests, written with python-telegram-bot."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest

from bot.channels.playground.wire import Wire


def _keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label.lower()) for label in labels]])


class PtbBot:
    """Greets, takes presses, gives pictures back, shouts documents, answers in groups, tells its mistakes."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.offset = 0

    async def fetch(self, seconds: int) -> int:
        """Fetch updates, handle them, and say how many there were."""
        updates = await self.bot.get_updates(offset=self.offset, timeout=seconds)
        for update in updates:
            self.offset = update.update_id + 1
            await self.handle(update)
        return len(updates)

    async def take(self, told: Wire) -> None:
        """Handle an update as a webhook brings it."""
        await self.handle(Update.de_json(told, self.bot))

    async def handle(self, update: Update) -> None:
        """Do what the update asks for."""
        if update.callback_query is not None:
            await update.callback_query.answer("noted")
            await update.callback_query.edit_message_text("You said yes", reply_markup=_keyboard("Back"))
        elif update.message is not None:
            await self._message(update.message)

    async def _message(self, message: Message) -> None:
        text = message.text or ""
        if text.startswith("/start"):
            words = f"Hello <b>{text.removeprefix('/start').strip()}</b>"
            await message.reply_text(words, parse_mode="HTML", reply_markup=_keyboard("Yes", "No"))
        elif text == "/bad":
            await self._mistake(message)
        elif message.photo:
            held = await message.photo[-1].get_file()
            await message.reply_photo(bytes(await held.download_as_bytearray()), caption="same")
        elif message.document:
            held = await message.document.get_file()
            shouted = bytes(await held.download_as_bytearray()).upper()
            await message.reply_document(shouted, filename=message.document.file_name)
        elif message.chat.type != "private" and text:
            await message.reply_text(f"In the group: {text}", do_quote=True)

    async def _mistake(self, message: Message) -> None:
        try:
            await message.reply_text("<b>oops", parse_mode="HTML")
        except BadRequest as refused:
            await message.reply_text(f"refused: {refused.message.rsplit(': ', 1)[-1]}")


def webhook_headers(headers: Mapping[str, str]) -> str:
    """The secret that a delivery carried."""
    return headers.get("X-Telegram-Bot-Api-Secret-Token", "")
