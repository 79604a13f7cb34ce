"""Reckoning: how all stand at the end of a large sitting, from what people did and from nothing of the product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.channels.playground.town.records import Press
from bot.consultation.anonymising import Card
from bot.consultation.dealing import TOGETHER
from bot.consultation.sitting import PLACES
from simulator.vocabulary import Kind

_LAY = "lay"


class Logged(NamedTuple):
    """What somebody (by id) did that counts, in which sitting, and when (seconds since 1970)."""

    what: str
    sitting: str
    who: int
    at: float
    press: Press | None = None


def reckoned(
    log: Iterable[Logged], about: str, closed_at: float | None, cards: Mapping[int, Card | None], lays: Iterable[float]
) -> dict[int, str]:
    """How everybody stands at the end of a sitting, by id: from what people did and from nothing of the product's.

    ``lays`` are the moments at which the table was laid.
    """
    sitting = _Reckoning({}, [], cards)
    mine = [one for one in log if one.sitting == about]
    laid = [Logged(_LAY, about, 0, at) for at in lays]
    for one in sorted((*mine, *laid), key=lambda one: one.at):
        if closed_at is None or one.at < closed_at:
            sitting.takes(one.what, one.who)
            sitting.settles()
    if closed_at is not None:
        sitting.closes()
        for one in (one for one in mine if one.at >= closed_at and one.what in {"leave", "leave now"}):
            sitting.takes(one.what, one.who)
    return sitting.standing


@dataclass
class _Reckoning:
    """How all stand by id, and the cards that lay on the table and were taken back."""

    standing: dict[int, str]
    left: list[Card | None]
    cards: Mapping[int, Card | None]
    parts: set[int] = field(default_factory=set)

    def takes(self, what: str, who: int) -> None:
        """What one of them did."""
        if what == _LAY:
            self.lays()
            return
        if what in {"slip", "leave"} and self.standing.get(who) == "shown":
            (self.parts.add if what == "leave" else self.parts.discard)(who)
            return
        self.parts.discard(who)
        if what in {"hide", "leave", "leave now"} and self.standing.get(who) == "shown":
            self.left.append(self.cards.get(who))
        if what in {"leave", "leave now"}:
            self.standing.pop(who, None)
        elif what == "enter":
            self.standing.setdefault(who, "seated" if self._seated() < PLACES else "queued")
        elif who in self.standing:
            self.standing[who] = {"show": "ready", "hide": "hidden", "slip": "hidden", "never": "hidden"}[what]

    def settles(self) -> None:
        """Who waited for a place gets one that is free."""
        while "queued" in self.standing.values() and self._seated() < PLACES:
            self.standing[next(one for one, how in self.standing.items() if how == "queued")] = "seated"

    def lays(self) -> None:
        """Cards come onto the table that are enough of one kind."""
        for kind in Kind:
            self._lays(kind)

    def _lays(self, kind: Kind) -> None:
        known, again = list(self.left), set()
        ready = [one for one, how in self.standing.items() if how == "ready" and self._kind(one) is kind]
        for one in ready:
            if self.cards.get(one) in known:
                known.remove(self.cards.get(one))
                again.add(one)
        come = ready if len(ready) - len(again) >= TOGETHER else [*again] if len(again) >= TOGETHER else []
        for one in come:
            self.standing[one] = "shown"
            if one in again:
                self.left.remove(self.cards.get(one))

    def closes(self) -> None:
        """All cards go; so do who waits for a place and who had left with a card that stayed until now."""
        stay = (who for who, how in self.standing.items() if how != "queued" and who not in self.parts)
        self.standing = dict.fromkeys(stay, "hidden")

    def _kind(self, who: int) -> Kind | None:
        card = self.cards.get(who)
        return None if card is None else card.kind

    def _seated(self) -> int:
        return sum(how != "queued" and who not in self.parts for who, how in self.standing.items())
