"""Texts and captions of a call: parsed, measured, and refused when the platform would refuse them."""

from __future__ import annotations

from bot.channels.playground.refusals.table import refuse
from bot.channels.playground.wire import Call, Wire
from bot.channels.playground.words.markdown import read_legacy, read_markdown
from bot.channels.playground.words.markup import read_html
from bot.channels.playground.words.spans import ParsingError, found_in, merged, trimmed

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
_MOST_BYTES = 1 << 15
_READERS = {"html": read_html, "markdownv2": read_markdown, "markdown": read_legacy}
_KINDS = frozenset({
    *("bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link", "text_mention"),
    *("custom_emoji", "blockquote", "expandable_blockquote", "mention", "hashtag", "cashtag", "bot_command"),
    *("url", "email", "phone_number", "bank_card_number"),
})


def plain_content(text: str) -> Wire:
    """The content of a message that was typed by a person."""
    return _content("text", "entities", text.strip(), found_in(text.strip()))


def plain_caption(text: str) -> Wire:
    """The caption that a person typed under a file; nothing when there is none."""
    return _content("caption", "caption_entities", text.strip(), found_in(text.strip())) if text.strip() else {}


def read_text(call: Call) -> Wire:
    """The text of a call as message content."""
    if not call.text("text"):
        raise refuse("text_empty")
    text, entities = _formatted(call, "text", "parse_mode", "entities")
    if not text:
        raise refuse("text_blank")
    if len(text) > LONGEST_TEXT:
        raise refuse("text_too_long")
    return _content("text", "entities", text, entities)


def read_caption(call: Call) -> Wire:
    """The caption of a call as message content; nothing when there is none."""
    text, entities = _formatted(call, "caption", "parse_mode", "caption_entities")
    if len(text) > LONGEST_CAPTION:
        raise refuse("caption_too_long")
    said = _content("caption", "caption_entities", text, entities) if text else {}
    return {**said, "show_caption_above_media": True} if call.flag("show_caption_above_media") else said


def read_words(call: Call, name: str) -> str:
    """A text parameter that may be marked up, as plain text (a poll's question, its explanation)."""
    return _formatted(call, name, f"{name}_parse_mode", f"{name}_entities")[0]


def _content(name: str, entities_name: str, text: str, entities: list[Wire]) -> Wire:
    return {name: text, entities_name: entities} if entities else {name: text}


def _formatted(call: Call, name: str, mode_name: str, entities_name: str) -> tuple[str, list[Wire]]:
    source = call.text(name)
    if len(source.encode()) > _MOST_BYTES:
        raise refuse("text_huge")
    mode = call.text(mode_name).lower()
    if mode in {"", "none"} or not source:
        text, told = source, _told(call, entities_name)
    elif mode not in _READERS:
        raise refuse("parse_mode_unknown")
    else:
        try:
            text, told = _READERS[mode](source)
        except ParsingError as mistake:
            raise refuse("entities_bad", problem=mistake) from mistake
    text, told = trimmed(text, told)
    return text, merged(told, found_in(text))


def _told(call: Call, name: str) -> list[Wire]:
    """The entities that came with the call; JSON that cannot be read counts as none, as on the platform."""
    try:
        listed = call.structure(name)
    except ValueError:
        return []
    entities = [_checked(entity) for entity in listed] if isinstance(listed, list) else []
    return [entity for entity in entities if entity["type"] in _KINDS]


def _checked(entity: object) -> Wire:
    if not isinstance(entity, dict):
        raise refuse("entity_bad", problem="expected an Object")
    for field in ("offset", "length", "type"):
        if field not in entity:
            raise refuse("entity_bad", problem=f'Can\'t find field "{field}"')
    if entity["type"] not in _KINDS:
        raise refuse("entity_bad", problem="Unsupported type specified")
    return entity
