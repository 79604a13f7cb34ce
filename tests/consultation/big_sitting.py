"""A large sitting lived through on the street: ``python -m tests.consultation.big_sitting --seed 1 [--tell]``."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from random import Random

from bot.channels.playground.person import Person
from bot.channels.playground.place import Place
from bot.channels.playground.sights import Sight
from bot.channels.playground.town.posting import ImpossibleError
from bot.channels.playground.town.records import Letter, Press
from bot.dialogue.conversation import Answer
from bot.store.conversations import newcomer, save_conversation
from bot.store.engine import writing
from simulator.vocabulary import Facts
from tests.consultation.big_reckoning import Logged
from tests.consultation.big_remarks import remark
from tests.consultation.big_script import ONE, SMALL, TWO, Script
from tests.consultation.big_stage import Happening, Stage
from tests.consultation.big_verdict import faults_of_sitting, figures_of
from tests.consultation.guests import Guest, Wish, wishes_of
from tests.consultation.scribe import Scribe, Seen, line_of
from tests.consultation.secrecy import planted

_TO_END, _SURE, _ANSWERED = "Pause, end\u2026", "Yes, end it", "Mark as answered"
_FLOOD = (0.2, 0.45, 0.7)
"""When the platform says 429, as shares of the time."""

_AFTERWARDS = 60.0
_INSISTS = 15
"""Looks after which somebody does a thing again."""

_MOST = 1000
_FORGOTTEN = 120.0
"""Seconds after which nobody waits any more for what a press comes to."""


class BigSitting(Stage):
    """One script lived through, killed and started again."""

    def __init__(self, script: Script, *, diary: bool = False) -> None:
        super().__init__(script.seed, tuple(down for _, down in script.kills), diary=diary)
        self.script = script
        self.told: dict[int, Facts] = {}
        self.log: list[Logged] = []
        self.seen: list[Seen] = []
        self.presses: list[tuple[str, str, Press]] = []
        self.gone = False

    def _settle_in(self) -> None:
        super()._settle_in()
        self._move_in()
        first = next(guest for guest in self.guests if guest.sitting == ONE)
        homes = [("Ada in private", self.ada.home), (f"{first.who.name} in private", first.who.home)]
        self.scribe = Scribe(self.street, [("Forum", self.forum), ("Small", self.small), *homes])
        for guest in self.guests:
            self.at(guest.arrives, lambda guest=guest: guest.acts(self))
        for one in self.script.remarks():
            self.at(one.at, lambda one=one: remark(self, one))
        self._befall()
        self.at(0.0, self._look)

    def _look(self) -> float | None:
        self.seen += self.scribe.news()
        return 1.0 if self.clock() < self.begun + self.script.end + _AFTERWARDS else None

    def _move_in(self) -> None:
        """Three advisers, the members with their odd figures, a forum of two topics, and a small group."""
        self.ada, self.ben, self.cleo = (self.street.person(name, "en") for name in ("ada", "ben", "cleo"))
        chance = Random(f"guests {self.script.seed}")
        facts = planted(chance, self.script.members)
        self.guests: list[Guest] = []
        for number, sitting, arrives, known in self.script.arrivals():
            who, begins = self.street.person(f"guest{number}", "en"), self.begun + arrives
            self.guests.append(Guest(who, sitting, arrives, known, wishes_of(chance, begins), Random(chance.random())))
            if known:
                self._knows(who, facts[number])
        everybody = tuple(guest.who for guest in self.guests)
        few = tuple(guest.who for guest in self.guests if guest.sitting == SMALL)
        self.forum = self.street.group("Forum", self.ada, (self.ben, self.cleo, *everybody), forum=True)
        self.small = self.street.group("Small", self.ada, few, kind="group")
        for deputy in (self.ben, self.cleo):
            self.ada.promotes(self.forum, deputy)
        self.topics = {name: self.ada.opens_topic(self.forum, name) for name in (ONE, TWO)}

    def _knows(self, who: Person, facts: Facts) -> None:
        """Somebody has told all this before, and stands at their result."""
        self.told[who.id] = facts
        values = {"kind": str(facts.kind), **facts.values}
        answers = {name: Answer(value=value, at=self.now(), source="said") for name, value in values.items()}
        at_result = {"goal": "assess", "hurried": True, "accepted": True, "answers": answers}
        known = newcomer(f"tg:{who.id}").but(consent_at=self.now(), adult=True, language="en", language_chosen=True)
        with writing(self.house.store) as connection:
            save_conversation(connection, known.but(**at_result), self.now())

    def _befall(self) -> None:
        """What the advisers do, and what befalls everybody."""
        name, moment = self.street.town.bot.username, self.script.moment
        self.at(1.0, insisting(lambda: self.says(self.ada, f"/consult@{name} {ONE}", ONE), self._lies(ONE)))
        self.at(2.0, insisting(lambda: self.says(self.ben, f"/consult@{name} {TWO}", TWO), self._lies(TWO)))
        self.at(3.0, insisting(lambda: self.says_in_small(f"/consult@{name} {SMALL}"), self._lies(SMALL)))
        for share in _FLOOD:
            self.at(moment(share), lambda: self.street.weather.write("too_many", "sendMessage", times=2, seconds=4))
        self.at(moment(0.4), self._upgrade)
        self.at(moment(0.3), insisting(lambda: self._led(self.ben, TWO), lambda: bool(self._desks(self.ben))))
        self.at(moment(0.5), self._demotes)
        self.at(moment(0.51), lambda: self.says(self.ben, f"/close@{name}", TWO))
        self.at(moment(0.52), lambda: self._ends_from_desk(self.ben))
        self.at(moment(0.62), lambda: self._exiles(self.ada.kicks, gone=True))
        self.at(moment(0.68), lambda: self._exiles(self.ada.brings, gone=False))
        self.at(moment(0.8), insisting(lambda: self._led(self.cleo, ONE), lambda: bool(self._desks(self.cleo))))
        self.at(moment(0.85), insisting(lambda: self._answers_a_case(self.cleo), self._answered))
        self.at(moment(0.95), insisting(lambda: self._ends_in_group(self.ada, f"/close@{name}"), self._ended))
        for at, _ in self.script.kills:
            self.at(at, self.shoot)

    def _exiles(self, does: Callable[[Place], object], *, gone: bool) -> None:
        """The bot is taken out of the forum, or brought back; meanwhile it hears nothing that is said there."""
        does(self.forum)
        self.gone = gone

    def _demotes(self) -> None:
        self.ada.demotes(self.forum, self.ben)
        self._note("Ada takes Ben's office of administrator away.")

    def _note(self, words: str) -> None:
        self.seen.append(Seen(self.clock(), "(everywhere)", "(the street)", "", words))

    def _stay_dead(self, seconds: float) -> None:
        self._note(f"The process is killed; nobody is there for {seconds:.0f} seconds.")
        super()._stay_dead(seconds)

    def pressed(self, who: Person, sight: Sight, label: str) -> Press:
        """Somebody presses a button and waits for what comes of it; in a group it is written down."""
        press = super().pressed(who, sight, label)
        if sight.chat_id < 0:
            self.presses.append((who.name, label, press))
        return press

    def told_all(self) -> list[Seen]:
        """Everything that could be seen, and what whoever pressed in a group was told alone, in order."""
        told = []
        for name, label, press in self.presses:
            answer = press.answer or {}
            words = "their private talk opens" if answer.get("url") else str(answer.get("text") or "nothing")
            told.append(Seen(press.answered_at or press.at, f"{name} alone", name, f"presses [{label}]", words))
        return sorted([*self.seen, *told], key=lambda one: int(one.at))

    def _upgrade(self) -> None:
        self.small = self.ada.moves(self.small)
        self.scribe.places[1] = ("Small", self.small)

    def _led(self, who: Person, about: str) -> None:
        """An adviser goes from the table to their own screen."""
        press = self.pressed(who, self.table(about), "For advisers")

        def follow() -> float | None:
            if press.answer is None:  # whoever is killed never answers
                return 2.0 if self.clock() < press.at + _FORGOTTEN else None
            if press.answer.get("url"):
                who.opens(str(press.answer["url"]))
            return None

        self.at(self.clock() - self.begun + 1.0, follow)

    def _lies(self, about: str) -> Callable[[], bool]:
        return lambda: any(sight.by_bot and about in sight.text for sight in self.place_of(about).messages)

    def _ended(self) -> bool:
        return "has ended" in self.table(TWO).text

    def _answered(self) -> bool:
        return any(label.endswith("answered") for sight in self._desks(self.cleo)[-1:] for label in sight.labels)

    def _ends_from_desk(self, who: Person) -> None:
        self.pressed(who, self._desks(who)[-1], _TO_END)

    def _ends_in_group(self, who: Person, command: str) -> None:
        """The command is answered by a question, whose button ends."""
        asked = [sight for sight in self.forum.messages if _SURE in sight.labels]
        if asked:
            self.pressed(who, asked[-1], _SURE)
        else:
            self.says(who, command, TWO)

    def _answers_a_case(self, who: Person) -> None:
        case = [sight for sight in who.home.messages if _ANSWERED in sight.labels]
        if case:
            self.pressed(who, case[-1], _ANSWERED)
            return
        sight = self._desks(who)[-1]
        cases = [label for label in sight.labels if label.startswith("Case ")]
        self.pressed(who, sight, cases[0] if cases else "Refresh")  # it may be older than the table

    def _desks(self, who: Person) -> list[Sight]:
        return [sight for sight in who.home.messages if _TO_END in sight.labels]

    def says(self, who: Person, words: str, about: str) -> None:
        """Somebody says something in a topic of the forum."""
        who.says(self.forum, words, Letter(thread=self.topics[about]))

    def says_in_small(self, words: str) -> None:
        """Ada says something in the small group."""
        self.ada.says(self.small, words)

    def entered(self, sitting: str, guest: Guest) -> None:
        """A guest has followed the way in."""
        self.log.append(Logged("enter", sitting, guest.who.id, self.clock()))

    def decides(self, guest: Guest, wish: Wish, press: Press) -> None:
        """A guest has pressed what they wish for."""
        self.log.append(Logged(wish, guest.sitting, guest.who.id, self.clock(), press))

    def place_of(self, about: str) -> Place:
        """The group of a sitting."""
        return self.small if about == SMALL else self.forum

    def table(self, about: str) -> Sight:
        """The newest table of a sitting."""
        here = self.place_of(about).messages
        return [sight for sight in here if sight.by_bot and f"Consultation: {about}" in sight.text][-1]


def insisting(act: Callable[[], None], done: Callable[[], bool]) -> Happening:
    """Somebody does something, and again where it comes to nothing: a command that the platform was silent about."""
    waited = count()

    def again() -> float | None:
        with suppress(ImpossibleError, IndexError):
            if done():
                return None
            if next(waited) % (2 * _INSISTS) == 0:
                act()
        return 1.0 if next(waited) < _MOST else None

    return again


def main() -> int:
    """Read the command line and do what it says; 1 when anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--members", type=int, default=50)
    parser.add_argument("--messages", type=int, default=300)
    parser.add_argument("--tell", action="store_true", help="with everything that could be seen")
    told, begin = parser.parse_args(), time.process_time()
    logging.lastResort = None
    evening = BigSitting(Script(told.seed, told.members, messages=told.messages), diary=told.tell)
    evening.lives()
    if told.tell:
        sys.stdout.write("\n".join(line_of(seen) for seen in evening.told_all()) + "\n")
    faults = faults_of_sitting(evening)
    figures = {**figures_of(evening), "CPU seconds": round(time.process_time() - begin, 1)}
    sys.stdout.write("\n".join([*(f"{name}: {figure}" for name, figure in figures.items()), *faults, ""]))
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
