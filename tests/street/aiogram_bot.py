"""The same little bot written with aiogram, an independent reader of the Bot API."""

from __future__ import annotations

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    Update,
)

from bot.channels.playground.wire import Wire


def connected(token: str, root: str) -> Bot:
    """The library's bot, which asks the server under an address."""
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(root)))


def _keyboard(*labels: str) -> InlineKeyboardMarkup:
    buttons = [InlineKeyboardButton(text=label, callback_data=label.lower()) for label in labels]
    return InlineKeyboardMarkup(inline_keyboard=[buttons])


class AiogramBot:
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
        await self.handle(Update.model_validate(told, context={"bot": self.bot}))

    async def handle(self, update: Update) -> None:
        """Do what the update asks for."""
        query = update.callback_query
        if query is not None:
            await query.answer("noted")
            assert isinstance(query.message, Message)
            await query.message.edit_text("You said yes", reply_markup=_keyboard("Back"))
        elif update.message is not None:
            await self._message(update.message)

    async def _message(self, message: Message) -> None:
        text = message.text or ""
        if text.startswith("/start"):
            words = f"Hello <b>{text.removeprefix('/start').strip()}</b>"
            await message.answer(words, parse_mode="HTML", reply_markup=_keyboard("Yes", "No"))
        elif text == "/bad":
            await self._mistake(message)
        elif message.photo:
            held = await self._download(message.photo[-1].file_id)
            await message.answer_photo(BufferedInputFile(held, "same.png"), caption="same")
        elif message.document:
            shouted = (await self._download(message.document.file_id)).upper()
            await message.answer_document(BufferedInputFile(shouted, message.document.file_name or "file"))
        elif message.chat.type != "private" and text:
            await message.reply(f"In the group: {text}")

    async def _download(self, file_id: str) -> bytes:
        held = await self.bot.download(file_id)
        assert held is not None
        return held.read()

    async def _mistake(self, message: Message) -> None:
        try:
            await message.answer("<b>oops", parse_mode="HTML")
        except TelegramBadRequest as refused:
            await message.answer(f"refused: {refused.message.rsplit(': ', 1)[-1]}")
