"""Captions: what is written under a picture arrives beside it, so that guards can hear it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bot.channels.telegram.heard import Heard
from bot.channels.telegram.translating import arrival_of, read_update

NOW = dt.datetime(2026, 11, 21, 10, 0, tzinfo=dt.UTC)


def _heard(kind: str, **content: object) -> Heard:
    message: dict[str, Any] = {
        "message_id": 7,
        "date": 1_790_000_000,
        "chat": {"id": 5, "type": "private"},
        "from": {"id": 5, "is_bot": False, "first_name": "x", "language_code": "zh"},
        **content,
    }
    return arrival_of(read_update({"update_id": 1, kind: message}), b"key", "guide_bot", NOW, open_message=7)


PHOTO = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]


@pytest.mark.parametrize("caption", ["我不想活了", "你看", None])
def test_a_caption_comes_with_its_picture(caption: str | None) -> None:
    """A picture is still a picture, and its words, if it has some, stand beside it."""
    told: dict[str, object] = {} if caption is None else {"caption": caption}
    arrival = _heard("message", photo=PHOTO, **told).arrival
    assert arrival is not None
    assert (arrival.media, arrival.text) == ("photo", caption)


def test_a_changed_caption_says_nothing_again() -> None:
    """Changing the words under a picture is no new message, for no text stood open there."""
    heard = _heard("edited_message", photo=PHOTO, caption="3万")
    assert heard.arrival is None
    assert heard.reason == "edited"
