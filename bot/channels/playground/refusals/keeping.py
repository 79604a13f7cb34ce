"""Refusals of keeping order: polls, members, topics, menus, fetching of updates, and private whispers."""

from __future__ import annotations

from typing import Final

from bot.channels.playground.refusals.rule import Rule

POLLS: Final = (
    Rule(
        "poll_no_question", "a poll without question", 400, "Bad Request: poll question must be non-empty", "reported"
    ),
    Rule("poll_question_long", "over 300", 400, "Bad Request: poll question length must not exceed 300", "reported"),
    Rule("poll_no_options", "a poll without options", 400, "Bad Request: poll must have at least 1 option", "assumed"),
    Rule("poll_many_options", "over 12", 400, "Bad Request: poll can't have more than 12 options", "assumed"),
    Rule("poll_option_long", "over 100", 400, "Bad Request: poll options length must not exceed 100", "reported"),
    Rule("poll_type_unknown", "neither regular nor quiz", 400, "Bad Request: unsupported poll type specified"),
    Rule("poll_no_answer", "a quiz without right answer", 400, "Bad Request: QUIZ_CORRECT_ANSWERS_EMPTY", "reported"),
    Rule("poll_unknown", "no poll to stop", 400, "Bad Request: message with poll to stop not found"),
    Rule("poll_closed", "the poll is closed already", 400, "Bad Request: poll has already been closed", "reported"),
)

MEMBERS: Final = (
    Rule("member_unknown", "nobody of that id", 400, "Bad Request: user not found"),
    Rule("member_id_bad", "user_id is missing", 400, "Bad Request: invalid user_id specified", "reported"),
    Rule(
        "admins_private",
        "administrators of a private chat",
        400,
        "Bad Request: there are no administrators in the private chat",
        "reported",
    ),
    Rule(
        "leave_private",
        "a private chat cannot be left",
        400,
        "Bad Request: chat member status can't be changed in private chats",
        "reported",
    ),
    Rule(
        "restrict_no_right",
        "the bot may not restrict members",
        400,
        "Bad Request: not enough rights to restrict/unrestrict chat member",
        "reported",
    ),
    Rule("restrict_admin", "the member is an administrator", 400, "Bad Request: user is an administrator of the chat"),
    Rule("remove_owner", "the member is the owner", 400, "Bad Request: can't remove chat owner", "reported"),
    Rule(
        "restrict_not_supergroup",
        "members are restricted in supergroups only",
        400,
        "Bad Request: method is available only for supergroups",
        "reported",
    ),
    Rule("promote_no_right", "the bot may not promote", 400, "Bad Request: not enough rights", "reported"),
)

TOPICS: Final = (
    Rule("forum_missing", "the chat is no forum", 400, "Bad Request: the chat is not a forum", "reported"),
    Rule("topic_no_right", "no right over topics", 400, "Bad Request: not enough rights to create a topic", "reported"),
    Rule("topic_name_empty", "a topic without name", 400, "Bad Request: TOPIC_TITLE_EMPTY", "reported"),
    Rule("topic_unknown", "no such topic to change", 400, "Bad Request: TOPIC_ID_INVALID", "reported"),
    Rule("topic_unchanged", "it is open or closed already", 400, "Bad Request: TOPIC_NOT_MODIFIED", "reported"),
)

MENUS: Final = (
    Rule("commands_no_json", "commands are no JSON", 400, "Bad Request: can't parse commands JSON object"),
    Rule("commands_no_list", "commands are no list", 400, "Bad Request: expected an Array of BotCommand"),
    Rule("command_shape", "a command lacks a field", 400, "Bad Request: can't parse BotCommand: {problem}"),
    Rule("command_bad", "letters, digits and _ only, 1 to 32", 400, "Bad Request: BOT_COMMAND_INVALID", "reported"),
    Rule(
        "command_description_bad",
        "a description is 1 to 256 characters",
        400,
        "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID",
        "reported",
    ),
    Rule("commands_many", "over 100 commands", 400, "Bad Request: BOT_COMMANDS_TOO_MUCH", "reported"),
    Rule("scope_no_json", "the scope is no JSON", 400, "Bad Request: can't parse BotCommandScope JSON object"),
    Rule("scope_bad", "a scope of no known form", 400, "Bad Request: can't parse BotCommandScope: {problem}"),
)

FETCHING: Final = (
    Rule(
        "two_pollers",
        "a second getUpdates waits",
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    ),
    Rule("poll_ended", "a webhook was set meanwhile", 409, "Conflict: terminated by setWebhook request"),
    Rule(
        "webhook_active",
        "getUpdates while a webhook is set",
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    ),
    Rule("webhook_url_bad", "the address is none", 400, "Bad Request: invalid webhook URL specified"),
    Rule(
        "webhook_plain",
        "plain HTTP to another machine",
        400,
        "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
    ),
    Rule(
        "webhook_port",
        "HTTPS on a port of its own choice",
        400,
        "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
    ),
    Rule("secret_long", "a secret over 256 characters", 400, "Bad Request: secret token is too long"),
    Rule("secret_bad", "letters, digits, _ and - only", 400, "Bad Request: secret token contains unallowed characters"),
)

WHISPERS: Final = (
    Rule("whisper_private", "whispers are for groups", 400, "Bad Request: PEER_ID_INVALID", "assumed"),
    Rule("whisper_receiver", "the receiver is no member", 400, "Bad Request: USER_NOT_PARTICIPANT", "assumed"),
    Rule(
        "whisper_no_cause", "no press, no reply, no administrator", 400, "Bad Request: MESSAGE_NOT_COMMAND", "reported"
    ),
    Rule("draft_not_private", "drafts are for private chats", 400, "Bad Request: PEER_ID_INVALID", "assumed"),
)
