"""Rendering: one of our replies as Telegram shows it, parts of HTML with the buttons under the last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.channels.telegram.letters import cleaned, shortened
from bot.channels.telegram.parting import write_parts
from bot.channels.telegram.passages import Passage, Run, read_markup
from bot.channels.telegram.tables import read_fan, read_table, read_waterfall
from bot.dialogue.messages import Block, Button, Fan, Paper, Picture, Reply, Table, Text, Waterfall

PARSE_MODE = "HTML"
LONGEST_LABEL = 64
"""UTF-16 units of a button's label; a phone shows fewer still."""

MOST_BUTTONS = 100
Keyboard = dict[str, list[list[dict[str, str]]]]
"""An inline keyboard as the wire writes it: cheap to make, and what ``api_kwargs`` takes as ``reply_markup``."""


class UnshowableReplyError(ValueError):
    """A reply that Telegram would refuse whatever we did: nothing to read, or too many buttons."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A reply for the wire: texts in HTML, each short enough for one message, and the keyboard under the last."""

    parts: tuple[str, ...]
    keyboard: Keyboard | None = None

    @property
    def markup(self) -> InlineKeyboardMarkup | None:
        """The keyboard as python-telegram-bot's typed methods take it."""
        return None if self.keyboard is None else InlineKeyboardMarkup.de_json(self.keyboard, None)


def render(reply: Reply, sealed: Callable[[str], str]) -> Rendered:
    """A reply in HTML.

    Args:
        reply: what to show.
        sealed: callback data (64 bytes at most) for a button's action.

    Raises:
        UnshowableReplyError: when nothing in the reply can be read, or it has over 100 buttons.
    """
    parts = write_parts([passage for block in reply.blocks for passage in _passages(block)])
    if not parts:
        raise UnshowableReplyError("the reply has no words that can be seen")
    if sum(map(len, reply.buttons)) > MOST_BUTTONS:
        raise UnshowableReplyError(f"the reply has more than {MOST_BUTTONS} buttons")
    rows = [[_button(button, sealed) for button in row] for row in reply.buttons if row]
    return Rendered(parts, {"inline_keyboard": rows} if rows else None)


def _passages(block: Block) -> list[Passage]:
    """A block in words; charts and files too, for where they cannot be shown."""
    match block:
        case Text():
            return read_markup(block.markup)
        case Table():
            return read_table(block)
        case Fan():
            return read_fan(block)
        case Waterfall():
            return read_waterfall(block)
        case Picture():
            return [*_passages(block.of), *read_markup(block.caption)]
        case Paper():
            return [*read_markup(block.caption), Passage((Run(cleaned(block.name), "code"),))]


def _button(button: Button, sealed: Callable[[str], str]) -> dict[str, str]:
    label = " ".join(cleaned(button.label).split())
    return {"text": shortened(label, LONGEST_LABEL) or "\u2026", "callback_data": sealed(button.action)}
