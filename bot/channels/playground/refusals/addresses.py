"""Refusals of the address: wrong token, unknown chat, thrown out, blocked, moved, too many."""

from __future__ import annotations

from typing import Final

from bot.channels.playground.refusals.rule import Rule

ADDRESSES: Final = (
    Rule("token_wrong", "the token is well formed but not the bot's", 401, "Unauthorized"),
    Rule("path_unknown", "the token is malformed or the path is none of the server's", 404, "Not Found", "reported"),
    Rule("method_unknown", "no such method", 404, "Not Found: method not found", "reported"),
    Rule("body_too_big", "an upload is over 50 MB", 413, "Request Entity Too Large", "reported"),
    Rule("chat_id_empty", "chat_id is missing", 400, "Bad Request: chat_id is empty"),
    Rule("chat_unknown", "the bot has never met the chat", 400, "Bad Request: chat not found"),
    Rule("user_deactivated", "the person deleted the account", 403, "Forbidden: user is deactivated"),
    Rule("user_blocked", "the person blocked the bot", 403, "Forbidden: bot was blocked by the user"),
    Rule(
        "user_not_started",
        "the bot knows the person from a group, but the person never started it",
        403,
        "Forbidden: bot can't initiate conversation with a user",
        "reported",
    ),
    Rule("user_is_bot", "the other side is a bot", 403, "Forbidden: bot can't send messages to bots", "reported"),
    Rule("kicked_group", "the bot was thrown out of a group", 403, "Forbidden: bot was kicked from the group chat"),
    Rule(
        "kicked_supergroup",
        "the bot was thrown out of a supergroup",
        403,
        "Forbidden: bot was kicked from the supergroup chat",
    ),
    Rule("left_group", "the bot left a group", 403, "Forbidden: bot is not a member of the group chat"),
    Rule("left_supergroup", "the bot left a supergroup", 403, "Forbidden: bot is not a member of the supergroup chat"),
    Rule(
        "group_migrated",
        "the group became a supergroup (migrate_to_chat_id says which)",
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
    ),
    Rule("too_many", "a limit is passed (retry_after says how long)", 429, "Too Many Requests: retry after {seconds}"),
)
