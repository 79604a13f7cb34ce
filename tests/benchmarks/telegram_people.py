"""People who answer whatever card stands before them: at once when it comes, or when a clock gives them their turn."""

from __future__ import annotations

import asyncio
import time
from collections import deque

from tests.benchmarks.telegram_serving import Post
from tests.benchmarks.telegram_town import Chat

_TYPED_FROM = 5
"""A card with so many buttons is a question with choices, whose words may be typed as well."""

_READING = 0.75
"""Seconds that a person needs for a card when a clock hands out the turns."""

_GATHERING = 25
"""People who begin in a second when a crowd gathers: the platform lets a bot send to 30."""

_PATIENCE = 60.0
"""Seconds after which somebody without a card gives up, and with them the benchmark."""

_STAGES = 12
"""A gathered crowd is spread over so many steps of the interview."""


class StuckError(RuntimeError):
    """Somebody waited for a card that did not come."""


class Person:
    """Somebody in a private chat, who presses and types in turn, always the first choice."""

    def __init__(self, post: Post, number: int, done: str, typed_every: int) -> None:
        """A newcomer.

        Args:
            post: what carries their updates.
            number: their id.
            done: what the first button of the last card of the interview says.
            typed_every: of so many answers to questions one is typed, the others are pressed.
        """
        self.chat: Chat = post.town.chat(number)
        self.steps = 0
        self._post = post
        self._done = done
        self._edits = 0
        self._typed_every = typed_every
        self._stepped_at = 0.0

    @property
    def finished(self) -> bool:
        """Whether the card to check all answers stands before them."""
        return self.chat.card is not None and self._done in self.chat.card.buttons[0][0]

    @property
    def ready(self) -> bool:
        """Whether their card came, and they had the time that even a quick reader needs."""
        answered = self.chat.news.is_set() and self.chat.handed_at is None
        return answered and time.monotonic() - self._stepped_at > _READING

    def steps_on(self, *, typing: bool = True) -> None:
        """Do the next thing: begin, press the first choice or type its words, or change an answer when at the end."""
        self.steps += 1
        self._stepped_at = time.monotonic()
        if self.chat.card is None:
            self._post.says(self.chat, "/start")
            return
        buttons = self.chat.card.buttons
        if self.finished:
            self._edits += 1
            self._post.presses(self.chat, buttons[1 + self._edits % (len(buttons) - 1)][1])
            return
        label, data = buttons[0]
        if typing and len(buttons) >= _TYPED_FROM and self.steps % self._typed_every == 0:
            self._post.says(self.chat, label)
        else:
            self._post.presses(self.chat, data)

    async def answers(self, *, typing: bool = True) -> None:
        """Do the next thing and wait for the card that answers it.

        Raises:
            StuckError: when none comes.
        """
        self.steps_on(typing=typing)
        await self._next_card()

    async def accepts(self) -> None:
        """Press the first button of the card, whatever it is, and wait for the card that answers it.

        Raises:
            StuckError: when none comes.
        """
        self._post.presses(self.chat, self.chat.card.buttons[0][1])
        await self._next_card()

    async def _next_card(self) -> None:
        try:
            await asyncio.wait_for(self.chat.news.wait(), _PATIENCE)
        except TimeoutError:
            shown = self.chat.card.text[:80] if self.chat.card else "nothing"
            raise StuckError(f"step {self.steps} was never answered; the card still says: {shown}") from None

    async def goes_ahead(self, steps: int) -> None:
        """Take so many steps without typing, each as soon as the card is there."""
        for _ in range(steps):
            await self.answers(typing=False)

    async def holds_the_interview(self) -> None:
        """Go through the whole interview, each answer as soon as the card is there."""
        await self.answers()
        while not self.finished:
            await self.answers()


class Crowd:
    """Newcomers without end, each with an id of their own."""

    def __init__(self, post: Post, done: str, typed_every: int = 2) -> None:
        """Nobody is there yet."""
        self._post = post
        self._done = done
        self._typed_every = typed_every

    def newcomer(self) -> Person:
        """Somebody who was never here before."""
        number = self._post.town.first + len(self._post.town.chats)
        return Person(self._post, number, self._done, self._typed_every)

    async def interview(self, people: int) -> None:
        """Let so many newcomers hold the interview at the same time, each answering as soon as the card is there."""
        async with asyncio.TaskGroup() as tasks:
            for _ in range(people):
                tasks.create_task(self.newcomer().holds_the_interview())

    async def gather(self, people: int) -> deque[Person]:
        """So many newcomers, spread over the stages of the interview."""
        crowd = deque(self.newcomer() for _ in range(people))
        async with asyncio.TaskGroup() as tasks:
            for nth, person in enumerate(crowd):
                tasks.create_task(person.goes_ahead(1 + nth % _STAGES))
                await asyncio.sleep(1 / _GATHERING)
        return crowd

    async def paced(self, there: deque[Person], rate: float, seconds: float) -> None:
        """Hand over so many updates a second, whether or not the bot keeps up.

        Those whose card has come take turns; when nobody is ready, and in place of who is finished, somebody new
        begins.
        """
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
