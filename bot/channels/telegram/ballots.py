"""Ballots: polls as Telegram shows them, put up and closed, and the votes that it tells of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from telegram import Bot
from telegram.error import BadRequest

from bot.channels.telegram.letters import cleaned, shortened
from bot.dialogue.polls import Poll
from bot.service.carrying import Delivered, Outcome
from bot.store.polls import Votes

LONGEST_QUESTION, LONGEST_OPTION, LONGEST_EXPLANATION = 300, 100, 200
"""UTF-16 units, as the platform takes them."""


async def put_up(bot: Bot, chat: int, poll: Poll, words: str, under: Mapping[str, object]) -> Outcome:
    """Put a poll up in a chat, or where polls are refused its words in HTML; ``under`` is what goes along: its topic.

    Raises:
        telegram.error.TelegramError: as for any message.
    """
    try:
        message = await bot.do_api_request("sendpoll", {"chat_id": chat, **ballot_of(poll), **under})
    except BadRequest:
        told = {"chat_id": chat, "text": words, "parse_mode": "HTML", **under}
        return Delivered((await bot.do_api_request("sendmessage", told))["message_id"])
    return Delivered(message["message_id"], poll=message["poll"]["id"])


def ballot_of(poll: Poll) -> dict[str, object]:
    """A poll as the wire writes it: nobody sees who chose what, and it cannot be passed off as asked by others."""
    ballot: dict[str, object] = {
        "question": _line(poll.question, LONGEST_QUESTION),
        "options": [{"text": _line(option, LONGEST_OPTION)} for option in poll.options],
        "is_anonymous": True,
        "type": "regular" if poll.right is None else "quiz",
    }
    if poll.right is not None:
        ballot |= {"correct_option_id": poll.right, "correct_option_ids": [poll.right]}  # older and newer servers
        ballot |= {"explanation": _line(poll.explanation, LONGEST_EXPLANATION)} if poll.explanation else {}
    elif poll.several:
        ballot["allows_multiple_answers"] = True
    return ballot | ({} if poll.seconds is None else {"open_period": poll.seconds})


async def close(bot: Bot, chat: int, message: int) -> Outcome:
    """Close the poll of a message; one that is closed or gone already is no harm.

    Raises:
        telegram.error.TelegramError: when it has to be tried again, or is refused for good.
    """
    try:
        await bot.do_api_request("stoppoll", {"chat_id": chat, "message_id": message})
    except BadRequest as error:
        if not any(done in str(error).lower() for done in ("already", "poll to stop not found")):
            raise
    return Delivered()


def votes_in(updates: Iterable[Mapping[str, Any]]) -> dict[str, Votes]:
    """The votes that some updates tell of, the newest of each poll; updates of any other kind say nothing here."""
    told = [update["poll"] for update in updates if isinstance(update.get("poll"), dict)]
    return {str(poll["id"]): read for poll in told if "id" in poll and (read := _read(poll)) is not None}


def _read(poll: Mapping[str, Any]) -> Votes | None:
    try:
        return Votes(tuple(int(option["voter_count"]) for option in poll["options"]), bool(poll["is_closed"]))
    except (KeyError, TypeError, ValueError):
        return None


def _line(words: str, most: int) -> str:
    """Words on one line, without markup: polls show none."""
    return shortened(" ".join(cleaned(words.replace("**", "")).split()), most) or "\u2026"
