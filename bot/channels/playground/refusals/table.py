"""The whole table of refusals by id, and the refusal itself as it travels to the face."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.channels.playground.refusals import addresses, handling, keeping, wording
from bot.channels.playground.refusals.rule import Rule
from bot.channels.playground.wire import Wire

RULES: Final[Mapping[str, Rule]] = {
    rule.id: rule
    for rule in (
        *addresses.ADDRESSES,
        *wording.WORDS,
        *wording.KEYBOARDS,
        *wording.FILES,
        *handling.MESSAGES,
        *keeping.POLLS,
        *keeping.MEMBERS,
        *keeping.TOPICS,
        *keeping.MENUS,
        *keeping.FETCHING,
        *keeping.WHISPERS,
    )
}


class RefusedError(Exception):
    """The platform says no, by one of its rules."""

    def __init__(self, rule: Rule, words: Mapping[str, object], parameters: Wire) -> None:
        """A refusal by a rule, its description filled in with words."""
        self.rule = rule
        self.description = rule.description.format(**words) if words else rule.description
        self.parameters = parameters
        super().__init__(self.description)

    def body(self) -> Wire:
        """The refusal as the wire says it."""
        said: Wire = {"ok": False, "error_code": self.rule.code, "description": self.description}
        return {**said, "parameters": self.parameters} if self.parameters else said


def refuse(rule: str, /, *, retry_after: int = 0, moved_to: int = 0, **words: object) -> RefusedError:
    """The refusal by the rule of that id, to be raised.

    Args:
        rule: the rule's id.
        retry_after: for too many calls, the seconds to wait.
        moved_to: for a group that moved, its new chat id.
        words: what to fill into the description.
    """
    parameters: Wire = {}
    if retry_after:
        parameters["retry_after"] = retry_after
    if moved_to:
        parameters["migrate_to_chat_id"] = moved_to
    return RefusedError(RULES[rule], words, parameters)
