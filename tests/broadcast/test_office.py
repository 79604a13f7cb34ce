"""From the office: an owner writes to everybody and reads what became of it, and hears nothing of somebody any more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import select

from bot.channels.telegram.announcing import announcing, caster_of
from bot.channels.telegram.barring import kept_out
from bot.channels.telegram.joining import Parts, at_once, seal_keys
from bot.store.engine import reading, writing
from bot.store.falling_due import anything_due
from bot.store.tables import CONVERSATIONS, INBOX, METADATA
from tests.admin.offices import OfficeTown, gives, presses, says
from tests.faults.house import settled
from tests.faults.named import asked, promised

EN = "The help pages have changed."
ZH = "帮助页更新了。"
HANT = "幫助頁更新了。"


class Announcing(OfficeTown):
    """An office whose bot hands out broadcasts and keeps out whoever is barred, on a morning."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.clock.advance(12 * 3600)

    def lives(self, life: Callable[[Parts], Awaitable[None]]) -> None:
        """Run a life to its end with the whole bot awake."""

        async def whole(parts: Parts) -> None:
            caster = caster_of(parts.bot, self.house, parts.postman, at_once, seal_keys(self.settings)[0])
            async with kept_out(parts.door, self.house.store, at_once), announcing(caster, alone=True):
                await life(parts)
                await settled(parts, 2)

        super().lives(whole)


def test_an_owner_writes_to_many(tmp_path: Path) -> None:
    """Two languages are written, aimed, seen in three scripts, and sent after a second yes; the report counts them."""
    town = Announcing(tmp_path)
    people = [asked(town, name) for name in ("anna", "bert", "carl")]
    seen: dict[str, str] = {}

    async def life(parts: Parts) -> None:
        await settled(parts)
        await gives(town.owner, parts, f"announce new zh {ZH}")
        await gives(town.owner, parts, f"announce 1 en {EN}")
        seen["audience"] = (await gives(town.owner, parts, "audience 1 language=zh")).text
        await gives(town.owner, parts, "broadcast preview 1")
        seen["previews"] = "\n".join(sight.text for sight in town.owner.home.messages[-4:])
        await says(town.owner, parts, "/admin send 1")
        assert not any(sight.text == ZH for one in people for sight in one.home.messages)
        await presses(town.owner, parts, "Yes, do it")
        await settled(parts, 4)
        seen["report"] = (await gives(town.owner, parts, "broadcast report 1")).text

    town.lives(life)
    assert "<10 people" in seen["audience"]
    assert [words for words in (ZH, HANT, EN) if words not in seen["previews"]] == []
    assert [sum(sight.text == ZH for sight in one.home.messages) for one in people] == [1, 1, 1]
    assert "done" in seen["report"]
    assert [deed.act for deed in town.trail()] == [*["announce"] * 2, "audience", *["broadcast"], "send", "broadcast"]


def _everything(town: OfficeTown) -> dict[str, list[object]]:
    with reading(town.house.store) as connection:
        return {table.name: list(connection.execute(select(table)).all()) for table in METADATA.sorted_tables}


def test_who_is_blocked_is_not_heard(tmp_path: Path) -> None:
    """No turn, no row and no message: not for words, presses or promises; lifted, they are heard again."""
    town = Announcing(tmp_path)
    bad = asked(town, "bad")

    async def life(parts: Parts) -> None:
        await settled(parts)
        question = bad.home.last
        with writing(town.house.store) as connection:
            connection.execute(CONVERSATIONS.update().where(CONVERSATIONS.c.id == f"tg:{bad.id}").values(due_at=1))
        parts.postman.due[f"tg:{bad.id}"] = town.clock() + 9_999  # what is promised now waits
        promised(town, bad, "later")
        await gives(town.owner, parts, f"block {bad.id}")
        before, shown = _everything(town), len(bad.home.messages)
        for _ in range(3):
            bad.says(bad.home, "/menu")
            bad.presses(question, question.rows[0][0])
        bad.says(bad.home, "8000")
        await settled(parts, 3)
        assert _everything(town) == before
        assert len(bad.home.messages) == shown + 4
        assert parts.door.counts["barred"] == 7
        with reading(town.house.store) as connection:
            assert not anything_due(connection, 2**50)
            assert connection.scalar(select(INBOX.c.id).where(INBOX.c.done_at.is_(None))) is None
        await gives(town.owner, parts, f"unblock {bad.id}")
        bad.says(bad.home, "/menu")
        await settled(parts, 2)
        assert len(bad.home.messages) > shown + 5

    town.lives(life)


def test_owners_and_oneself_cannot_be_blocked(tmp_path: Path) -> None:
    """Nobody can lock the office from inside, and whoever sits at a terminal has no number."""
    town = Announcing(tmp_path)
    answers = []

    async def life(parts: Parts) -> None:
        answers.extend([(await gives(town.owner, parts, f"block {who}")).text for who in (town.owner.id, "console")])

    town.lives(life)
    assert "Neither yourself nor an owner" in answers[0]
    assert "terminal cannot be blocked" in answers[1]
    assert town.trail() == ()
