"""The interview as python-telegram-bot's own ConversationHandler holds it, in memory, with nothing tuned."""

from __future__ import annotations

import asyncio

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

from tests.benchmarks.peers import interview
from tests.benchmarks.peers.starting import Start, read_start


def _keyboard(number: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([
        [InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in interview.rows(number)
    ])


async def _started(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    context.user_data["answers"] = {}
    await update.effective_message.reply_text(interview.words(0, {}), reply_markup=_keyboard(0))
    return 0


async def _pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query = update.callback_query
    await query.answer()
    answers = context.user_data["answers"]
    context.user_data.pop("changing", None)
    answers[int(query.data.partition(":")[0])] = interview.label_of(query.data)
    number = interview.following(answers)
    await query.edit_message_text(interview.words(number, answers), reply_markup=_keyboard(number))
    return number


async def _changed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query = update.callback_query
    await query.answer()
    number = interview.changed(query.data)
    context.user_data["changing"] = number
    await query.edit_message_text(interview.words(number, context.user_data["answers"]), reply_markup=_keyboard(number))
    return number


async def _typed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    answers = context.user_data["answers"]
    answers[context.user_data.pop("changing", interview.following(answers))] = update.effective_message.text
    number = interview.following(answers)
    await update.effective_message.reply_text(interview.words(number, answers), reply_markup=_keyboard(number))
    return number


async def _slow(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    await asyncio.sleep(interview.SLOW_SECONDS)
    await update.effective_message.reply_text("done")


def build(start: Start) -> Application:
    """The application with its one conversation."""
    typed = MessageHandler(filters.TEXT & ~filters.COMMAND, _typed)
    states = {number: [CallbackQueryHandler(_pressed), typed] for number in range(interview.QUESTIONS)}
    states[interview.CHECK] = [CallbackQueryHandler(_changed, pattern="^change:")]
    begin = CommandHandler("start", _started)
    application = Application.builder().token(start.token).base_url(f"{start.api}/bot").build()
    application.add_handler(MessageHandler(filters.Text([interview.SLOW]), _slow))
    application.add_handler(ConversationHandler([begin], states, [begin]))
    return application


def main() -> None:
    """Run until told to stop."""
    start = read_start()
    application = build(start)
    if not start.webhook:
        application.run_polling()
        return
    application.run_webhook(
        start.host,
        start.port,
        start.path.lstrip("/"),
        webhook_url=start.webhook,
        secret_token=start.secret or None,
    )


if __name__ == "__main__":
    main()
