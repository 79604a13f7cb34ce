"""Keyboards of a call: inline buttons and reply keyboards, checked as the platform checks them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.channels.playground.refusals.table import refuse
from bot.channels.playground.wire import Call, Wire

MOST_DATA_BYTES = 64
MOST_BUTTONS = 100
_ADDRESS = re.compile(r"(?:https?|tg|ton)://[^\s]+|[\w-]+(?:\.[\w-]+)+(?:[/?#:][^\s]*)?")
_ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)


@dataclass(frozen=True)
class Keyboard:
    """What a call wants under its message: inline buttons, or a change of the chat's reply keyboard."""

    inline: Wire | None = None
    reply: Wire | None = None
    removes: bool = False

    @property
    def plain(self) -> bool:
        """Whether it is something other than inline buttons: such a message can never be edited."""
        return self.reply is not None or self.removes


def read_keyboard(call: Call, *, private: bool, inline_only: bool = False) -> Keyboard:
    """The keyboard of a call; ``inline_only`` for edits."""
    try:
        markup = call.structure("reply_markup")
    except ValueError as no_json:
        raise refuse("markup_no_json") from no_json
    if markup is None:
        return Keyboard()
    if not isinstance(markup, dict):
        raise refuse("markup_no_object")
    rows = _rows(markup, "keyboard")
    if rows:
        if inline_only:
            raise refuse("inline_expected")
        return Keyboard(reply={**markup, "keyboard": [[_reply_button(button) for button in row] for row in rows]})
    inline = _rows(markup, "inline_keyboard")
    if inline:
        return Keyboard(inline={"inline_keyboard": _inline_rows(inline, private=private)})
    if inline_only and "inline_keyboard" not in markup:
        raise refuse("inline_expected")
    return Keyboard(removes=bool(markup.get("remove_keyboard")), reply=markup if markup.get("force_reply") else None)


def _rows(markup: Wire, name: str) -> list[list[object]]:
    if name not in markup:
        return []
    rows = markup[name]
    if not isinstance(rows, list):
        raise refuse("inline_no_array", name=name)
    if not all(isinstance(row, list) for row in rows):
        raise refuse("inline_no_rows", name=name)
    return rows


def _inline_rows(rows: list[list[object]], *, private: bool) -> list[list[Wire]]:
    kept = [[_inline_button(button, private=private) for button in row] for row in rows]
    if sum(map(len, kept)) > MOST_BUTTONS:
        raise refuse("markup_too_long")
    return [row for row in kept if row]


def _inline_button(button: object, *, private: bool) -> Wire:
    if not isinstance(button, dict) or not button.get("text"):
        raise refuse("button_without_text")
    action = next((name for name in _ACTIONS if _acts(button, name)), None)
    if action is None:
        raise refuse("button_without_action")
    value = button[action]
    if action == "callback_data" and len(str(value).encode()) > MOST_DATA_BYTES:
        raise refuse("button_data_too_long")
    if action == "url" and not _ADDRESS.fullmatch(str(value)):
        raise refuse("button_url_bad")
    if action == "web_app" and not private:
        raise refuse("button_type_bad")
    looks = {name: button[name] for name in ("style", "icon_custom_emoji_id") if button.get(name)}
    return {"text": str(button["text"]), action: value, **looks}


def _acts(button: Wire, name: str) -> bool:
    """Whether this part makes the button do something; only an inline query may be empty."""
    value = button.get(name)
    return value is not None if name.startswith("switch_inline_query") else value not in (None, "")


def _reply_button(button: object) -> Wire:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict) or not button.get("text"):
        raise refuse("button_without_text")
    return button
