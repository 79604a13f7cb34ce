"""Rendering: one of our replies as Telegram shows it, files and parts of HTML with the buttons under the last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.channels.telegram.letters import cleaned, shortened
from bot.channels.telegram.parting import visible_units, write_parts
from bot.channels.telegram.passages import Passage, Run, read_markup
from bot.channels.telegram.tables import read_chart, read_table
from bot.dialogue.messages import Bars, Block, Button, Fan, Paper, Picture, Reply, Table, Text, Waterfall
from bot.dialogue.polls import Poll, told_poll

PARSE_MODE = "HTML"
LONGEST_LABEL = 64
"""UTF-16 units of a button's label; a phone shows fewer still."""

LONGEST_CAPTION = 1024
"""UTF-16 units of a file's caption after its tags are read."""

MOST_BUTTONS = 100
Keyboard = dict[str, list[list[dict[str, str]]]]
"""An inline keyboard as the wire writes it: cheap to make, and what ``api_kwargs`` takes as ``reply_markup``."""


class UnshowableReplyError(ValueError):
    """A reply that Telegram would refuse whatever we did: nothing to read, or too many buttons."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A reply for the wire: texts in HTML, each short enough for one message, and the keyboard under the last.

    The first texts are captions (perhaps empty) of what is ``enclosed``, one of each.
    """

    parts: tuple[str, ...]
    keyboard: Keyboard | None = None
    enclosed: tuple[Picture | Paper, ...] = ()

    @property
    def markup(self) -> InlineKeyboardMarkup | None:
        """The keyboard as python-telegram-bot's typed methods take it."""
        return None if self.keyboard is None else InlineKeyboardMarkup.de_json(self.keyboard, None)


def render(reply: Reply, sealed: Callable[[str], str], *, enclosing: bool = False) -> Rendered:
    """A reply in HTML.

    Args:
        reply: what to show.
        sealed: callback data (64 bytes at most) for a button's action.
        enclosing: whether charts and papers go out as files; otherwise they are told in words.

    Raises:
        UnshowableReplyError: when nothing in the reply can be read, or it has over 100 buttons.
    """
    enclosed = enclosed_in(reply) if enclosing else ()
    parts = _captioned(reply, enclosed) if enclosed else write_parts(_read(reply.blocks))
    if not parts:
        raise UnshowableReplyError("the reply has no words that can be seen")
    if sum(map(len, reply.buttons)) > MOST_BUTTONS:
        raise UnshowableReplyError(f"the reply has more than {MOST_BUTTONS} buttons")
    rows = [[_button(button, sealed) for button in row] for row in reply.buttons if row]
    return Rendered(parts, {"inline_keyboard": rows} if rows else None, enclosed)


def enclosed_in(reply: Reply) -> tuple[Picture | Paper, ...]:
    """The charts and papers of a reply."""
    return tuple(block for block in reply.blocks if isinstance(block, Picture | Paper))


def in_words(block: Picture | Paper, caption: str, failed: str) -> str:
    """One message of HTML in place of a file: what a chart shows, or that there is no paper, and the caption."""
    told = [Passage((Run(failed),))] if isinstance(block, Paper) else _passages(block.of)
    return "\n\n".join(filter(None, (next(iter(write_parts(told)), ""), caption)))


def _captioned(reply: Reply, enclosed: Sequence[Picture | Paper]) -> tuple[str, ...]:
    """All words under the one file where they fit there; else each file's own, and what is left over after them."""
    if len(enclosed) == 1:
        whole = [part for block in reply.blocks for part in _beside(block)]
        if visible_units(whole) <= LONGEST_CAPTION:
            return write_parts(whole) or ("",)
    captions = [read_markup(block.caption) for block in enclosed]
    short = [visible_units(words) <= LONGEST_CAPTION for words in captions]
    left = [part for words, fits in zip(captions, short, strict=True) if not fits for part in words]
    left += _read(block for block in reply.blocks if block not in enclosed)
    under = (write_parts(words) if fits else () for words, fits in zip(captions, short, strict=True))
    return (*("".join(words) for words in under), *write_parts(left))


def _beside(block: Block) -> list[Passage]:
    """The words that go along with a file."""
    return read_markup(block.caption) if isinstance(block, Picture | Paper) else _passages(block)


def _read(blocks: Iterable[Block]) -> list[Passage]:
    return [passage for block in blocks for passage in _passages(block)]


def _passages(block: Block) -> list[Passage]:
    """A block in words; charts and files too, for where they cannot be shown."""
    match block:
        case Text():
            return read_markup(block.markup)
        case Table():
            return read_table(block)
        case Fan() | Waterfall() | Bars():
            return read_chart(block)
        case Picture():
            return [*_passages(block.of), *read_markup(block.caption)]
        case Paper():
            return [*read_markup(block.caption), Passage((Run(cleaned(block.name), "code"),))]
        case Poll():
            return read_markup(told_poll(block))


def _button(button: Button, sealed: Callable[[str], str]) -> dict[str, str]:
    label = " ".join(cleaned(button.label).split())
    return {"text": shortened(label, LONGEST_LABEL) or "\u2026", "callback_data": sealed(button.action)}
