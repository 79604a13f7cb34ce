"""Refusals of what is done with messages: answering, editing, deleting, copying, pinning, and presses."""

from __future__ import annotations

from typing import Final

from bot.channels.playground.refusals.rule import Rule

MESSAGES: Final = (
    Rule("reply_unknown", "the message replied to is gone", 400, "Bad Request: message to be replied not found"),
    Rule("thread_unknown", "no such topic", 400, "Bad Request: message thread not found"),
    Rule("topic_closed", "the topic is closed", 400, "Bad Request: TOPIC_CLOSED", "reported"),
    Rule(
        "no_right_to_send",
        "members may not send this here",
        400,
        "Bad Request: not enough rights to send {things} to the chat",
        "reported",
    ),
    Rule("edit_unknown", "the message to edit is gone", 400, "Bad Request: message to edit not found"),
    Rule(
        "edit_unchanged",
        "the edit changes nothing",
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message",
    ),
    Rule(
        "edit_not_allowed",
        "another's message, one with a reply keyboard, or 48 hours old without an inline keyboard",
        400,
        "Bad Request: message can't be edited",
        "reported",
    ),
    Rule("edit_no_text", "no text to edit", 400, "Bad Request: there is no text in the message to edit", "reported"),
    Rule(
        "edit_no_caption",
        "no caption to edit",
        400,
        "Bad Request: there is no caption in the message to edit",
        "reported",
    ),
    Rule("delete_chat_missing", "no chat named", 400, "Bad Request: chat identifier is not specified"),
    Rule("id_missing", "no message named", 400, "Bad Request: message identifier is not specified"),
    Rule("delete_ids_missing", "no messages named", 400, "Bad Request: message identifiers are not specified"),
    Rule("delete_unknown", "the message to delete is gone", 400, "Bad Request: message to delete not found"),
    Rule("delete_not_allowed", "another's message, and no right", 400, "Bad Request: message can't be deleted"),
    Rule(
        "delete_too_old",
        "the message is over 48 hours old",
        400,
        "Bad Request: message can't be deleted for everyone",
        "reported",
    ),
    Rule("copy_unknown", "the message to copy is gone", 400, "Bad Request: message to copy not found"),
    Rule("forward_unknown", "the message to forward is gone", 400, "Bad Request: message to forward not found"),
    Rule("pin_unknown", "the message to pin is gone", 400, "Bad Request: message to pin not found", "reported"),
    Rule(
        "pin_no_right",
        "no right to pin",
        400,
        "Bad Request: not enough rights to manage pinned messages in the chat",
        "reported",
    ),
    Rule("unpin_unknown", "nothing to unpin", 400, "Bad Request: message to unpin not found", "reported"),
    Rule("react_unknown", "the message to react to is gone", 400, "Bad Request: message to react not found"),
    Rule("action_unknown", "no such chat action", 400, "Bad Request: wrong parameter action in request"),
    Rule(
        "press_too_old",
        "the press is too old, answered already or unknown",
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    ),
    Rule("answer_too_long", "an answer over 200 characters", 400, "Bad Request: MESSAGE_TOO_LONG", "reported"),
)
