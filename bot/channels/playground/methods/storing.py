"""The platform's file store: what is uploaded, what is named by its id, and what is refused."""

from __future__ import annotations

from mimetypes import MimeTypes
from pathlib import PurePosixPath

from bot.channels.playground.chances import token
from bot.channels.playground.refusals.table import refuse
from bot.channels.playground.town.records import StoredFile
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Call, Upload
from bot.channels.playground.words.pictures import picture_size

MEGABYTE = 1 << 20
BIGGEST_PHOTO = 10 * MEGABYTE
BIGGEST_DOWNLOAD = 20 * MEGABYTE
BIGGEST_UPLOAD = 50 * MEGABYTE
_LONGEST_SIDES = 10_000
_TYPES = MimeTypes(filenames=())
"""Endings and types as Python knows them, whatever this machine adds."""

_FOLDERS = {"voice": "voice", "audio": "music"}
_ENDINGS = {"photo": ".jpg", "sticker": ".webp", "voice": ".oga", "video": ".mp4", "video_note": ".mp4"}


def take_file(town: Town, call: Call, name: str, kind: str, value: str | None = None) -> StoredFile:
    """The file that a parameter of the call names or brings, kept in the store.

    Args:
        town: the town whose store it is.
        call: the call with its uploads.
        name: the parameter, used when ``value`` is not given.
        kind: what it shall be: photo, document, …
        value: the parameter's value where it stands inside a structure.
    """
    value = call.text(name) if value is None else value
    upload = call.files.get(value.removeprefix("attach://")) or call.files.get(name)
    if upload is not None:
        return store(town, upload, kind)
    if not value or value.startswith("attach://"):
        raise refuse("file_missing", what=kind.replace("_", " "))
    if value.startswith(("http://", "https://")):
        raise refuse("file_by_url")
    stored = town.files.get(value)
    if stored is None:
        raise refuse("file_wrong", problem="Wrong padding in the string")
    if stored.kind != kind:
        raise refuse("file_other_kind", has=_title(stored.kind), wanted=_title(kind))
    return stored


def store(town: Town, upload: Upload, kind: str) -> StoredFile:
    """Keep an uploaded file, if the platform takes it as that kind."""
    if not upload.data:
        raise refuse("file_empty")
    width, height = _checked_photo(upload.data) if kind == "photo" else picture_size(upload.data) or (0, 0)
    number = town.count("files")
    ending = _ENDINGS.get(kind) or PurePosixPath(upload.name).suffix
    folder = _FOLDERS.get(kind, f"{kind}s")
    stored = StoredFile(
        id=token(town.seed, 64, "file", number),
        unique=token(town.seed, 16, "unique file", number),
        kind=kind,
        name=upload.name,
        mime=_TYPES.guess_type(upload.name)[0] or "application/octet-stream",
        data=upload.data,
        path=f"{folder}/file_{number}{ending}",
        width=width,
        height=height,
    )
    town.files[stored.id] = stored
    return stored


def _checked_photo(data: bytes) -> tuple[int, int]:
    if len(data) > BIGGEST_PHOTO:
        raise refuse("photo_too_big", size=len(data))
    size = picture_size(data)
    if size is None:
        raise refuse("photo_unreadable")
    if sum(size) > _LONGEST_SIDES or max(size) > 20 * max(1, min(size)):
        raise refuse("photo_dimensions")
    return size


def _title(kind: str) -> str:
    return kind.replace("_", " ").title().replace(" ", "")
