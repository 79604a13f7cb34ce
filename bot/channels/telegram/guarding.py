"""Guarding groups: what is said there is looked at before a letter is made of it, and a crowd costs little."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.channels.telegram.heard import Heard
from bot.consultation.protecting import found_in, nobody_cries
from bot.dialogue.hearing.own_numbers import own_number
from bot.dialogue.messages import Arrival, Finding
from bot.dialogue.protected import language_heard
from bot.service.floods import Ask, Floods
from bot.service.moments import Clock
from bot.store.inbox import Letter
from knowledge.lures import NO_LURES, Lures

Share = Callable[[Ask], Awaitable[bool]]
"""Asks all workers for a token."""

_KINDS = frozenset({"message", "edited_message"})
_SPOKEN, _PRESSED, _FOUND = (30, 2.0), (240, 0.25), (30, 2.0)
"""What one group may bring: so many at once, then one in so many seconds. More words than these could not be answered
under the platform's limits; whatever comes beyond costs no write."""

_TOLD = (1, 60.0)
"""How soon the same person is told again that something of theirs must not stand in a group."""

_TELLING = "told "
"""What tallies begin with that say whether somebody is told again; their messages are looked after in any case."""

_CALM = (1, 120.0)
"""How often a group gets words of comfort that nobody asked for: often enough for a cry, too seldom for a game."""

_ANSWERED: frozenset[Finding] = frozenset({"lure", "distress"})
"""What is not looked after here where it was said to the bot, which answers it."""

_UNSAID = frozenset({"bot", "moved", "service", "topic_closed", "topic_opened"})
"""Why nobody of the group has said something in a message."""

_KEPT, _ASIDE = 5_000, 90
"""Tallies of all groups, and messages of one that wait to be removed along with the next."""


class Guardian:
    """Reads group messages in passing: nothing of them is kept unless something is found, and then not the words."""

    def __init__(
        self,
        clock: Clock,
        lures: Callable[[], Lures] = lambda: NO_LURES,
        cries: Callable[[str], bool] = nobody_cries,
    ) -> None:
        """A guardian who knows the words of scammers' offers as they are now, and hears words of distress."""
        self._clock, self._lures, self._cries = clock, lures, cries
        self.floods = Floods(clock, _KEPT)
        self._crowded: dict[int, deque[int]] = {}

    def looked(self, update: Mapping[str, Any], heard: Heard) -> Heard:
        """What was heard, or in its place what was found in it; the words are not in the answer then."""
        if not heard.group or heard.kind not in _KINDS or heard.reason in _UNSAID:
            return heard
        message = update[heard.kind]
        found = None if message.get("is_automatic_forward") else self._found(message, heard)
        if found is None or (found in _ANSWERED and heard.arrival is not None):
            return heard
        if found == "distress":
            return self._cried(message, heard)
        if not self._may(heard.chat_id, "found", _FOUND, shared=False):
            self._put_aside(heard, found)
            return replace(heard, reason="not_addressed", arrival=None)
        hidden = heard.reason in {"anonymous", "channel"}
        told = Arrival(
            key=heard.key,
            at=self._clock(),
            found=found,
            crowded=() if found == "lure" else tuple(self._crowded.pop(heard.chat_id, ())),
            locale=message.get("from", {}).get("language_code"),
            again=found not in {"offer", "lure"} and not self._may(heard.chat_id, f"{_TELLING}{heard.user_id}", _TOLD),
        )
        return replace(heard, reason=heard.reason if hidden else "", arrival=told)

    def _cried(self, message: Mapping[str, Any], heard: Heard) -> Heard:
        """A cry for help that was said to nobody: it stays where it stands, and is answered in its language."""
        if heard.secondhand or not self._may(heard.chat_id, "distress", _CALM):
            return heard
        locale = language_heard(_words(message), message.get("from", {}).get("language_code"))
        hidden = heard.reason in {"anonymous", "channel"}
        told = Arrival(key=heard.key, at=self._clock(), found="distress", locale=locale)
        return replace(heard, reason=heard.reason if hidden else "", arrival=told)

    def welcome(self, heard: Heard) -> bool:
        """Whether one more may come from a group now; what comes from private chats always may."""
        if not heard.group or heard.arrival is None or heard.arrival.found is not None:
            return True
        return self._may(heard.chat_id, heard.kind, _PRESSED if heard.query_id is not None else _SPOKEN)

    def _found(self, message: Mapping[str, Any], heard: Heard) -> Finding | None:
        """What a message holds; those who lead a group, and whoever passes words on, are not taken for scammers."""
        words = _words(message)
        if heard.reason == "anonymous":
            return "distress" if self._cries(words) else own_number(words)
        if "contact" in message:
            return "phone"
        found = found_in(words, self._lures(), self._cries) if words else None
        return "lure" if found == "offer" and "forward_origin" in message and not _advertised(message) else found

    def _put_aside(self, heard: Heard, found: Finding) -> None:
        """One message too many: it is removed along with the next that may be looked after, and costs nothing now."""
        if found == "lure" or heard.message_id is None or len(self._crowded) > _KEPT:
            return
        self._crowded.setdefault(heard.chat_id, deque(maxlen=_ASIDE)).append(heard.message_id)

    def _may(self, chat: int, what: str, room: tuple[int, float], *, shared: bool = True) -> bool:
        return self.floods.may(f"{what} {chat}", *room, shared=shared)


async def agreed(letter: Letter, asks: Iterable[Ask], share: Share) -> Letter | None:
    """A letter as far as all workers agree to it; None where they have had too many like it together."""
    for ask in asks:
        if await share(ask):
            continue
        if not ask.what.startswith(_TELLING):
            return None
        letter = letter._replace(arrival=letter.arrival.model_copy(update={"again": True}))
    return letter


def _advertised(message: Mapping[str, Any]) -> bool:
    """Whether a forwarded message comes from a channel or a bot: nobody asks there, and adverts spread so."""
    origin = message["forward_origin"]
    return origin.get("type") == "channel" or bool(origin.get("sender_user", {}).get("is_bot"))


def _words(message: Mapping[str, Any]) -> str:
    """All that can be read of a message: words, whatever they are hidden under, and where links and buttons lead."""
    poll, quote = message.get("poll", {}), message.get("quote", {})
    words = [message.get("text") or message.get("caption") or poll.get("question", ""), quote.get("text", "")]
    words += [option.get("text", "") for option in poll.get("options", ())]
    marks = (*message.get("entities", ()), *message.get("caption_entities", ()))
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    buttons = [button for row in rows for button in row]
    words += [one["url"] for one in (*marks, *buttons) if "url" in one]
    words += [button.get("text", "") for button in buttons]
    return "\n".join(filter(None, words))
