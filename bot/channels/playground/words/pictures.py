"""The size of a picture from its first bytes: PNG, JPEG, GIF and WebP."""

from __future__ import annotations

import struct

Size = tuple[int, int]
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""The JPEG markers that carry the size: frames, less tables and extensions."""


def picture_size(data: bytes) -> Size | None:
    """Width and height in pixels; None when it is no picture."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return _pair(">II", data, 16)
    if data[:6] in {b"GIF87a", b"GIF89a"} and len(data) >= 10:
        return _pair("<HH", data, 6)
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data[:4] == b"RIFF" and data[8:16] == b"WEBPVP8X" and len(data) >= 30:
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    return None


def _pair(form: str, data: bytes, at: int) -> Size:
    first, second = struct.unpack_from(form, data, at)
    return int(first), int(second)


def _jpeg(data: bytes) -> Size | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in _FRAMES:
            height, width = _pair(">HH", data, at + 5)
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return None
