"""A group on the street with the whole bot in it: an adviser in charge, members, an onlooker, and what they do."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from itertools import count

from bot.channels.playground.person import Person
from bot.channels.playground.place import Place
from bot.channels.playground.sights import Sight
from bot.channels.playground.town.records import ChatKind, Letter, Press
from bot.channels.telegram.joining import Parts
from bot.dialogue.conversation import Answer
from bot.service.consulting import open_consultations
from bot.store.conversations import newcomer, save_conversation
from bot.store.engine import writing
from knowledge.entries import Language
from tests.consultation.playing import crowd
from tests.faults.house import Neighbourhood, card, settled

_NAMES = (f"member{number}" for number in count())
LAID = 605.0
"""Seconds after which the first cards of a sitting have come onto its table."""

TAKE_PART, SHOW, LEAVE = "Take part (in private)", "Show it to the group", "Leave this consultation"
LEAVE_NOW = "Leave now (can be guessed)"
ANSWERS: Mapping[str, float | str | bool] = {
    "kind": "person",
    "current_line": 30_000.0,
    "used_balance": 3_000.0,
    "overdue_now": False,
    "lenders_count": 0.0,
    "monthly_income": 8_000.0,
}


class Gathering(Neighbourhood):
    """Ada leads the group; members and an onlooker sit in it, and all of them read English."""

    def __init__(
        self,
        members: int = 4,
        *,
        forum: bool = False,
        kind: ChatKind = "supergroup",
        address: str = "sqlite://",
        **setup: object,
    ) -> None:
        super().__init__(address, **setup)
        open_consultations(self.house.store, self.settings, lambda _packs: crowd())
        self.ada, self.olga = self.person("ada", "en"), self.person("olga", "en")
        self.members = [self.person(next(_NAMES), "en") for _ in range(members)]
        self.group = self.street.group("Credit", self.ada, (*self.members, self.olga), forum=forum, kind=kind)
        self.name = self.street.town.bot.username

    def knows(
        self, who: Person, answers: Mapping[str, float | str | bool] = ANSWERS, language: Language = "en"
    ) -> None:
        """Somebody has told all this before, and stands at their result."""
        told = {name: Answer(value=value, at=self.now(), source="said") for name, value in answers.items()}
        with writing(self.house.store) as connection:
            known = newcomer(f"tg:{who.id}").but(consent_at=self.now(), adult=True, language=language)
            known = known.but(
                language_chosen=True,
                consent_words=known.but().consent_words,
                goal="assess",
                hurried=True,
                accepted=True,
            )
            save_conversation(connection, known.but(answers=told), self.now())

    async def consults(self, parts: Parts, about: str, who: Person | None = None, topic: int | None = None) -> None:
        """Somebody (Ada unless told otherwise) asks for a consultation."""
        self.says(who or self.ada, f"/consult@{self.name} {about}", topic)
        await settled(parts)

    def says(self, who: Person, words: str, topic: int | None = None, **how: str) -> None:
        """Somebody says something in the group."""
        who.says(self.group, words, Letter(thread=topic) if topic is not None else Letter(), **how)

    def table(self, about: str, place: Place | None = None) -> Sight:
        """The newest table of a consultation about something."""
        here = (place or self.group).messages
        return [sight for sight in here if sight.by_bot and f"Consultation: {about}" in sight.text][-1]

    async def comes_in(self, parts: Parts, who: Person, table: Sight) -> None:
        """Somebody presses "take part" and follows where that leads."""
        press = await pressed(parts, who, table, TAKE_PART)
        who.opens(str((press.answer or {})["url"]))
        await settled(parts)

    async def shows(self, parts: Parts, who: Person, table: Sight) -> None:
        """Somebody who has told everything comes in and lets the group see their card."""
        self.knows(who)
        await self.comes_in(parts, who, table)
        await pressed(parts, who, card(who), SHOW)

    async def three_show(self, parts: Parts, about: str) -> Sight:
        """A sitting with three cards on its table."""
        await self.consults(parts, about)
        for who in self.members[:3]:
            await self.shows(parts, who, self.table(about))
        await moments(parts, LAID)
        return self.table(about)

    async def ends(self, parts: Parts) -> None:
        """Ada ends the only sitting in the group."""
        self.says(self.ada, f"/close@{self.name}")
        await settled(parts)
        await pressed(parts, self.ada, self.group.messages[-1], "Yes, end it")
        await moments(parts)


async def pressed(parts: Parts, who: Person, sight: Sight, label: str) -> Press:
    """Somebody presses a button, and the bot has done all that it does."""
    press = who.presses(sight, label)
    await settled(parts)
    return press


async def leaves(parts: Parts, who: Person, seconds: float = 5.0) -> None:
    """A member leaves a sitting at once, from wherever they are in their private talk."""
    if "Look or change" in card(who).labels:
        await pressed(parts, who, card(who), "Look or change")
    await pressed(parts, who, card(who), LEAVE)
    if LEAVE_NOW in card(who).labels:
        await pressed(parts, who, card(who), LEAVE_NOW)
    await moments(parts, seconds)


async def moments(parts: Parts, seconds: float = 5.0) -> None:
    """A little time passes, in which the bot looks after what is left to do."""
    await asyncio.sleep(seconds)
    await settled(parts)


def toast(press: Press) -> str:
    """What whoever pressed was told."""
    return str((press.answer or {}).get("text") or "")


def letters(table: Sight) -> list[str]:
    """The letters of the cases on a table."""
    return [label for label in table.labels if len(label) == 1]
