"""One conversation, played by people with whatever little bot is on the other side."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.channels.playground.sights import Sight
from bot.channels.playground.street import Street
from bot.channels.playground.talking import PIXEL
from bot.channels.playground.wire import Wire

REFUSAL = 'refused: can\'t find end tag corresponding to start tag "b"'
Turn = Callable[[], Awaitable[None]]


class LittleBot(Protocol):
    """What both little bots can do."""

    async def fetch(self, seconds: int) -> int:
        """Fetch updates and handle them."""
        ...

    async def take(self, told: Wire) -> None:
        """Handle one update."""
        ...


async def converse(street: Street, turn: Turn) -> list[str]:
    """Play the conversation; ``turn`` lets the bot handle what has come. Returns all that shows at the end."""
    alice, bob = street.person("alice"), street.person("bob")
    home = alice.home
    alice.starts("abc")
    await turn()
    assert (home.last.text, home.last.rows, home.last.entities[0]["type"]) == ("Hello abc", [["Yes", "No"]], "bold")
    press = alice.presses(home.last, "Yes")
    await turn()
    assert press.answer is not None
    assert press.answer["text"] == "noted"
    assert (home.last.text, home.last.rows, home.last.edited) == ("You said yes", [["Back"]], True)
    alice.sends("photo", home, PIXEL, caption="look")
    await turn()
    assert (home.last.kind, home.last.data, home.last.text) == ("photo", PIXEL, "same")
    alice.sends("document", home, b"whisper", name="\u8d37\u6b3e.txt")
    await turn()
    assert (home.last.data, home.last.file_name) == (b"WHISPER", "\u8d37\u6b3e.txt")
    group = street.group("Talk", bob, (alice,))
    await turn()
    alice.says(group, "nothing for a bot")
    asked = alice.says(group, f"@{street.town.bot.username} hello")
    await turn()
    assert group.last.text == f"In the group: @{street.town.bot.username} hello"
    assert group.last.message.reply_to == asked.id
    alice.says(home, "/bad")
    await turn()
    assert home.last.text.lower() == REFUSAL
    home_shows = [shown(sight).lower() for sight in home.messages]
    return home_shows + [shown(sight) for sight in group.messages]


def shown(sight: Sight) -> str:
    """A message in one line."""
    who = "bot" if sight.by_bot else "person"
    return f"{who} {sight.kind} {sight.text!r} {sight.labels} {len(sight.data)}"
