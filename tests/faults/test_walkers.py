"""The walkers of the storms: they look at a card once, for a real bot changes it meanwhile."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

from bot.channels.playground.sights import Sight
from tests.faults.walkers import Walker


class _Hasty:
    """A message that holds the next card whenever somebody looks at it again."""

    def __init__(self) -> None:
        self._looks = itertools.count(1)

    @property
    def markup(self) -> dict[str, object]:
        """The card of this moment: of a revision of its own, with choices of its own."""
        look = next(self._looks)
        button = {"text": f"choice {look}", "callback_data": f"{look}.seal.pick:question{look}:0"}
        return {"inline_keyboard": [[button]]}


def test_a_card_that_changes_meanwhile_is_pressed_as_it_was_seen() -> None:
    """What is pressed is a button of the card that was looked at, and no look meets half of another card."""
    pressed: list[str] = []
    home = SimpleNamespace(messages=[Sight(None, _Hasty())])
    person = SimpleNamespace(name="walker0", home=home, forges=lambda _sight, data: pressed.append(data))
    walker = Walker(person)
    assert [walker.walks() for _ in range(3)] == [True] * 3
    assert pressed == [f"{look}.seal.pick:question{look}:0" for look in (1, 2, 3)]
