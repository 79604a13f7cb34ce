"""The verdict on a large sitting: its end recomputed from what people did, its limits, its pace and its silence."""

from __future__ import annotations

import json
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from bot.channels.playground.town.records import Press
from bot.consultation.anonymising import Card, anonymous
from bot.consultation.dealing import TOGETHER
from bot.consultation.keeping import Kept, load
from bot.consultation.sitting import PLACES, Sitting
from bot.consultation.wording import card_words
from bot.dialogue.interview import facts_of
from bot.store.conversations import load_conversation
from bot.store.engine import reading
from bot.store.tables import INBOX, OUTBOX, SITTINGS
from simulator.vocabulary import Facts, Kind
from tests.consultation.big_script import ONE, SMALL, TWO
from tests.consultation.big_stage import Awaited, Sent
from tests.consultation.playing import crowd
from tests.consultation.secrecy import leaks

if TYPE_CHECKING:
    from tests.consultation.big_sitting import BigSitting

COUNTED = ("send", "edit", "delete", "stop")
MOST_A_MINUTE = 20
MEDIAN = 2.0
_ON_ITS_WAY = 10.0
"""Seconds; a press in a group is answered by a word that is shown for a moment, and kept nowhere."""
_AROUND = 5.0
"""Seconds of calls that are shown before something that was never answered, and three times as many after it."""
_LAY = "lay"
_LAYS = (10, 30, 90, 270)
"""Minutes after the opening at which a table is laid, as its own words say."""
_HEARD_OUT = 2.0
"""Seconds for which whoever lays a table listens to what was pressed before."""


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
        for one in (one for one in mine if one.at >= closed_at and one.what in {"leave", "leave now", "hide"}):
            sitting.takes(one.what, one.who)
    return sitting.standing


@dataclass
class _Reckoning:
    """How all stand by id, and the cards that lay on the table and were taken back."""

    standing: dict[int, str]
    left: list[Card | None]
    cards: Mapping[int, Card | None]
    slips: set[int] = field(default_factory=set)
    parts: set[int] = field(default_factory=set)
    closed: bool = False

    def takes(self, what: str, who: int) -> None:
        """What one of them did."""
        if what == _LAY:
            self.lays()
            return
        if what in {"slip", "leave"} and self.standing.get(who) == "shown" and not self.closed:
            self.slips.add(who)
            (self.parts.add if what == "leave" else self.parts.discard)(who)
            return
        self.slips.discard(who)
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
        """Cards leave that were to slip away, and those come onto the table that are enough of one kind."""
        self._let_slip()
        for kind in Kind:
            self._lays(kind)

    def _let_slip(self) -> None:
        for one in self.slips:
            self.left.append(self.cards.get(one))
            self.standing[one] = "hidden"
        for one in self.parts:
            self.standing.pop(one, None)
        self.slips.clear()
        self.parts.clear()

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
        """Who waits for a place goes, and cards that wait to come or to go are let go."""
        self._let_slip()
        self.closed = True
        stay = {who: how for who, how in self.standing.items() if how != "queued"}
        self.standing = {who: how if how == "shown" else "hidden" for who, how in stay.items()}

    def _kind(self, who: int) -> Kind | None:
        card = self.cards.get(who)
        return None if card is None else card.kind

    def _seated(self) -> int:
        return sum(how != "queued" for how in self.standing.values())


def _taken(evening: BigSitting) -> list[Logged]:
    """What people did in the order in which the bot answered: after a while away it takes what waits side by side."""
    taken = []
    for one in evening.log:
        heard = (sent.at for sent in evening.sent if sent.at >= one.at and sent.call.integer("chat_id") == one.who)
        answered = next(heard, one.at) if one.press is None else one.press.answered_at
        taken.append(one._replace(at=max(one.at, answered)))
    return sorted(taken, key=lambda one: one.at)


def kept_sittings(evening: BigSitting) -> dict[str, Sitting]:
    """The sittings as they are kept at the end, by what they are about."""
    with reading(evening.house.store) as connection:
        kept = [load(connection, number) for number in connection.scalars(select(SITTINGS.c.id))]
    return {one.sitting.about: one.sitting for one in kept if isinstance(one, Kept)}


def faults_of_sitting(evening: BigSitting) -> list[str]:
    """Everything that went wrong, in words; empty for a good sitting."""
    sittings = kept_sittings(evening)
    faults = [] if set(sittings) == {ONE, TWO, SMALL} else [f"there are sittings about {sorted(sittings)}"]
    for about, sitting in sittings.items():
        faults += _wrong_end(evening, about, sitting)
    deaths = len(evening.watch.kills)
    faults += [] if deaths == len(evening.script.kills) else [f"it died {deaths} times"]
    return [*faults, *_out_of_limits(evening), *_left_over(evening), *_leaked(evening)]


def _wrong_end(evening: BigSitting, about: str, sitting: Sitting) -> Iterator[str]:
    stands = {int(seat.member.removeprefix("tg:")): seat.standing for seat in sitting.seats}
    cards = {guest.who.id: anonymous(_known_of(evening, f"tg:{guest.who.id}"), crowd()) for guest in evening.guests}
    lays = [int(sitting.opened_at.timestamp()) + 60.0 * minutes + _HEARD_OUT for minutes in _LAYS]
    lays = [at for at in lays if at < evening.clock()]
    must = reckoned(_taken(evening), about, sitting.closed_at and sitting.closed_at.timestamp(), cards, lays)
    if stands != must:
        yield f"{about}: people stand {stands}, and must {must}"
    if (sitting.closed_at is not None) != (about == TWO):
        yield f"{about}: closed at {sitting.closed_at}"
    table = evening.table(about)
    letters = [label for label in table.labels if len(label) <= 2]
    if letters != [seat.letter for seat in sitting.cases] or len(set(letters)) != len(letters):
        yield f"{about}: the table shows {letters}"
    say = evening.house.library.phrases
    for seat in sitting.cases:
        card = anonymous(_known_of(evening, seat.member), crowd())
        line = "" if card is None else card_words(card, say, "en")
        shown = [words for words in table.text.splitlines() if words.strip("-• ").startswith(f"{seat.letter}")]
        if not line or not any(line in words for words in shown):
            yield f"{about}: case {seat.letter} is shown as {shown}, and must as {line!r}"
    answered = sum(seat.resolved for seat in sitting.cases)
    due = about == ONE and bool(sitting.cases)  # where no card came onto the table, there is nothing to answer
    if "(answered)" in table.text or due != bool(answered):
        yield f"{about}: answered are {[seat.letter for seat in sitting.cases if seat.resolved]}"


def _known_of(evening: BigSitting, member: str) -> Facts:
    """What somebody told: as it was planted where it was, and as far as anybody asked for it."""
    with reading(evening.house.store) as connection:
        kept = facts_of(load_conversation(connection, member), evening.house.library)
    told = evening.told.get(int(member.removeprefix("tg:")))
    return kept if told is None else Facts(told.kind, {name: told.values[name] for name in kept.values})


def _shown_in(chat: int, sent: list[Sent]) -> list[float]:
    """The moments at which something was sent, changed or taken away in a chat."""
    return [one.at for one in sent if one.call.integer("chat_id") == chat and _counts(one)]


def _counts(one: Sent) -> bool:
    return one.call.method.lower().startswith(COUNTED) and one.call.method.lower() != "sendchataction"


def most_in_a_minute(evening: BigSitting) -> int:
    """The most that a group saw within any sixty seconds, refused calls included."""
    groups = {one.call.integer("chat_id") for one in evening.sent if one.call.integer("chat_id") < 0}
    most = 0
    for group in groups:
        moments = _shown_in(group, evening.sent)
        most = max(most, *(sum(at <= one < at + 60 for one in moments) for at in moments), 0)
    return most


def answer_times(evening: BigSitting) -> list[float]:
    """How long everybody waited who waited for an answer; who never got one waited for ever."""
    return sorted(_waited(evening, one) for one in evening.awaited)


def _never_answered(evening: BigSitting) -> list[Awaited]:
    """Who waits for ever, but for presses that the process had in hand when it was killed: nobody owes them."""
    lost = [one for one in evening.awaited if _waited(evening, one) == float("inf")]
    deaths = evening.watch.kills
    return [one for one in lost if one.press is None or not died_with(evening.handed.get(one.press.id), deaths)]


def died_with(handed: float | None, deaths: Iterable[float]) -> bool:
    """Whether the process to which a press was handed last was killed before it could say what came of it.

    One that was never handed over, or to a process that went on, is not explained by any kill.
    """
    return handed is not None and any(handed <= at < handed + _ON_ITS_WAY for at in deaths)


def _around(evening: BigSitting, one: Awaited) -> Iterator[str]:
    """What the bot did about the time of something that was never answered, for whoever looks for the reason."""
    begun, press = evening.begun, one.press
    what = f"press {press.data}" if press is not None else f"message {one.place}"
    handed = None if press is None else evening.handed.get(press.id)
    moments = {"asked": one.at, "handed": handed, **{f"kill {n}": at for n, at in enumerate(evening.watch.kills)}}
    told = ", ".join(f"{name} at {at - begun:.2f}" for name, at in moments.items() if at is not None)
    yield f"never answered: {what} in {one.chat}; {told}"
    near = [sent for sent in evening.sent if -_AROUND < sent.at - one.at < 3 * _AROUND]
    for sent in near:
        where = sent.call.text("chat_id") or sent.call.text("callback_query_id")
        yield f"  {sent.at - begun:.2f} {sent.call.method} {where} -> {sent.code}"


def _waited(evening: BigSitting, one: Awaited) -> float:
    if one.press is not None and (one.chat < 0 or one.press.answer is not None):
        return one.press.answered_at - one.at if one.press.answer is not None else float("inf")
    for sent in evening.sent:
        if sent.at < one.at or sent.code != 200 or sent.call.integer("chat_id") != one.chat or not _counts(sent):
            continue
        if not one.place or _answers(sent, one):
            return sent.at - one.at
    return float("inf")


def _answers(sent: Sent, one: Awaited) -> bool:
    """Whether a message answers this one: by its number, or as the next in its topic that answers none."""
    told = sent.call.text("reply_parameters")
    if told:
        return json.loads(told).get("message_id") == one.place
    return sent.call.method.lower() == "sendmessage" and sent.call.integer("message_thread_id") == one.topic


def _out_of_limits(evening: BigSitting) -> Iterator[str]:
    most = most_in_a_minute(evening)
    if most > MOST_A_MINUTE:
        yield f"a group saw {most} sends and edits in a minute"
    times = answer_times(evening)
    median, never = statistics.median(times), _never_answered(evening)
    if median >= MEDIAN:
        yield f"the median answer took {median:.1f} s"
    if never:
        yield f"{len(never)} were never answered"
    for one in never:
        yield from _around(evening, one)


def _left_over(evening: BigSitting) -> Iterator[str]:
    with reading(evening.house.store) as connection:
        waits = connection.scalar(select(func.count()).where(INBOX.c.done_at.is_(None)))
        owed = connection.scalar(select(func.count()).select_from(OUTBOX))
    if waits or owed:
        yield f"{waits} arrivals wait, {owed} promises are not kept"
    yield from evening.watch.escaped


def seen_by_many(evening: BigSitting) -> str:
    """Everything that reached a group, a press of somebody's there, or the log."""
    presses = {number for number, press in evening.street.town.presses.items() if press.chat < 0}
    told = [
        _whole(one)
        for one in evening.sent
        if one.call.integer("chat_id") < 0 or one.call.text("callback_query_id") in presses
    ]
    return "\n".join([*told, *evening.watch.lines, *evening.watch.escaped])


def _whole(one: Sent) -> str:
    words = [one.call.text(name) for name in one.call.params]
    files = [f"{upload.name} {upload.data.decode('latin-1')}" for upload in one.call.files.values()]
    return "\n".join([*words, *files])


def _leaked(evening: BigSitting) -> Iterator[str]:
    seen = seen_by_many(evening)
    found = leaks(seen, evening.told.values())
    if found:
        yield f"a group or the log saw {sorted(found)}"


def figures_of(evening: BigSitting) -> dict[str, object]:
    """What was measured."""
    times = answer_times(evening)
    standing = Counter(seat.standing for sitting in kept_sittings(evening).values() for seat in sitting.seats)
    return {
        "members": len(evening.guests),
        "messages in the group": sum(
            not sight.by_bot and not sight.message.service for sight in evening.forum.messages
        ),
        "presses": len(evening.street.town.presses),
        "calls of the bot": len(evening.sent),
        "refused with 429": sum(one.code == 429 for one in evening.sent),
        "kills": len(evening.watch.kills),
        "most sends, edits and removals of a group in a minute": most_in_a_minute(evening),
        "answers awaited": len(times),
        "median answer, s": round(statistics.median(times), 2),
        "90 % of answers within, s": round(times[len(times) * 9 // 10], 2),
        "never answered": times.count(float("inf")),
        "at the end": dict(standing),
    }
