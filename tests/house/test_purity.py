"""The room that decides is pure: an audit hook watches a whole conversation and must see nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.channels.lines import arrival_of
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Arrival, Reply
from bot.dialogue.turn import show_again, take_turn
from tests.journeys.walking import NOW, Journey, journeys, read_journey, scene_now

WATCHED = ("open", "socket.", "sqlite3.", "os.", "subprocess.", "import", "compile", "exec", "shutil.", "tempfile.")
_seen: list[str] | None = None
_hooked: list[bool] = []


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _seen is not None and event.startswith(WATCHED):
        _seen.append(f"{event} {arguments!r:.120}")


@contextmanager
def watching() -> Iterator[list[str]]:
    """Everything a block of code opened, imported, compiled or sent."""
    global _seen  # noqa: PLW0603  an audit hook can never be removed, only told to look away
    if not _hooked:
        sys.addaudithook(_hook)
        _hooked.append(True)
    events: list[str] = []
    _seen = events
    try:
        yield events
    finally:
        _seen = None


def _talk(journey: Journey) -> Conversation:
    """A journey through the pure room alone."""
    scene = scene_now()
    who = Conversation(id="pure")
    turn = take_turn(who, Arrival(key="0", at=NOW, command="start", locale=journey.language), scene)
    last: Reply | None = None
    for number, line in enumerate(journey.lines):
        last = next((reply for reply in reversed(turn.replies) if reply.buttons), last)
        turn = take_turn(turn.conversation, arrival_of(line, last, str(number), NOW), scene)
    show_again(turn.conversation, scene)
    return turn.conversation


@pytest.mark.parametrize("path", journeys(), ids=lambda path: path.stem)
def test_a_whole_conversation_touches_nothing(path: Path) -> None:
    """From hello to plan, deciding opens no file or socket and imports and compiles nothing."""
    journey = read_journey(path)
    scene_now()
    with watching() as events:
        _talk(journey)
    assert events == []


def test_the_watch_itself_sees(tmp_path: Path) -> None:
    """A file opened inside the watch is seen, so an empty list means something."""
    with watching() as events, open(f"{tmp_path}/x", "w", encoding="utf-8"):  # noqa: PTH123  any way of opening
        pass
    assert events


def test_equal_turns_are_equal() -> None:
    """The same conversation and lines give the same state and replies, however often they are walked."""
    journey = read_journey(journeys()[0])
    assert _talk(journey) == _talk(journey)
