"""What a method is: the town and a call in, its result out, or a refusal raised."""

from __future__ import annotations

from collections.abc import Callable

from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Call, Result

Method = Callable[[Town, Call], Result]
