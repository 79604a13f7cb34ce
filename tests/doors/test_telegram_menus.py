"""The menus: everybody sees the commands that are answered to them, in their language, posted once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.channels.playground.faces.in_process import StreetRequest
from bot.channels.telegram.menus import ADVISERS, GROUP, LANGUAGES, OWNERS, PRIVATE, menus, post_menus
from bot.channels.telegram.transport import make_bot
from bot.consultation.acting import ACTS
from bot.dialogue.choosing import COMMANDS
from tests.journeys.walking import scene_now
from tests.street.stage import Stage

HAN = re.compile("[\u4e00-\u9fff]")
WORDS = scene_now().library.phrases


def _with(stage: Stage, act: Callable[[Bot], Awaitable[int]]) -> int:
    async def run() -> int:
        async with make_bot(stage.street.token, "http://street", StreetRequest(stage.street)) as bot:
            return await act(bot)

    return asyncio.run(run())


def test_everybody_sees_their_menu() -> None:
    """Private chats and groups have their own commands, and an owner sees the operators' too."""
    stage = Stage()
    _with(stage, lambda bot: post_menus(bot, WORDS, (stage.alice.id,)))
    answered = list(PRIVATE)
    assert set(answered) <= {*COMMANDS, *(command for act in ACTS for command in act.commands)}
    assert stage.carol.menu(stage.carol.home) == answered
    assert stage.alice.menu(stage.alice.home) == [*answered, *OWNERS]
    assert stage.bob.menu(stage.talk) == list(GROUP)
    leads = next(who for who in (stage.alice, stage.carol, stage.dan) if stage.talk.status(who.user) == "creator")
    assert leads.menu(stage.talk) == [*GROUP, *ADVISERS]
    assert {*GROUP, *ADVISERS} <= {command for act in ACTS for command in act.commands}
    assert set(answered) >= {"start", "menu", "assess", "diagnose", "cost", "plan", "ask", "data", "delete", "help"}


def test_menus_are_posted_once() -> None:
    """What stands already is left alone, and what somebody changed is put right."""
    stage = Stage()
    first = _with(stage, lambda bot: post_menus(bot, WORDS))
    assert first > 0
    before = stage.street.weather.calls
    assert _with(stage, lambda bot: post_menus(bot, WORDS)) == 0
    assert stage.street.weather.calls > before
    stage.call("deleteMyCommands", scope={"type": "all_group_chats"}, language_code="zh")
    assert _with(stage, lambda bot: post_menus(bot, WORDS)) == 1


def test_an_owner_without_a_chat_is_passed_over() -> None:
    """An owner who never started the bot does not keep the others from their menus."""
    stage = Stage()
    assert _with(stage, lambda bot: post_menus(bot, WORDS, (stage.dan.id, stage.alice.id))) > 0
    assert OWNERS[0] in stage.alice.menu(stage.alice.home)


def test_a_refusal_of_a_menu_for_all_is_told() -> None:
    """A menu that Telegram refuses for everybody is a fault that is told, not passed over."""
    stage = Stage()

    class Refusing(StreetRequest):
        async def do_request(self, url: str, *rest: object, **more: object) -> tuple[int, bytes]:
            if url.endswith("setMyCommands"):
                return 400, b'{"ok":false,"error_code":400,"description":"Bad Request: BOT_COMMAND_INVALID"}'
            return await super().do_request(url, *rest, **more)  # type: ignore[arg-type]  passed on as it came

    async def run() -> None:
        async with make_bot(stage.street.token, "http://street", Refusing(stage.street)) as bot:
            await post_menus(bot, WORDS)

    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        asyncio.run(run())


def test_menus_speak_each_language() -> None:
    """Chinese clients read Chinese, all others English, and no command stands twice."""
    for _scope, code, commands in menus(WORDS, (7,)):
        chinese = dict(LANGUAGES)[code] == "zh"
        assert all(bool(HAN.search(one.description)) == chinese for one in commands)
        assert len({one.command for one in commands}) == len(commands)


def test_words_about_the_bot_fit() -> None:
    """What Telegram shows of the bot is not longer than it takes: 120 and 512 letters."""
    for _code, language in LANGUAGES:
        assert len(WORDS.say(language, "profile.short")) <= 120
        assert len(WORDS.say(language, "profile.about")) <= 512
