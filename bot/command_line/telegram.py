"""limit-guide telegram: the bot in Telegram, by polling, or by webhook when an address is set."""

from __future__ import annotations

import asyncio
import os
import sys
from argparse import ArgumentParser, Namespace
from concurrent.futures import Future
from functools import partial

from bot.admin.chatting import open_office
from bot.channels.telegram.running import run_telegram
from bot.publishing.editions import Edition
from bot.service.consulting import Consultations, open_consultations
from bot.settings import SettingsError, read_settings
from bot.wiring import open_house
from simulator.commands.command import Command

if sys.platform == "win32":
    from asyncio import new_event_loop
else:
    from uvloop import new_event_loop


def _arguments(_parser: ArgumentParser) -> None:
    """Everything it needs are settings."""


def _run(_given: Namespace) -> int:
    settings = read_settings(os.environ)  # noqa: TID251  the door hands the environment to settings
    if settings.bot_token is None:
        raise SettingsError("LIMIT_GUIDE_BOT_TOKEN is not set; the token that BotFather gave is right")
    house = open_house(settings)
    open_office(house.store, settings)
    consultations = open_consultations(house.store, settings)
    house.read_ahead().add_done_callback(partial(_drawn_ahead, consultations))
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(run_telegram(house, settings))
    return 0


def _drawn_ahead(consultations: Consultations, read: Future[Edition]) -> None:
    """Once the packs are read, the crowd in which cards hide is drawn, before anybody asks to see one."""
    if read.exception() is None:
        consultations.draw_ahead(read.result().packs)


COMMAND = Command("telegram", "the bot in Telegram, by polling or by webhook", _arguments, _run)
