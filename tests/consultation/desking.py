"""A sitting with its cases on the table and an adviser at the desk, without a street: arrivals in, replies out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

from sqlalchemy import Engine

from bot.consultation.anonymising import Band, Card
from bot.consultation.deeds import hear
from bot.consultation.keeping import begin, load, save
from bot.consultation.laying import laid
from bot.consultation.sitting import Deed, Sitting
from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.footing import Standing
from bot.dialogue.messages import Arrival, Reply
from bot.service.consulting import open_consultations
from bot.service.reception import receive
from bot.settings import Settings
from bot.store.conversations import load_conversation, newcomer, save_conversation
from bot.store.engine import open_store, reading, writing
from bot.store.outbox import due_promises, keep_promise
from bot.store.vault import keep_sealed
from simulator.vocabulary import Kind
from tests.consultation.playing import crowd
from tests.journeys.walking import scene_now

GROUP, ADA, EVE, OLGA = "tg:-100", "tg:990001", "tg:990002", "tg:990003"
MEMBERS = ("tg:730101", "tg:730102", "tg:730103")
BANDS = (Band("line", 1e4, 5e4), Band("use", None, 0.3), Band("overdue", None, 0.5), Band("lenders", None, 1))
CARD = Card(Kind.PERSON, 2, BANDS)
NUMBER = "s1s1s1s1"


def told(place: int) -> Mapping[str, float | str | bool]:
    """What a member has told; nobody else has these figures."""
    line, income, used = 31_417.0 + 113 * place, 8_231.0 + 57 * place, 3_179.0 + 31 * place
    known = {"current_line": line, "monthly_income": income, "used_balance": used, "lenders_count": 0.0}
    return {"kind": "person", **known, "overdue_now": False}


class Room:
    """A store with one sitting of three cases; whoever says or presses something gets what it comes to."""

    def __init__(self, cards: tuple[Card, ...] = (CARD,) * 3) -> None:
        """Three members have shown these cards; Ada is in charge of the group, as the platform says."""
        self.store: Engine = open_store("sqlite://")
        keep_sealed(self.store, ["secret"])
        open_consultations(self.store, Settings(), lambda _packs: crowd())
        self.now, self.leaders, self._keys = scene_now().now, {ADA}, count()
        with writing(self.store) as connection:
            for place, name in enumerate(MEMBERS):
                save_conversation(connection, self._known(name, place), self.now)
            for name in (GROUP, ADA, EVE, OLGA):
                plain = newcomer(name).but(language="en", language_chosen=True, consent_at=self.now, adult=True)
                save_conversation(connection, plain, self.now)
            begin(connection, Sitting(id=NUMBER, group=GROUP, about="a raise", opened_at=self.now, secret=NUMBER))
        for name, card in zip(MEMBERS, cards, strict=True):
            self.does(name, Deed(way="join"))
            self.does(name, Deed(way="show", card=card))
        self.lays()

    def _known(self, name: str, place: int) -> Conversation:
        answers = {fact: Answer(value=value, at=self.now, source="said") for fact, value in told(place).items()}
        at_result = {"goal": "assess", "hurried": True, "accepted": True, "answers": answers}
        return newcomer(name).but(consent_at=self.now, adult=True, language="en", language_chosen=True, **at_result)

    def does(self, who: str, deed: Deed) -> None:
        """A deed that nobody has to press for."""
        with writing(self.store) as connection:
            kept = load(connection, NUMBER)
            assert kept is not None
            assert save(connection, kept, hear(kept.sitting, deed, who, adviser=who == ADA, now=self.now).sitting)

    def lays(self) -> None:
        """The moment at which the table is laid has come."""
        with writing(self.store) as connection:
            kept = load(connection, NUMBER)
            assert kept is not None
            assert save(connection, kept, laid(kept.sitting, kept.sitting.lays_at or self.now).sitting)

    @property
    def sitting(self) -> Sitting:
        """The sitting as it stands."""
        with reading(self.store) as connection:
            kept = load(connection, NUMBER)
        assert kept is not None
        return kept.sitting

    def conversation(self, name: str) -> Conversation:
        """A conversation as it stands."""
        with reading(self.store) as connection:
            return load_conversation(connection, name)

    def owner(self, letter: str) -> str:
        """Whose case a letter is."""
        case = self.sitting.case(letter)
        assert case is not None
        return case.member

    def presses(self, who: str, action: str) -> dict[str, list[Reply]]:
        """Somebody presses a button of their newest private card; everything that is then said, by chat."""
        return self.take(who, action=action, revision=self.conversation(who).shown)

    def types(self, who: str, words: str) -> dict[str, list[Reply]]:
        """Somebody types something in private."""
        return self.take(who, text=words)

    def draws(self) -> dict[str, list[Reply]]:
        """The group's tables are due, and everything that goes with them."""
        return self.take(GROUP, due="table", public=True)

    def take(self, name: str, **arrival: object) -> dict[str, list[Reply]]:
        """Something comes in; everything that is then promised, by chat."""
        rank = "administrator" if name in self.leaders else "member"
        standing = None if name == GROUP else Standing(group=GROUP, rank=rank, at=self.now)
        whole = {"key": str(next(self._keys)), "at": self.now, "locale": "en", "standing": standing, **arrival}
        receive(self.store, name, Arrival.model_validate(whole), replace(scene_now(), now=self.now))
        with writing(self.store) as connection:
            said: dict[str, list[Reply]] = {}
            for chat in (GROUP, ADA, EVE, OLGA, *MEMBERS):
                for promise in due_promises(connection, chat):
                    said.setdefault(chat, []).append(promise.reply)
                    keep_promise(connection, promise.id)
        return said


@contextmanager
def at_the_desk(cards: tuple[Card, ...] = (CARD,) * 3) -> Iterator[Room]:
    """A room that is closed afterwards."""
    room = Room(cards)
    yield room
    room.store.dispose()


def words_of(replies: list[Reply]) -> str:
    """Everything in some replies, as one text."""
    return "\n".join(reply.model_dump_json() for reply in replies)


def labels(reply: Reply) -> list[str]:
    """What its buttons say."""
    return [button.label for row in reply.buttons for button in row]
