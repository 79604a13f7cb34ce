"""The switchboard: every method by its name, whatever letters it is written in."""

from __future__ import annotations

from typing import Final

from bot.channels.playground.methods import (
    answering,
    attaching,
    editing,
    introducing,
    meeting,
    receiving,
    removing,
    sending,
    topics,
    whispering,
)
from bot.channels.playground.methods.method import Method
from bot.channels.playground.refusals.table import refuse
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Call, Result

METHODS: Final[dict[str, Method]] = {
    **introducing.METHODS,
    **receiving.METHODS,
    **sending.METHODS,
    **attaching.METHODS,
    **editing.METHODS,
    **removing.METHODS,
    **answering.METHODS,
    **meeting.METHODS,
    **topics.METHODS,
    **whispering.METHODS,
}


def obey(town: Town, call: Call) -> Result:
    """Do what a call asks for.

    Raises:
        RefusedError: when the platform would refuse it.
    """
    method = METHODS.get(call.method.lower())
    if method is None:
        raise refuse("method_unknown")
    return method(town, call)
