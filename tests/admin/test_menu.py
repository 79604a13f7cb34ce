"""The operators' menu: groups, few buttons on a card, everything listed, and nothing confirmed by mere typing."""

from __future__ import annotations

import asyncio
import inspect
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from bot.__main__ import main
from bot.admin import office
from bot.admin.desk import Desk, Operator, Role, Told
from bot.admin.office import COMMANDS, GROUPS, hear, in_group
from bot.channels.telegram.joining import Parts
from bot.store.engine import open_store, writing
from bot.store.roles import take_role
from knowledge.entries import Language
from tests.admin.lines import LINES
from tests.admin.offices import YES, OfficeTown, gives, presses, says
from tests.faults.house import settled
from tests.journeys.walking import NOW, scene_now

MOST_BUTTONS = 8
T = TypeVar("T")


def _desk(role: Role = "owner") -> Desk:
    return Desk(scene_now().library, {}, open_store("sqlite://"), NOW, Operator(7, role))


def test_every_command_says_in_its_own_file_what_it_is_about() -> None:
    """No list elsewhere: the group stands where the command stands, and no command is called like a group."""
    told = {name: inspect.getsource(sys.modules[command.run.__module__]) for name, command in COMMANDS.items()}
    assert [name for name, source in told.items() if f'group="{COMMANDS[name].group}"' not in source] == []
    assert not {*GROUPS, office.HELP} & set(COMMANDS)


@pytest.mark.parametrize("language", ["zh", "zh-hant", "en"])
def test_help_lists_every_command_by_group(language: Language) -> None:
    """An owner reads all that can be given in a chat; an adviser only what an adviser may give."""
    words = hear(replace(_desk(), language=language), "help", sure=False).told.words
    away = [name for name, command in COMMANDS.items() if command.away]
    assert [name for name in away if f"`{name}" not in words] == []
    assert "`restore" not in words
    assert "`grant" not in hear(replace(_desk("adviser"), language=language), "help", sure=False).told.words


def test_a_group_that_holds_nothing_for_somebody_is_not_there() -> None:
    """An adviser who types the name of a group that is not theirs reads the menu, as for any unknown word."""
    desk = _desk("adviser")
    assert [way.line for way in hear(desk, "", sure=False).told.ways] == ["sight"]
    for name in ("team", "people", "nonsense", "sight now"):
        assert hear(desk, name, sure=False).menu is True


def test_the_terminal_lists_them_by_group(capsys: pytest.CaptureFixture[str]) -> None:
    """Behind --help every command stands under what it is about."""
    with pytest.raises(SystemExit):
        main(["admin", "--help"])
    out = capsys.readouterr().out
    places = [out.index(f"\n{group}:") for group in GROUPS]
    assert places == sorted(places)
    for group, begin, end in zip(GROUPS, places, [*places[1:], len(out)], strict=True):
        assert all(f"\n  {command.name}" in out[begin:end] for command in in_group(group))


def test_no_card_has_more_than_eight_buttons(tmp_path: Path) -> None:
    """The menu, its groups, and the answers to a sample of commands."""
    town = OfficeTown(tmp_path)
    crowded: list[tuple[str, int]] = []
    ones = [given for given in LINES if not given.before and not COMMANDS[given.line.split()[0]].slow]

    async def life(parts: Parts) -> None:
        for line in ("", *GROUPS, "help", *(given.line for given in ones)):
            rows = (await says(town.owner, parts, f"/admin {line}")).rows
            crowded.append((line, sum(map(len, rows))))

    town.lives(life)
    assert [one for one in crowded if one[1] > MOST_BUTTONS or not one[1]] == []


@pytest.mark.parametrize("words", ["yes", "Yes, do it", "ok", "no", "好的"])
def test_a_typed_yes_confirms_nothing(tmp_path: Path, words: str) -> None:
    """Only the button counts; it still does after that, and neither card nor interview took the word."""
    town = OfficeTown(tmp_path)

    async def life(parts: Parts) -> None:
        await says(town.owner, parts, "/admin grant 98 editor")
        before = town.conversation(town.owner).answers
        assert "Typing does not count" in (await says(town.owner, parts, words)).text
        assert town.trail() == ()
        assert town.conversation(town.owner).answers == before
        asked = next(one for one in reversed(town.owner.home.messages) if YES in one.labels)
        town.owner.presses(asked, YES)
        await asyncio.sleep(3)
        assert [deed.act for deed in town.trail()] == ["grant"]

    town.lives(life)


def test_a_typed_yes_reaches_no_older_question_of_the_dialogue(tmp_path: Path) -> None:
    """Whoever was asked whether to delete everything, and then by the office, deletes nothing by typing yes."""
    town = OfficeTown(tmp_path)

    async def life(parts: Parts) -> None:
        town.owner.starts()
        await asyncio.sleep(1)
        for label in ("I agree, start", "I am 18 or older"):
            await presses(town.owner, parts, label)
        await says(town.owner, parts, "/assess")
        await says(town.owner, parts, "/delete")
        await says(town.owner, parts, "/admin grant 98 editor")
        answers = town.conversation(town.owner).answers
        for words in ("yes", "delete everything", "what does it cost to repay early?"):
            await says(town.owner, parts, words)
        known = town.conversation(town.owner)
        assert known.consent_at is not None
        assert known.answers == answers

    town.lives(life)
    assert town.trail() == ()


def test_a_free_question_under_the_offices_question_is_answered_as_one(tmp_path: Path) -> None:
    """It is answered, it fills no card, and the office's question has to be asked again before its button counts."""
    town = OfficeTown(tmp_path)

    async def life(parts: Parts) -> None:
        town.owner.starts()
        await asyncio.sleep(1)
        for label in ("I agree, start", "I am 18 or older"):
            await presses(town.owner, parts, label)
        await says(town.owner, parts, "/assess")
        before = town.conversation(town.owner).answers
        await says(town.owner, parts, "/admin grant 98 editor")
        asked = next(one for one in reversed(town.owner.home.messages) if YES in one.labels)
        answer = await says(town.owner, parts, "what are the fees?")
        assert any("fees" in one.text for one in town.owner.home.messages[-2:]), answer.text
        assert town.conversation(town.owner).answers == before
        town.owner.presses(asked, YES)
        await asyncio.sleep(3)

    town.lives(life)
    assert town.trail() == ()


async def _demoted(town: OfficeTown, parts: Parts) -> None:
    """The other one has no role any more, a second after it was said that their command runs."""
    await asyncio.sleep(3)
    with writing(town.house.store) as connection:
        take_role(connection, town.other.id)
    await settled(parts)


def test_what_takes_seconds_is_said_to_run_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The card says so while the work is done, and shows the result in its place; a demotion between stops it."""
    town = OfficeTown(tmp_path)
    seen: list[str] = []
    real = COMMANDS["check"]

    def slowly(desk: Desk, given: object) -> Told:
        seen.append(town.owner.home.last.text)
        return real.run(desk, given)

    slow = {**COMMANDS, "check": replace(real, run=slowly)}
    monkeypatch.setattr(office, "COMMANDS", slow)

    async def beside(work: Callable[[], T], /) -> T:
        """As in a thread of its own: the chat goes on meanwhile."""
        await asyncio.sleep(2)
        return work()

    async def life(parts: Parts) -> None:
        monkeypatch.setattr(parts.worker, "_run", beside)
        await says(town.owner, parts, "/admin publishing")
        messages = len(town.owner.home.messages)
        answer = await presses(town.owner, parts, "Check")
        assert "no drafts" in answer.text
        assert len(town.owner.home.messages) == messages
        assert "no drafts" in (await says(town.owner, parts, "/admin check")).text
        assert all("this runs" not in sight.text for sight in town.owner.home.messages if not sight.deleted)
        await gives(town.owner, parts, f"grant {town.other.id} editor")
        assert "no drafts" in (await gives(town.other, parts, "check")).text
        town.other.says(town.other.home, "/admin check")
        await _demoted(town, parts)
        assert "this runs" in town.other.home.last.text

    town.lives(life)
    assert len(seen) == 3
    assert all("this runs" in words for words in seen[:2])
