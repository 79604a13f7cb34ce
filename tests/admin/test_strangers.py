"""Who may not come in gets nothing: every way to forge, borrow or keep an operator's rights, many times over."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.admin.office import COMMANDS
from bot.channels.playground.person import Person
from bot.channels.telegram.joining import Parts
from bot.store.engine import reading, writing
from bot.store.roles import all_roles, give_role
from bot.store.tables import JOURNAL, METADATA
from tests.admin.intruders import Intruder
from tests.admin.lines import LINES
from tests.admin.offices import YES, OfficeTown, gives, presses, says
from tests.faults.house import card, settled

ATTEMPTS, EACH = 500, 3
Tables = dict[str, list[tuple[object, ...]]]
OFFICE_WORDS = ("The office", "(you are", "Are you sure", "waiting for their turn", "Back to the office", "role=")

HARMLESS: frozenset[tuple[str, str]] = frozenset()
"""Codes that an attempt may leave in the journal: those of any words that nobody understands."""


@pytest.fixture
def town(tmp_path: Path) -> OfficeTown:
    """A town with an owner, and an editor who is not there."""
    town = OfficeTown(tmp_path)
    with writing(town.house.store) as connection:
        give_role(connection, 77, "editor")
    return town


def _roles(town: OfficeTown) -> dict[int, str]:
    with reading(town.house.store) as connection:
        return dict(all_roles(connection))


def _told(who: Person) -> list[str]:
    return [f"{sight.text} {sight.rows}" for sight in who.home.messages if sight.by_bot]


def _lines(town: OfficeTown) -> list[str]:
    """Every command once, with arguments that would be right."""
    told = {given.line.split()[0]: given.line for given in LINES}
    told |= {name: f"{name} x.zip" for name in COMMANDS if name not in told}
    mine = {"grant": f"grant {town.stranger.id} owner", "erase": f"erase {town.owner.id}", "block": "block 77"}
    return [(told | mine)[name] for name in sorted(COMMANDS)]


def _tables(town: OfficeTown) -> Tables:
    """Every row of every table but what any message leaves: its number, its chat's count and pace, its step."""
    steps = select(JOURNAL.c.kind, JOURNAL.c.detail).distinct()
    with reading(town.house.store) as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key)).all()]
            for table in METADATA.sorted_tables
            if table.name not in {"inbox", "journal", "conversations", "outbox", "paces"}
        }
        found["journal"] = [tuple(row) for row in connection.execute(steps)]
    return found


def test_every_command_by_everybody_who_may_not_does_nothing(town: OfficeTown) -> None:
    """Each command, tried by the unauthorised, the demoted, the anonymous and forgers: no table tells of any."""
    for who in (town.owner, town.other, town.stranger):
        who.starts()
    group = town.street.group("talk", town.owner, (town.other, town.stranger))
    intruder, lines = Intruder(town, group.id, seed=8), _lines(town)
    made: list[int] = []

    async def life(parts: Parts) -> None:
        await settled(parts)
        await gives(town.owner, parts, f"grant {town.other.id} admin")
        await gives(town.owner, parts, f"revoke {town.other.id}")
        begun, before = len(_told(town.owner)), _tables(town)
        for attempt in intruder.attempts(lines, EACH):
            made.append(len(made))
            await parts.door.take([attempt])
            await asyncio.sleep(1.2)
        await settled(parts)
        after = _tables(town)
        changed = [name for name in after if name != "journal" and after[name] != before[name]]
        assert changed == []
        assert set(after["journal"]) - set(before["journal"]) <= HARMLESS
        seen = [*_told(town.owner)[begun:], *_told(town.other), *_told(town.stranger)]
        assert [words for words in seen if any(one in words for one in OFFICE_WORDS)] == []
        assert [sight.text for sight in group.messages if any(one in sight.text for one in OFFICE_WORDS)] == []
        await _let_in(town, parts, intruder, before)

    town.lives(life)
    assert len(made) >= ATTEMPTS
    assert _roles(town) == {77: "editor"}


async def _let_in(
    town: OfficeTown, parts: Parts, intruder: Intruder, before: dict[str, list[tuple[object, ...]]]
) -> None:
    """The same update by the owner in the owner's chat is let in, and the tables tell of it."""
    await parts.door.take([intruder.honest("block 77")])
    await settled(parts)
    assert "Back to the office" in _told(town.owner)[-1]
    town.owner.presses(card(town.owner), YES)
    await settled(parts)
    after = _tables(town)
    assert {name for name in after if name != "journal" and after[name] != before[name]} >= {"audit", "barred"}


def test_a_stranger_hears_what_an_unknown_command_hears(town: OfficeTown) -> None:
    """The office's command answers a stranger in the very words in which any unknown command does."""

    async def life(parts: Parts) -> None:
        town.stranger.starts()
        await settled(parts)
        heard = []
        for name in ("admin", "nonsense"):
            answer = await says(town.stranger, parts, f"/{name} roles")
            heard.append((answer.text.replace(name, "..."), answer.labels))
        assert heard[0] == heard[1]

    town.lives(life)


def test_a_demotion_counts_at_once(town: OfficeTown) -> None:
    """An admin whose role goes between question and answer is heard no more, neither by button nor by word."""

    async def life(parts: Parts) -> None:
        await gives(town.owner, parts, f"grant {town.other.id} admin")
        asked = await says(town.other, parts, "/admin grant 99 editor")
        assert any(YES in row for row in asked.rows)
        await gives(town.owner, parts, f"revoke {town.other.id}")
        after = await presses(town.other, parts, YES)
        assert "99" not in after.text
        assert "The office" not in (await says(town.other, parts, "/admin")).text

    town.lives(life)
    assert _roles(town) == {77: "editor"}


def test_an_admin_makes_no_admin(town: OfficeTown) -> None:
    """Admins give and take the lower roles; owners and admins are beyond them, themselves included."""

    async def life(parts: Parts) -> None:
        await gives(town.owner, parts, f"grant {town.other.id} admin")
        assert "99 is editor" in (await gives(town.other, parts, "grant 99 editor")).text
        for line in ("grant 99 admin", f"grant {town.other.id} auditor", f"revoke {town.other.id}"):
            assert "Only an owner" in (await gives(town.other, parts, line)).text
        for line in (f"revoke {town.owner.id}", f"grant {town.owner.id} editor"):
            assert "in the settings" in (await gives(town.other, parts, line)).text

    town.lives(life)
    assert _roles(town) == {town.other.id: "admin", 77: "editor", 99: "editor"}


@pytest.mark.parametrize(("role", "may"), [("auditor", {"audit", "roles", "health"}), ("adviser", {"health"})])
def test_each_role_sees_its_own_commands(town: OfficeTown, role: str, may: set[str]) -> None:
    """The menu shows what a role may do; all else is as if it did not exist."""

    async def life(parts: Parts) -> None:
        await gives(town.owner, parts, f"grant {town.other.id} {role}")
        menu = await says(town.other, parts, "/admin")
        assert (menu.text.find("grant") < 0) is True
        for line in ("grant 99 editor", "rotate", "backup", "nonsense"):
            unknown = (await gives(town.other, parts, line)).text
            assert unknown.startswith(f"There is no command {line.split()[0]}, or none for your role.")
            assert unknown.endswith(menu.text)
            assert unknown.count(line.split()[0]) == 1  # what is alike is only looked for among their own
        for line in may:
            assert (await gives(town.other, parts, line)).text != menu.text

    town.lives(life)


def test_sure_means_this_card_and_now(town: OfficeTown) -> None:
    """A second tap, an older card and one that is ten minutes old do nothing more; the question comes again."""

    async def life(parts: Parts) -> None:
        await says(town.owner, parts, "/admin grant 98 editor")
        old = card(town.owner)
        town.owner.presses(old, YES)
        town.owner.presses(old, YES)
        await settled(parts)
        await asyncio.sleep(5)
        assert [deed.act for deed in town.trail()] == ["grant"]
        await says(town.owner, parts, "/admin revoke 98")
        await asyncio.sleep(11 * 60)
        late = await presses(town.owner, parts, YES)
        assert "Are you sure" in late.text
        assert "no editor" in (await presses(town.owner, parts, YES)).text

    town.lives(life)
    assert [deed.act for deed in town.trail()] == ["grant", "revoke"]


def test_the_menu_is_walked_by_its_buttons(town: OfficeTown) -> None:
    """From the menu to an answer and back in one message that is edited, and out to the person's own menu."""

    async def life(parts: Parts) -> None:
        town.owner.starts()
        await settled(parts)
        await says(town.owner, parts, "/admin")
        messages = len(town.owner.home.messages)
        assert "/admin health" in (await presses(town.owner, parts, "How it goes")).text
        assert "waiting for their turn" in (await presses(town.owner, parts, "Health")).text
        assert "/admin health" in (await presses(town.owner, parts, "How it goes")).text
        assert "The office" in (await presses(town.owner, parts, "Back to the office")).text
        assert len(town.owner.home.messages) == messages
        assert "The office" not in (await presses(town.owner, parts, "Back to the menu")).text

    town.lives(life)


def test_an_operator_as_newcomer_is_met_in_their_language(town: OfficeTown) -> None:
    """Whoever gives a command before anything else reads it in the language of their device."""

    async def life(parts: Parts) -> None:
        assert "The office" in (await says(town.owner, parts, "/admin")).text
        assert town.conversation(town.owner).language == "en"

    town.lives(life)
