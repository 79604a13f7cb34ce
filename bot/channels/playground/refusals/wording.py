"""Refusals of what a message holds: texts, entities, keyboards and files."""

from __future__ import annotations

from typing import Final

from bot.channels.playground.refusals.rule import Rule

WORDS: Final = (
    Rule("text_empty", "no text", 400, "Bad Request: message text is empty", "reported"),
    Rule("text_blank", "nothing but blanks", 400, "Bad Request: text must be non-empty", "reported"),
    Rule("text_too_long", "over 4096 characters after parsing", 400, "Bad Request: message is too long", "reported"),
    Rule("text_huge", "over 32 KB before parsing", 400, "Bad Request: text is too long"),
    Rule(
        "caption_too_long",
        "a caption over 1024 characters",
        400,
        "Bad Request: message caption is too long",
        "reported",
    ),
    Rule("parse_mode_unknown", "no such parse_mode", 400, "Bad Request: unsupported parse_mode"),
    Rule(
        "entities_bad",
        "HTML or Markdown that cannot be parsed",
        400,
        "Bad Request: can't parse entities: {problem}",
        "reported",
    ),
    Rule("entity_bad", "an entity of no known form", 400, "Bad Request: can't parse MessageEntity: {problem}"),
)

KEYBOARDS: Final = (
    Rule(
        "markup_no_json", "reply_markup is no JSON", 400, "Bad Request: can't parse reply keyboard markup JSON object"
    ),
    Rule("markup_no_object", "reply_markup is no object", 400, "Bad Request: object expected as reply markup"),
    Rule(
        "inline_no_rows",
        "inline_keyboard holds something other than rows",
        400,
        'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    Rule(
        "inline_no_array",
        "inline_keyboard is no array",
        400,
        'Bad Request: field "{name}" must be of type Array',
        "reported",
    ),
    Rule(
        "button_without_action",
        "an inline button that would do nothing",
        400,
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    Rule(
        "button_without_text",
        "a button without text",
        400,
        "Bad Request: can't parse inline keyboard button: Can't find field \"text\"",
        "reported",
    ),
    Rule("button_data_too_long", "callback_data over 64 bytes", 400, "Bad Request: BUTTON_DATA_INVALID", "reported"),
    Rule("button_url_bad", "a button's address is none", 400, "Bad Request: BUTTON_URL_INVALID", "reported"),
    Rule("button_type_bad", "a web_app button in a group", 400, "Bad Request: BUTTON_TYPE_INVALID", "reported"),
    Rule("markup_too_long", "more than 100 buttons", 400, "Bad Request: reply markup is too long"),
    Rule("inline_expected", "an edit with a reply keyboard", 400, "Bad Request: inline keyboard expected", "reported"),
)

FILES: Final = (
    Rule("file_missing", "no such file in the call", 400, "Bad Request: there is no {what} in the request"),
    Rule("file_empty", "a file of no bytes", 400, "Bad Request: file must be non-empty", "reported"),
    Rule(
        "file_wrong",
        "no such file id",
        400,
        "Bad Request: wrong remote file identifier specified: {problem}",
        "reported",
    ),
    Rule(
        "file_other_kind",
        "a file id of another kind",
        400,
        "Bad Request: can't use file of type {has} as {wanted}",
        "reported",
    ),
    Rule("file_by_url", "a web address: the street has no network", 400, "Bad Request: failed to get HTTP URL content"),
    Rule(
        "photo_too_big",
        "a photo over 10 MB",
        400,
        "Bad Request: file of size {size} bytes is too big for a photo; the maximum size is 10485760 bytes",
        "reported",
    ),
    Rule("photo_unreadable", "a photo that is no picture", 400, "Bad Request: IMAGE_PROCESS_FAILED", "reported"),
    Rule(
        "photo_dimensions",
        "sides over 10000 together, or one 20 times the other",
        400,
        "Bad Request: PHOTO_INVALID_DIMENSIONS",
        "reported",
    ),
    Rule("album_bad", "media that cannot be read", 400, "Bad Request: can't parse InputMedia: {problem}", "reported"),
    Rule(
        "album_size", "fewer than 2 or more than 10", 400, "Bad Request: wrong number of media in the group", "assumed"
    ),
    Rule("file_id_missing", "getFile without file_id", 400, "Bad Request: file_id not specified"),
    Rule("file_id_bad", "getFile with a file_id of no file", 400, "Bad Request: invalid file_id"),
    Rule("file_too_big", "over 20 MB to download", 400, "Bad Request: file is too big"),
)
