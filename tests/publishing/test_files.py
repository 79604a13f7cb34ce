"""Files that are sent in a chat: an editor's goes into the draft, and nobody else's is even fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.admin.arguments import LONGEST_TEXT
from bot.admin.bringing import path_of
from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from bot.publishing.bench import read_bench
from bot.publishing.paths import shipped
from bot.store.engine import writing
from bot.store.roles import give_role
from tests.admin.offices import OfficeTown, says
from tests.faults.house import settled
from tests.publishing.lending import lend


class _Desk:
    """A town in which files are sent, and who asked the platform for which."""

    def __init__(self, folder: Path) -> None:
        self.town = OfficeTown(folder)
        lend(self.town.house)
        self.fetched = 0

    async def sends(self, who: Person, parts: Parts, data: bytes, name: str, caption: str = "") -> str:
        """Somebody sends a document; the newest message that answers."""
        asked = parts.bot.get_file

        async def counted(*told: object, **more: object) -> object:
            self.fetched += 1
            return await asked(*told, **more)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(parts.bot), "get_file", lambda _bot, *told, **more: counted(*told, **more))
            who.sends("document", who.home, data, name=name, caption=caption)
            await settled(parts)
        return who.home.last.text

    def drafts(self) -> dict[str, str | None]:
        """What is drafted."""
        return {path: draft.words for path, draft in read_bench(self.town.house.store).changes.items()}


FEES = shipped()["articles/fees.md"] + "\nOne line more.\n"


@pytest.mark.timeout(120)
def test_only_fit_files_of_editors_reach_the_draft(tmp_path: Path) -> None:
    """A file goes to the path of its caption or its only name; unfit ones are named, and strangers' are left alone."""
    desk = _Desk(tmp_path)
    with writing(desk.town.house.store) as connection:
        give_role(connection, desk.town.other.id, "editor")
        give_role(connection, desk.town.stranger.id, "adviser")
    said: list[str] = []

    async def life(parts: Parts) -> None:
        editor, adviser = desk.town.other, desk.town.stranger
        said.append(await desk.sends(editor, parts, b"\xef\xbb\xbf" + FEES.encode(), "Fees.md"))
        said.append(await desk.sends(editor, parts, b"# nothing\r\n", "new.yaml", "phrases/zz_new.yaml"))
        assert desk.fetched == 2
        await says(adviser, parts, "/start")
        said.append(await desk.sends(adviser, parts, FEES.encode(), "fees.md"))
        said.append(await desk.sends(editor, parts, b"MZ", "fees.exe", "articles/fees.md"))
        said.append(await desk.sends(editor, parts, bytes(LONGEST_TEXT + 1), "fees.md"))
        said.append(await desk.sends(editor, parts, b"text", "../../fees.md"))
        assert desk.fetched == 2
        said.append(await desk.sends(editor, parts, b"\xff\xfe\x00", "rates.md", "articles/fees.md"))
        sent = editor.sends("document", editor.home, b"forwarded", name="fees.md")
        await settled(parts)
        editor.forwards(sent, editor.home)
        await settled(parts)

    desk.town.lives(life)
    assert "Drafted: articles/fees.md" in said[0]
    assert "phrases/zz_new.yaml" in said[1]
    assert not any(word in said[2] for word in ("Drafted", "articles/", "Nothing readable"))
    assert all("Nothing readable" in told for told in (said[3], said[4], said[6]))
    assert "no such file" in said[5]
    assert desk.drafts() == {"articles/fees.md": "forwarded\n", "phrases/zz_new.yaml": "# nothing\n"}
    assert [deed.act for deed in desk.town.trail()] == ["put", "put", "put"]


def test_a_file_goes_where_it_says() -> None:
    """The caption names a path or a shelf; without one only a name that one file alone has leads anywhere."""
    known = ("articles/fees.md", "cases/rider.yaml", "questions/rider.yaml")
    assert path_of("Fees.MD", "", known) == "articles/fees.md"
    assert path_of("x.md", " articles/zz.md ", known) == "articles/zz.md"
    assert path_of("new.yaml", "cases", known) == "cases/new.yaml"
    for name, caption in (("rider.yaml", ""), ("new.md", ""), ("fees.md", "../x.md"), ("fees.md", "what is this?")):
        assert path_of(name, caption, known) == "-"
