"""People who answer whatever card stands before them: at once when it comes, or when a clock gives them their turn."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Iterator
from itertools import count

from tests.benchmarks.telegram_serving import Post
from tests.benchmarks.telegram_town import Chat

_TYPED_FROM = 5
"""A card with so many buttons is a question with choices, whose words may be typed as well."""

_QUIET = 0.03
"""Seconds without a call after which a bot has said all it had to say."""


class StuckError(RuntimeError):
    """Somebody waited for a card that did not come."""


class Person:
    """Somebody in a private chat, who presses and types in turn, always the first choice."""

    def __init__(self, post: Post, number: int, done: str) -> None:
        """A newcomer.

        Args:
            post: what carries their updates.
            number: their id.
            done: what the first button of the last card of the interview says.
        """
        self.chat: Chat = post.town.chat(number)
        self.steps = 0
        self._post = post
        self._done = done
        self._edits = 0
        self._typed = True

    @property
    def finished(self) -> bool:
        """Whether the card to check all answers stands before them."""
        return self.chat.card is not None and self._done in self.chat.card.buttons[0][0]

    @property
    def ready(self) -> bool:
        """Whether their card came, and the bot has been quiet about them for a moment."""
        chat = self.chat
        answered = chat.news.is_set() and chat.handed_at is None
        return answered and time.monotonic() - chat.called_at > _QUIET

    def steps_on(self) -> None:
        """Do the next thing: begin, press the first choice or type its words, or change an answer when at the end."""
        self.steps += 1
        if self.chat.card is None:
            self._post.says(self.chat, "/start")
            return
        buttons = self.chat.card.buttons
        if self.finished:
            self._edits += 1
            self._post.presses(self.chat, buttons[1 + self._edits % (len(buttons) - 1)][1])
            return
        self._typed = not self._typed and len(buttons) >= _TYPED_FROM
        label, data = buttons[0]
        if self._typed:
            self._post.says(self.chat, label)
        else:
            self._post.presses(self.chat, data)

    async def answers(self, patience: float = 20.0) -> None:
        """Do the next thing and wait for the card that answers it.

        Raises:
            StuckError: when none comes.
        """
        self.steps_on()
        try:
            await asyncio.wait_for(self.chat.news.wait(), patience)
        except TimeoutError:
            shown = self.chat.card.text[:80] if self.chat.card else "nothing"
            raise StuckError(f"step {self.steps} was never answered; the card still says: {shown}") from None

    async def holds_the_interview(self) -> None:
        """Go through the whole interview, each answer as soon as the card is there."""
        await self.answers()
        while not self.finished:
            await self.answers()


class Crowd:
    """Newcomers without end, each with an id of their own."""

    def __init__(self, post: Post, done: str) -> None:
        """Nobody is there yet."""
        self._people: Iterator[Person] = (Person(post, number, done) for number in count(5_000_001))

    def newcomer(self) -> Person:
        """Somebody who was never here before."""
        return next(self._people)

    async def interview(self, people: int) -> None:
        """Let so many newcomers hold the interview at the same time."""
        async with asyncio.TaskGroup() as tasks:
            for _ in range(people):
                tasks.create_task(self.newcomer().holds_the_interview())

    async def paced(self, rate: float, seconds: float) -> None:
        """Hand over so many updates a second, whether or not the bot keeps up.

        Those whose card has come take turns; when nobody is ready, somebody new begins.
        """
        there: deque[Person] = deque()
        begin = time.monotonic()
        for nth in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, begin + nth / rate - time.monotonic()))
            ready = next((person for person in there if person.ready), None)
            if ready is not None:
                there.remove(ready)
            if ready is None or ready.finished:
                ready = self.newcomer()
            ready.steps_on()
            there.append(ready)
