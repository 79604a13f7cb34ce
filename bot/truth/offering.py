"""Offering: what people let become part of an example, read from the store as cards and never as figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from sqlalchemy import Connection

from bot.consultation.anonymising import ALIKE, Band, Card, Crowd, cards_of, crowd_of
from bot.dialogue.conversation import Conversation
from bot.dialogue.foretelling import assessed
from bot.dialogue.interview import facts_of
from bot.dialogue.sharing import Banded, Shared
from bot.store.conversations import load_conversation
from bot.store.sharing import offered, offered_cards
from bot.store.vault import SealedError
from bot.truth.casing import OPEN, Candidate, Offer, candidates, outcome_of
from bot.truth.writing import case_path, is_gathered
from knowledge.library import Library
from knowledge.problems import Problem
from simulator.policy import Pack
from simulator.population import population
from simulator.vocabulary import Facts, Kind
from simulator.vocabulary import Problem as Contradiction

_MANY, _SEED = 8192, 7
_DRAWN: dict[tuple[str, ...], Crowd] = {}


def waiting(connection: Connection, library: Library, packs: Mapping[str, Pack]) -> tuple[Candidate, ...]:
    """The candidates that offers make up at this moment; whoever has taken theirs back is in none of them."""
    found = tuple(offers(connection, library))
    return candidates(found, crowd_for(packs)) if len(found) >= ALIKE else ()


def abandoned(
    connection: Connection, files: Mapping[str, str | None], library: Library, packs: Mapping[str, Pack]
) -> tuple[Problem, ...]:
    """Cases among some files that rest on too few people by now, because somebody has taken theirs back."""
    drafted = [path for path, text in files.items() if text is not None and is_gathered(path)]
    if not drafted:
        return ()
    standing = {case_path(one.code) for one in waiting(connection, library, packs)}
    reason = "too few people let it become an example any more; it has to be discarded"
    return tuple(Problem(path, "", reason) for path in drafted if path not in standing)


def offers(connection: Connection, library: Library) -> Iterator[Offer]:
    """Every offer there is: outcomes of those who did some of their plan, and cards from consultations."""
    for person, one in offered(connection).items():
        try:
            who = load_conversation(connection, person)
        except SealedError:
            continue
        yield Offer(
            person, tuple(cards_of(_facts(who, one, library))), outcome_of(one.start, one.line), frozenset(one.done)
        )
    for person, card in offered_cards(connection).items():
        yield Offer(f"{person} in a sitting", (_card(card),), OPEN, frozenset(card.steps))


def _facts(who: Conversation, one: Shared, library: Library) -> Facts:
    """The facts as told, with the line that the outcome began from."""
    told = facts_of(assessed(who).but(more=True), library)
    before = told.with_value("current_line", one.start)
    return told if isinstance(before, Contradiction) else before


def _card(card: Banded) -> Card:
    return Card(Kind(card.kind), card.width, tuple(Band(*band) for band in card.bands))


def crowd_for(packs: Mapping[str, Pack]) -> Crowd:
    """The cards in which several of the drawn population hide; drawn once for the same packs."""
    mark = tuple(packs[name].parameter_hash() for name in sorted(packs))
    if mark not in _DRAWN:
        people = islice(population(tuple(packs.values()), _SEED), _MANY)
        _DRAWN.clear()
        _DRAWN[mark] = crowd_of(Facts(Kind(one["kind"]), one["facts"]) for one in people)
    return _DRAWN[mark]
