"""Operators' menus: they come with a role, go with it, and none is forgotten by a restart."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from copy import copy
from typing import TypeVar

import pytest
from sqlalchemy import Engine
from telegram import Bot
from telegram.error import BadRequest

from bot.channels.playground.faces.in_process import StreetRequest
from bot.channels.telegram import operators
from bot.channels.telegram.menus import OWNERS
from bot.channels.telegram.operators import OperatorsMenus
from bot.channels.telegram.transport import make_bot
from bot.store.engine import open_store, writing
from bot.store.roles import give_role, take_role
from knowledge.phrasing import Phrasebook
from tests.journeys.walking import NOW, scene_now
from tests.street.stage import Stage

T = TypeVar("T")


async def _run(work: Callable[[], T], /) -> T:
    return work()


def _looked(stage: Stage, store: Engine, *, owners: frozenset[int] = frozenset(), times: int = 1) -> int:
    """The menus are looked after by a bot that has just been started; how many calls that took."""
    before = stage.street.weather.calls

    async def life() -> None:
        async with make_bot(stage.street.token, "http://street", StreetRequest(stage.street)) as bot:
            menus = OperatorsMenus(bot, lambda: scene_now().library.phrases, store, owners, _run, lambda: NOW)
            for _ in range(times):
                await menus.look()

    asyncio.run(life())
    return stage.street.weather.calls - before


def test_a_menu_comes_and_goes_with_the_role() -> None:
    """Whoever is given a role sees the office in their chat alone; once it is taken, they do not."""
    stage, store = Stage(), open_store("sqlite://")
    alice, carol = stage.alice, stage.carol
    with writing(store) as connection:
        give_role(connection, alice.id, "editor")
    _looked(stage, store)
    assert OWNERS[0] in alice.menu(alice.home)
    assert OWNERS[0] not in carol.menu(carol.home)
    with writing(store) as connection:
        take_role(connection, alice.id)
        give_role(connection, carol.id, "auditor")
    _looked(stage, store)
    assert OWNERS[0] not in alice.menu(alice.home)
    assert OWNERS[0] in carol.menu(carol.home)
    store.dispose()


def test_owners_see_it_and_nothing_is_said_twice() -> None:
    """An owner of the settings has the menu, one who is none any more loses it, and looking on calls nobody."""
    stage, store = Stage(), open_store("sqlite://")
    owners = frozenset({stage.alice.id})
    first = _looked(stage, store, owners=owners)
    assert OWNERS[0] in stage.alice.menu(stage.alice.home)
    assert _looked(stage, store, owners=owners, times=5) < first
    _looked(stage, store)
    assert OWNERS[0] not in stage.alice.menu(stage.alice.home)
    store.dispose()


def test_who_has_no_chat_is_tried_again_later() -> None:
    """A role for somebody who never started the bot keeps nobody else from theirs, and is rarely tried."""
    stage, store = Stage(), open_store("sqlite://")
    with writing(store) as connection:
        give_role(connection, stage.dan.id, "editor")
        give_role(connection, stage.alice.id, "editor")
    once = _looked(stage, store)
    assert OWNERS[0] in stage.alice.menu(stage.alice.home)
    with writing(store) as connection:
        take_role(connection, stage.alice.id)
    assert _looked(stage, store, times=9) < once + 4
    store.dispose()


def test_words_that_the_platform_refuses_keep_no_menu_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """A published word that no menu takes is said once in the log; who has no role any more loses the menu even so."""
    stage, store = Stage(), open_store("sqlite://")
    with writing(store) as connection:
        give_role(connection, stage.alice.id, "editor")
    book = scene_now().library.phrases
    published, tried = [book], list[Phrasebook]()

    async def refused(_bot: Bot, phrases: Phrasebook) -> int:
        tried.append(phrases)
        raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")

    async def life() -> None:
        async with make_bot(stage.street.token, "http://street", StreetRequest(stage.street)) as bot:
            menus = OperatorsMenus(bot, lambda: published[-1], store, frozenset(), _run, lambda: NOW)
            await menus.look()
            assert OWNERS[0] in stage.alice.menu(stage.alice.home)
            published.append(copy(book))
            with writing(store) as connection:
                take_role(connection, stage.alice.id)
            for _ in range(3):
                await menus.look()

    monkeypatch.setattr(operators, "post_menus", refused)
    asyncio.run(life())
    assert tried == published[1:]
    assert OWNERS[0] not in stage.alice.menu(stage.alice.home)
    store.dispose()
