"""An editor in a chat: a section of several paragraphs is typed, looked at, published with two taps, and in use."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.telegram.joining import Parts
from bot.store.editions import history
from bot.store.engine import reading, writing
from bot.store.roles import give_role
from tests.admin.offices import YES, OfficeTown, gives, presses

pytestmark = pytest.mark.usefixtures("reckoned_once")


@pytest.mark.timeout(240)
def test_an_editor_publishes_from_a_chat(tmp_path: Path) -> None:
    """Line breaks stay as they were typed; the button of the check asks once more; the next turn has the new words."""
    town = OfficeTown(tmp_path)
    with writing(town.house.store) as connection:
        give_role(connection, town.other.id, "editor")
    seen: list[str] = []

    async def life(parts: Parts) -> None:
        editor = town.other
        seen.append((await gives(editor, parts, "edit articles/fees en.short Line one.\n\nLine two.")).text)
        seen.append((await gives(editor, parts, "entry policies/jiebei parameters.headroom")).text)
        seen.append((await gives(editor, parts, "check")).text)
        seen.append((await presses(editor, parts, "Publish 1 file")).text)
        seen.append((await presses(editor, parts, YES)).text)
        assert town.house.look_for_newer()
        seen.append((await gives(editor, parts, "editions")).text)

    town.lives(life)
    assert "Drafted: articles/fees.md" in seen[0]
    assert "parameters.headroom.value 0.1" in seen[1]
    assert "sound" in seen[2]
    assert "Are you sure?" in seen[3]
    assert "Edition 1 is published" in seen[4]
    assert f"tg:{town.other.id}" in seen[5]
    assert town.house.library.articles["fees"].short.en == "Line one.\n\nLine two."
    with reading(town.house.store) as connection:
        assert [one.author for one in history(connection, 9)] == [f"tg:{town.other.id}"]
    assert [deed.act for deed in town.trail()] == ["edit", "publish"]
