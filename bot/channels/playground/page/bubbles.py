"""One message as the page shows it: plain data with words, marks, buttons and files, for one onlooker's eyes."""

from __future__ import annotations

from collections.abc import Iterator

from bot.channels.playground.person import Person
from bot.channels.playground.sights import Sight
from bot.channels.playground.town.records import StoredFile
from bot.channels.playground.town.showing import poll_wire
from bot.channels.playground.wire import Wire

_MEDIA = ("photo", "document", "voice", "audio", "video", "video_note", "animation", "sticker")
_PICTURES = frozenset({"photo", "sticker"})
_PLAIN = ("contact", "location", "dice")
_BY_THEMSELVES = {"new_chat_members": "joined", "left_chat_member": "left"}
"""What it is called when somebody comes or goes without another's doing."""

_EXCERPT = 80


def key_of(sight: Sight) -> str:
    """The name of a message in its chat; whispers are counted apart."""
    return f"w{sight.message.whisper}" if sight.message.whisper else str(sight.id)


def bubble(sight: Sight, onlooker: Person) -> Wire:
    """A message: who said what when, its marks and buttons, its file, what it answers."""
    wire, message = sight.wire(), sight.message
    sender = wire.get("sender_chat") or wire["from"]
    return {
        "id": message.id,
        "whisper": message.whisper,
        "mine": message.sender == onlooker.id and not message.sender_chat,
        "bot": bool(wire["from"]["is_bot"]) and not message.sender_chat,
        "from": sender.get("title") or sender["first_name"],
        "date": message.date,
        "edited": sight.edited,
        "text": sight.text,
        "entities": sight.entities,
        "rows": [[_button(one) for one in row] for row in (message.markup or {}).get("inline_keyboard", [])],
        "file": next(_files(sight), None),
        "plain": next((name for name in _PLAIN if name in message.content), ""),
        "service": _service(message.content, sender.get("first_name", "")) if message.service else None,
        "poll": _poll(sight),
        "answers": _answered(wire.get("reply_to_message")),
        "reactions": [one["emoji"] for given in message.reactions.values() for one in given if "emoji" in one],
    }


def _button(button: Wire) -> Wire:
    return {"text": button["text"], "url": button.get("url", ""), "copy": button.get("copy_text", {}).get("text", "")}


def _files(sight: Sight) -> Iterator[Wire]:
    for kind in _MEDIA:
        held = sight.message.content.get(kind)
        if held:
            stored = sight.town.files[(held[-1] if isinstance(held, list) else held)["file_id"]]
            yield _file(kind, stored)


def _file(kind: str, stored: StoredFile) -> Wire:
    return {
        "kind": kind,
        "picture": kind in _PICTURES and bool(stored.width),
        "name": stored.name,
        "size": len(stored.data),
        "place": f"/file/{stored.id}",
        "width": stored.width,
        "height": stored.height,
    }


def _service(content: Wire, actor: str) -> Wire:
    """What happened, by the name the wire gives it, and whom or what it is about, unless that is whoever did it."""
    name, about = next(iter(content.items()))
    whom = about if isinstance(about, list) else [about]
    names = [str(one.get("first_name") or one.get("name", "")) for one in whom if isinstance(one, dict)]
    if names == [actor] and name in _BY_THEMSELVES:
        return {"what": _BY_THEMSELVES[name], "about": ""}
    return {"what": name, "about": ", ".join(filter(None, names))}


def _poll(sight: Sight) -> Wire | None:
    held = sight.message.content.get("poll")
    if not held:
        return None
    poll = poll_wire(sight.town.polls[held["id"]])
    options = [{"text": one["text"], "votes": one["voter_count"]} for one in poll["options"]]
    return {"question": poll["question"], "options": options, "closed": poll["is_closed"]}


def _answered(wire: Wire | None) -> Wire | None:
    """What a message answers; everything in a topic answers its opening on the wire, which no client shows."""
    if wire is None or "forum_topic_created" in wire:
        return None
    words = str(wire.get("text") or wire.get("caption", ""))
    return {"id": wire["message_id"], "from": wire["from"]["first_name"], "text": words[:_EXCERPT]}
