"""The bot about itself: who it is, its menus by scope and language, its name and descriptions, its menu button."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from bot.channels.playground.methods.method import Method
from bot.channels.playground.methods.reaching import reach
from bot.channels.playground.refusals.table import refuse
from bot.channels.playground.town.records import Chat, User
from bot.channels.playground.town.showing import user_wire
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Call, Wire

MOST_COMMANDS = 100
LONGEST_DESCRIPTION = 256
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_WIDE = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_NARROW = frozenset({"chat", "chat_administrators", "chat_member"})


def get_me(town: Town, _call: Call) -> Wire:
    """Say who the bot is: getMe."""
    return user_wire(town.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not town.setup.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_commands(town: Town, call: Call) -> bool:
    """Set a menu for a scope and a language: setMyCommands."""
    commands = _commands(call)
    town.menus[_scope(town, call), call.text("language_code")] = commands
    return True


def get_commands(town: Town, call: Call) -> list[Wire]:
    """Tell the menu of exactly this scope and language: getMyCommands."""
    return town.menus.get((_scope(town, call), call.text("language_code")), [])


def delete_commands(town: Town, call: Call) -> bool:
    """Take a menu away: deleteMyCommands."""
    town.menus.pop((_scope(town, call), call.text("language_code")), None)
    return True


def _commands(call: Call) -> list[Wire]:
    try:
        told = call.structure("commands")
    except ValueError as no_json:
        raise refuse("commands_no_json") from no_json
    if told is None:
        return []
    if not isinstance(told, list):
        raise refuse("commands_no_list")
    if len(told) > MOST_COMMANDS:
        raise refuse("commands_many")
    return [_checked(one) for one in told]


def _checked(told: object) -> Wire:
    if not isinstance(told, dict):
        raise refuse("command_shape", problem="expected an Object")
    for name in ("command", "description"):
        if name not in told:
            raise refuse("command_shape", problem=f'Can\'t find field "{name}"')
    command, description = str(told["command"]).removeprefix("/"), str(told["description"])
    if not _COMMAND.fullmatch(command):
        raise refuse("command_bad")
    if not 1 <= len(description) <= LONGEST_DESCRIPTION:
        raise refuse("command_description_bad")
    more = {"is_ephemeral": True} if told.get("is_ephemeral") else {}
    return {"command": command, "description": description, **more}


def _scope(town: Town, call: Call) -> str:
    """The scope as one word: its type, and the chat and member it is narrowed to."""
    try:
        told = call.structure("scope")
    except ValueError as no_json:
        raise refuse("scope_no_json") from no_json
    if told is None:
        return "default"
    if not isinstance(told, dict):
        raise refuse("scope_bad", problem="BotCommandScope must be an Object")
    kind = told.get("type")
    if kind in _WIDE:
        return str(kind)
    if kind not in _NARROW:
        raise refuse("scope_bad", problem="Unsupported type specified")
    chat = reach(town, Call(call.method, told), "read")
    if kind != "chat_member":
        return f"{kind}:{chat.id}"
    member = Call(call.method, told).integer("user_id")
    if member <= 0:
        raise refuse("scope_bad", problem="Invalid user_id specified")
    return f"{kind}:{chat.id}:{member}"


def menu_seen(town: Town, chat: Chat, user: User) -> list[Wire]:
    """The menu that somebody sees in a chat: the narrowest scope first, their language before none."""
    if chat.kind == "private":
        scopes = [f"chat:{chat.id}", "all_private_chats"]
    else:
        scopes = [f"chat_member:{chat.id}:{user.id}"]
        in_charge = town.member(chat, user.id).in_charge
        scopes += [f"chat_administrators:{chat.id}"] if in_charge else []
        scopes += [f"chat:{chat.id}"]
        scopes += ["all_chat_administrators"] if in_charge else []
        scopes += ["all_group_chats"]
    for scope in (*scopes, "default"):
        for language in (user.language[:2], ""):
            if town.menus.get((scope, language)):
                return town.menus[scope, language]
    return []


def set_words(what: str, town: Town, call: Call) -> bool:
    """Set the name or a description for a language: setMyName and its like."""
    town.profile[what, call.text("language_code")] = call.text(what)
    return True


def get_words(what: str, town: Town, call: Call) -> Wire:
    """Tell the name or a description in a language: getMyName and its like."""
    usual = town.bot.first_name if what == "name" else ""
    languages = (call.text("language_code"), "")
    return {what: next((town.profile[what, one] for one in languages if (what, one) in town.profile), usual)}


def set_menu_button(town: Town, call: Call) -> bool:
    """Set what the button beside the message field does: setChatMenuButton."""
    town.buttons[call.integer("chat_id")] = call.record("menu_button") or {"type": "default"}
    return True


def get_menu_button(town: Town, call: Call) -> Wire:
    """Tell what that button does: getChatMenuButton."""
    usual = town.buttons.get(0, {"type": "commands"})
    return town.buttons.get(call.integer("chat_id"), usual)


METHODS: Final[dict[str, Method]] = {
    "getme": get_me,
    "setmycommands": set_commands,
    "getmycommands": get_commands,
    "deletemycommands": delete_commands,
    "setmyname": partial(set_words, "name"),
    "getmyname": partial(get_words, "name"),
    "setmydescription": partial(set_words, "description"),
    "getmydescription": partial(get_words, "description"),
    "setmyshortdescription": partial(set_words, "short_description"),
    "getmyshortdescription": partial(get_words, "short_description"),
    "setchatmenubutton": set_menu_button,
    "getchatmenubutton": get_menu_button,
}
