"""The interview with no library at all: one loop, dictionaries, and the least of HTTP. Nothing can be much cheaper."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.benchmarks.peers import interview
from tests.benchmarks.peers.raw_http import Caller, serve
from tests.benchmarks.peers.starting import Start, read_start


class RawBot:
    """Holds everybody's answers in a dictionary."""

    def __init__(self, caller: Caller) -> None:
        """A bot that calls through this caller."""
        self._caller = caller
        self._answers: dict[int, dict[int, str]] = {}
        self._asked: dict[int, int] = {}

    async def take(self, update: dict[str, Any]) -> None:
        """Do what an update asks for."""
        if "callback_query" in update:
            await self._pressed(update["callback_query"])
        elif "message" in update:
            await self._said(update["message"]["chat"]["id"], update["message"].get("text", ""))

    async def _said(self, chat: int, text: str) -> None:
        if text == interview.SLOW:
            await asyncio.sleep(interview.SLOW_SECONDS)
            await self._caller.call("sendMessage", chat_id=chat, text="done")
            return
        if text == "/start":
            self._answers[chat] = {}
        else:
            self._answers[chat][self._asked[chat]] = text
        await self._caller.call("sendMessage", chat_id=chat, **self._card(chat))

    async def _pressed(self, query: dict[str, Any]) -> None:
        chat, number, data = query["message"]["chat"]["id"], query["message"]["message_id"], query["data"]
        await self._caller.call("answerCallbackQuery", callback_query_id=query["id"])
        if data.startswith("change:"):
            card = self._card(chat, interview.changed(data))
        else:
            self._answers[chat][int(data.partition(":")[0])] = interview.label_of(data)
            card = self._card(chat)
        await self._caller.call("editMessageText", chat_id=chat, message_id=number, **card)

    def _card(self, chat: int, number: int | None = None) -> dict[str, Any]:
        answers = self._answers[chat]
        self._asked[chat] = number = interview.following(answers) if number is None else number
        rows = [[{"text": label, "callback_data": data} for label, data in row] for row in interview.rows(number)]
        return {"text": interview.words(number, answers), "reply_markup": {"inline_keyboard": rows}}


async def _poll(caller: Caller, bot: RawBot) -> None:
    offset = 0
    async with asyncio.TaskGroup() as tasks:
        while True:
            for update in await caller.call("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                tasks.create_task(bot.take(update))


async def main(start: Start) -> None:
    """Run until told to stop."""
    caller = Caller(start.api, start.token)
    bot = RawBot(caller)
    if not start.webhook:
        await _poll(caller, bot)
        return
    server = await serve(start.host, start.port, start.secret, bot.take)
    await caller.call("setWebhook", url=start.webhook, secret_token=start.secret)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(read_start()))
