"""A whole consultation on the playground's page, with the real bot behind it: from opening to summary, in minutes."""

from __future__ import annotations

import asyncio
import os
from functools import partial

from bot.channels.playground.page.running import opened
from tests.doors.playground_page import Page, Part, opened_page, words

SHOWS = ("同意给群里看", "同意給群裡看", "Show it to the group")


def labels(card: Part) -> list[str]:
    """What its buttons say."""
    return [button["text"] for row in card["rows"] for button in row]


def places(said: Part) -> list[tuple[int, int, str]]:
    """Where its buttons stand, and what they say."""
    rows = enumerate(said["rows"] or ())
    return [(row, column, button["text"]) for row, buttons in rows for column, button in enumerate(buttons)]


async def presses(page: Page, person: int, chat: int, starts: str) -> None:
    """Somebody presses the newest button whose label begins so, once it shows, and follows where it leads."""

    def shown() -> tuple[Part, tuple[int, int, str]] | None:
        every = ((said, place) for said in reversed(page.chat(person, chat)) for place in places(said))
        return next((one for one in every if one[1][2].startswith(starts)), None)

    said, (row, column, label) = await page.until(shown)
    where = {"person": person, "chat": chat, "message": said["id"], "row": row, "column": column}
    _, told = await page.act("press", **where, text=label)
    if told.get("url"):
        await page.act("follow", person=person, chat=person, text=told["url"])


def newer(page: Page, person: int, before: Part | None) -> Part | None:
    """The newest card in somebody's private chat, where it is another than before."""
    card = page.card(person)
    return card if card != before else None


async def shows_a_card(page: Page, person: int, group: int, door: str) -> None:
    """Somebody takes part, presses the first button of every question, and agrees to show a card."""
    await presses(page, person, group, door)
    before: Part | None = None
    for _ in range(40):
        before = await page.until(partial(newer, page, person, before))
        every = labels(before)
        label = next((one for one in every if one in SHOWS), every[0])
        await presses(page, person, person, label)
        if label in SHOWS:
            return
    raise AssertionError(f"no card was offered: {labels(before or {})}")


def test_a_consultation_from_opening_to_summary() -> None:
    """An adviser opens it, three people show their cards, ten minutes pass, and it is led and ended on the page."""

    async def play() -> None:
        async with opened(words(), os.environ) as ground, opened_page(ground.address) as page:
            adviser = page.person("adviser")
            group = next(number for one in page.parts["street"]["people"] for number in one["chats"] if number < 0)
            await page.act("say", person=adviser, chat=group, text="/consult@limit_guide_bot 提额")
            for name in ("lin", "mei", "emma"):
                await shows_a_card(page, page.person(name), group, "参加")
            await page.act("later", seconds=600)
            await page.until(lambda: any("A" in labels(said) for said in page.chat(adviser, group) if said["rows"]))
            await presses(page, adviser, group, "顾问入口")
            for label in ("暂停、结束", "结束咨询", "确定结束"):
                await presses(page, adviser, adviser, label)
            await page.until(lambda: any("咨询总结" in said["text"] for said in page.chat(adviser, group)))

    asyncio.run(play())
