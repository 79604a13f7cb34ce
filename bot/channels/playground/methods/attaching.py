"""Sending files and fetching them: photos, documents, voices and the like, albums, and the way to download."""

from __future__ import annotations

from functools import partial
from typing import Final

from bot.channels.playground.methods.method import Method
from bot.channels.playground.methods.placing import Kind, place, place_all
from bot.channels.playground.methods.storing import BIGGEST_DOWNLOAD, take_file
from bot.channels.playground.refusals.table import refuse
from bot.channels.playground.town.showing import content_of, message_wire
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Call, Wire
from bot.channels.playground.words.formatting import read_caption

KINDS: Final[dict[str, Kind]] = {
    "photo": Kind("can_send_photos", "photos"),
    "document": Kind("can_send_documents", "documents"),
    "audio": Kind("can_send_audios", "music"),
    "voice": Kind("can_send_voice_notes", "voice notes"),
    "video": Kind("can_send_videos", "videos"),
    "video_note": Kind("can_send_video_notes", "video notes"),
    "animation": Kind("can_send_other_messages", "animations"),
    "sticker": Kind("can_send_other_messages", "stickers"),
}
_ALBUM = frozenset({"photo", "document", "audio", "video"})


def send_file(kind: str, town: Town, call: Call) -> Wire:
    """Send a file of a kind with its caption: sendPhoto, sendDocument and their like."""
    caption = read_caption(call)
    return place(town, call, content_of(take_file(town, call, kind, kind)) | caption, KINDS[kind])


def send_album(town: Town, call: Call) -> list[Wire]:
    """Send 2 to 10 files that belong together: sendMediaGroup."""
    try:
        items = call.structure("media")
    except ValueError as no_json:
        raise refuse("album_bad", problem="Can't parse media JSON object") from no_json
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise refuse("album_bad", problem="Expected an Array of InputMedia")
    if not 2 <= len(items) <= 10:
        raise refuse("album_size")
    contents = [media_content(town, call, item) for item in items]
    extra = {"media_group_id": str(town.draw("album", town.count("albums")))}
    kind = KINDS[str(items[0]["type"])]
    return [message_wire(town, message) for message in place_all(town, call, contents, kind, extra)]


def media_content(town: Town, call: Call, item: Wire) -> Wire:
    """The content that an InputMedia describes; its file may have come with the call."""
    kind = str(item.get("type", ""))
    if kind not in _ALBUM | {"animation"}:
        raise refuse("album_bad", problem=f'Type "{kind}" is unsupported')
    stored = take_file(town, call, "media", kind, str(item.get("media", "")))
    return content_of(stored) | read_caption(Call(call.method, item))


def get_file(town: Town, call: Call) -> Wire:
    """Say where a file can be downloaded: getFile."""
    number = call.text("file_id")
    if not number:
        raise refuse("file_id_missing")
    stored = town.files.get(number)
    if stored is None:
        raise refuse("file_id_bad")
    if len(stored.data) > BIGGEST_DOWNLOAD:
        raise refuse("file_too_big")
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique,
        "file_size": len(stored.data),
        "file_path": stored.path,
    }


METHODS: Final[dict[str, Method]] = {
    **{f"send{kind.replace('_', '')}": partial(send_file, kind) for kind in KINDS},
    "sendmediagroup": send_album,
    "getfile": get_file,
}
