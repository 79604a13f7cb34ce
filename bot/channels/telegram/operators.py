"""Operators' menus: who is given a role finds the office among their commands at once, and no more when it is gone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels.telegram.menus import hide_menu, post_menus, show_menu
from bot.service.moments import Clock, Run
from bot.store.engine import reading, writing
from bot.store.roles import all_roles, menu_hidden, menu_shown, who_sees_menus
from knowledge.phrasing import Phrasebook

LOG = logging.getLogger(__name__)

_SECONDS = 2.0
_LATER = 60.0
"""Seconds after which a menu is tried again for somebody who has no chat with the bot yet."""


class OperatorsMenus:
    """Keeps the menus of operators as the roles are; who sees one stands in the store, so that none is forgotten."""

    def __init__(
        self, bot: Bot, phrases: Callable[[], Phrasebook], store: Engine, owners: frozenset[int], run: Run, clock: Clock
    ) -> None:
        """``owners`` see the menu too, whatever the store says of roles."""
        self._bot, self._phrases, self._store, self._owners, self._run = bot, phrases, store, owners, run
        self._clock = clock
        self._late: dict[int, float] = {}
        self._first = True
        self._posted: Phrasebook | None = None

    async def look(self) -> None:
        """Show and hide what has changed since the last look; the first and a newer edition put every menu right."""
        await self._as_published()
        wanted, seen = await self._run(self._known)
        for number in sorted(wanted if self._first else wanted - seen):
            await self._shown(number)
        self._first = False
        for number in sorted(seen - wanted):
            await self._hidden(number)

    async def _as_published(self) -> None:
        """Once another edition is in use, all menus are told in its words, unless the platform refuses them."""
        phrases = self._phrases()
        if self._posted is not None and phrases is not self._posted:
            try:
                await post_menus(self._bot, phrases)
            except BadRequest as error:
                LOG.error("menus: %s; they stay as they were", error)  # noqa: TRY400 - it says all
            self._first = True
        self._posted = phrases

    async def go_on(self) -> None:
        """Look again and again."""
        while True:
            try:
                await self.look()
            except (SQLAlchemyError, TelegramError) as error:
                LOG.warning("menus: %s; looking again soon", type(error).__name__)
            await asyncio.sleep(_SECONDS)

    def _known(self) -> tuple[frozenset[int], frozenset[int]]:
        with reading(self._store) as connection:
            return self._owners | all_roles(connection).keys(), who_sees_menus(connection)

    async def _shown(self, number: int) -> None:
        """Show one; who never started the bot has no chat, and is tried again later."""
        now = self._clock()
        if self._late.get(number, 0.0) > now.timestamp():
            return
        try:
            await show_menu(self._bot, self._phrases(), number)
        except (BadRequest, Forbidden):
            self._late[number] = now.timestamp() + _LATER
            return
        await self._run(partial(self._noted, partial(menu_shown, number=number, at=now)))

    async def _hidden(self, number: int) -> None:
        try:
            await hide_menu(self._bot, number)
        except (BadRequest, Forbidden) as error:
            LOG.info("menus: %s; there is no chat to hide one in", type(error).__name__)
        await self._run(partial(self._noted, partial(menu_hidden, number=number)))

    def _noted(self, note: Callable[..., None]) -> None:
        with writing(self._store) as connection:
            note(connection)


@asynccontextmanager
async def menus_kept(menus: OperatorsMenus) -> AsyncIterator[None]:
    """Keep them for as long as the block lasts."""
    task = asyncio.create_task(menus.go_on())
    try:
        yield
    finally:
        task.cancel()
