"""Menus: which commands Telegram offers to whom, in which language, and how the bot describes itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, Forbidden

from knowledge.entries import Language
from knowledge.phrasing import Phrasebook

PRIVATE = (
    *("start", "menu", "assess", "diagnose", "cost", "plan", "ask", "progress"),
    *("join", "language", "data", "delete", "cancel", "help"),
)
"""What is offered in a private chat."""

GROUP = ("consult", "join", "case", "ask", "close")
ADVISERS = ("desk", "say")
"""What those who lead a group are offered there besides."""

OWNERS = ("admin", "desk")

LANGUAGES: tuple[tuple[str, Language], ...] = (("", "en"), ("zh", "zh"), ("en", "en"))
"""The language codes of Telegram's clients (empty: all others) and the language that each of them reads."""

_ELSEWHERE = {
    ("ask", "group"): "command.ask_in_group",
    ("desk", "group"): "command.desk_in_group",
    ("join", "private"): "command.join_in_private",
}

Menu = tuple[BotCommandScope, str, tuple[BotCommand, ...]]


def menus(phrases: Phrasebook, owners: Sequence[int] = ()) -> Iterator[Menu]:
    """Every menu: its scope, its language code and its commands; an owner's chat has one of its own."""
    for code, language in LANGUAGES:
        yield BotCommandScopeAllPrivateChats(), code, _commands(phrases, language, PRIVATE)
        yield BotCommandScopeAllGroupChats(), code, _commands(phrases, language, GROUP, "group")
        leading = _commands(phrases, language, (*GROUP, *ADVISERS), "group")
        yield BotCommandScopeAllChatAdministrators(), code, leading
        for owner in owners:
            yield BotCommandScopeChat(owner), code, _commands(phrases, language, (*PRIVATE, *OWNERS))


def _commands(
    phrases: Phrasebook, language: Language, names: Sequence[str], place: str = "private"
) -> tuple[BotCommand, ...]:
    keys = {name: _ELSEWHERE.get((name, place), f"command.{name}") for name in names}
    return tuple(BotCommand(name, phrases.say(language, key)) for name, key in keys.items())


async def post_menus(bot: Bot, phrases: Phrasebook, owners: Sequence[int] = ()) -> int:
    """Let Telegram show our menus and words about us; what it shows already is left alone.

    Returns:
        How many of them were changed. An owner who never started the bot has no chat yet and is passed over.

    Raises:
        telegram.error.TelegramError: when Telegram cannot be reached or asks to wait.
    """
    changed = 0
    for scope, code, commands in menus(phrases, owners):
        try:
            changed += await _posted(bot, scope, code, commands)
        except (BadRequest, Forbidden):
            if not isinstance(scope, BotCommandScopeChat):
                raise
    for code, language in LANGUAGES:
        changed += await _described(bot, code, phrases.say(language, "profile.short"))
        changed += await _told(bot, code, phrases.say(language, "profile.about"))
    return changed


async def show_menu(bot: Bot, phrases: Phrasebook, operator: int) -> None:
    """Show the operators' commands in somebody's private chat.

    Raises:
        telegram.error.TelegramError: when there is no such chat, or Telegram cannot be reached.
    """
    for scope, code, commands in menus(phrases, (operator,)):
        if isinstance(scope, BotCommandScopeChat):
            await _posted(bot, scope, code, commands)


async def hide_menu(bot: Bot, operator: int) -> None:
    """Let somebody see the same commands as everybody from now on.

    Raises:
        telegram.error.TelegramError: when there is no such chat, or Telegram cannot be reached.
    """
    for code, _ in LANGUAGES:
        await bot.delete_my_commands(BotCommandScopeChat(operator), code)


async def _posted(bot: Bot, scope: BotCommandScope, code: str, commands: tuple[BotCommand, ...]) -> bool:
    if await bot.get_my_commands(scope, code) == commands:
        return False
    return await bot.set_my_commands(commands, scope, code)


async def _described(bot: Bot, code: str, words: str) -> bool:
    if (await bot.get_my_short_description(code)).short_description == words:
        return False
    return await bot.set_my_short_description(words, code)


async def _told(bot: Bot, code: str, words: str) -> bool:
    if (await bot.get_my_description(code)).description == words:
        return False
    return await bot.set_my_description(words, code)
