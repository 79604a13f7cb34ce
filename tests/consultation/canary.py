"""The canary in the wired bot: ``python -m tests.consultation.canary --sittings 2000``.

Every amount of every member is odd and nobody else has it. Members, advisers and an onlooker press whatever they find,
type, ask, draft and vote as chance has it; what reaches the group, a press there, or the log must hold none of these
amounts in any spelling, and no number of a member.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from random import Random

from sqlalchemy import select

from bot.consultation.anonymising import Card, anonymous
from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.footing import Standing
from bot.dialogue.messages import Arrival, Button, Reply
from bot.service.consulting import open_consultations
from bot.service.reception import receive
from bot.settings import Settings
from bot.store.conversations import newcomer
from bot.store.engine import writing
from bot.store.outbox import due_promises, keep_promise
from bot.store.prepared import Prepared
from bot.store.tables import OUTBOX
from simulator.vocabulary import Facts
from tests.consultation.desking import ADA, EVE, GROUP, MEMBERS, NUMBER, OLGA, Room, words_of
from tests.consultation.playing import crowd
from tests.consultation.secrecy import forms, leaks, planted
from tests.journeys.walking import scene_now

_OWED = Prepared(select(OUTBOX.c.conversation).distinct())
_STEPS = 30
_PEOPLE = (*MEMBERS, ADA, ADA, ADA, EVE, OLGA)
_COMMANDS = (("case", "A"), ("case", "b"), ("ask", "A is early repayment free"), ("ask", "what is a review"),
             ("join", ""), ("close", ""), ("consult", "more"))  # fmt: skip
_WEIGHTS = (6, 6, 5, 5, 3, 1, 1)


class Aviary(Room):
    """A room whose three members have odd figures of their own; everything that many could see is kept."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(f"canary {seed}")
        self.facts = self._drawn()
        cards = tuple(card for facts in self.facts.values() if (card := anonymous(facts, crowd())) is not None)
        super().__init__(cards)
        open_consultations(self.store, Settings(), lambda _packs: crowd())
        self.heard: list[str] = []
        self.alone: list[str] = []
        self.buttons: dict[str, list[Button]] = {}
        self._numbers = count()

    def _drawn(self) -> dict[str, Facts]:
        """Three members of one kind who may show a card, so that their cards are laid together."""
        drawn = planted(self.chance, 12)
        able = [facts for facts in drawn if isinstance(anonymous(facts, crowd()), Card)]
        ((kind, _),) = Counter(facts.kind for facts in able).most_common(1)
        return dict(zip(MEMBERS, [facts for facts in able if facts.kind is kind][:3], strict=True))

    def _known(self, name: str, _place: int) -> Conversation:
        facts = self.facts[name]
        values = {"kind": str(facts.kind), **facts.values}
        answers = {fact: Answer(value=value, at=scene_now().now, source="said") for fact, value in values.items()}
        at_result = {"goal": "assess", "hurried": True, "accepted": True, "answers": answers}
        known = newcomer(name).but(consent_at=scene_now().now, adult=True, language="en", language_chosen=True)
        return known.but(**at_result)

    def take(self, name: str, **arrival: object) -> dict[str, list[Reply]]:
        """Something comes in; whatever the group or whoever pressed there is shown of it is kept."""
        who = str(arrival.get("speaker") or name)
        rank = "administrator" if who in self.leaders else "member"
        whole = {"standing": Standing(group=GROUP, rank=rank, at=self.now), **arrival}
        told = {"key": f"k{next(self._numbers)}", "at": self.now, "locale": "en", **whole}
        turn = receive(self.store, name, Arrival.model_validate(told), replace(scene_now(), now=self.now))
        toast = None if turn is None else getattr(turn, "toast", None)
        self.heard += [] if toast is None else [toast.model_dump_json(exclude={"press"})]
        said: dict[str, list[Reply]] = {}
        with writing(self.store) as connection:
            for (chat,) in _OWED.on(connection).fetchall():
                for promise in due_promises(connection, chat):
                    said.setdefault(chat, []).append(promise.reply)
                    keep_promise(connection, promise.id)
        for chat, replies in said.items():
            shown = [button for reply in replies for row in reply.buttons for button in row]
            self.buttons[chat] = shown or self.buttons.get(chat, [])
        self.heard.append(words_of(said.get(GROUP, [])))
        self.alone += [words_of(replies) for chat, replies in said.items() if chat != GROUP]
        return said

    def lives(self) -> None:
        """So many steps of everybody in any order, and the table as it is drawn between them."""
        self.draws()
        for who in MEMBERS:
            self.take(who, command="join")
        for _ in range(_STEPS):
            self._step(self.chance.choice(_PEOPLE))
            if self.chance.random() < 0.3:
                self.draws()
        self.draws()

    def _step(self, who: str) -> None:
        kind = self.chance.choices(("private", "desk", "words", "group", "command"), (9, 4, 2, 3, 3))[0]
        shown = self.buttons.get(GROUP if kind == "group" else who, [])
        if kind == "command":
            ((command, words),) = self.chance.choices(_COMMANDS, _WEIGHTS)
            self.take(GROUP, public=True, speaker=who, command=command, text=words, place=7)
        elif kind == "words":
            self.take(who, text=self._words())
        elif kind == "group" and shown:
            press = {"press": "p1", "place": 7, "speaker": who, "public": True}
            self.take(GROUP, action=self.chance.choice(shown).action, **press)
        elif kind == "desk" and who in {ADA, EVE}:
            self.presses(who, f"desk:{NUMBER}:{self.chance.choice(('d', 's', 'v', 'q', 'r', 'd:A', 'c:B'))}")
        elif shown:
            self.presses(who, self.chance.choice(shown).action)

    def _words(self) -> str:
        """What somebody types in private; advisers know figures from opened cases, and may well let one slip."""
        facts = self.facts[self.chance.choice(MEMBERS)]
        figure = self.chance.choice(sorted(forms(facts)))
        return self.chance.choice((f"their line is {figure}", figure, "wait for the review", "is early repayment free"))


def sung(seed: int, lives: Callable[[Aviary], None] = Aviary.lives) -> list[str]:
    """What of any member got out in the sitting of a seed; empty when nothing did and there was something to see."""
    room = Aviary(seed)
    try:
        laid = len(room.sitting.cases)
        with _log() as lines:
            lives(room)
        seen = "\n".join([*room.heard, *lines])
    finally:
        room.store.dispose()
    numbers = [name for name in (*MEMBERS, ADA, EVE, OLGA) if name.removeprefix("tg:") in seen]
    dumb = [] if laid == len(MEMBERS) and "Consultation" in seen else ["silence"]
    return [*sorted(leaks(seen, room.facts.values())), *numbers, *dumb]


@contextmanager
def _log() -> Iterator[list[str]]:
    """Every line that is logged meanwhile, with its error."""
    lines: list[str] = []
    ear = logging.Handler()
    ear.emit = lambda record: lines.append(f"{record.getMessage()} {record.exc_info or ''}")
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.removeHandler(ear)
        root.setLevel(level)


def main() -> int:
    """Read the command line and do what it says; 1 when a canary sang."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sittings", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    told = parser.parse_args()
    found = {seed: out for seed in range(told.first, told.first + told.sittings) if (out := sung(seed))}
    lines = [f"sitting {seed}: {out}" for seed, out in found.items()]
    sys.stdout.write("\n".join([*lines, f"{len(found)} of {told.sittings} sittings let something out", ""]))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
