"""The verdict on a large sitting: its end recomputed from what people did, its limits, its pace and its silence."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.consultation.anonymising import anonymous
from bot.consultation.keeping import Kept, load
from bot.consultation.sitting import Sitting
from bot.consultation.wording import card_words
from bot.dialogue.interview import facts_of
from bot.store.conversations import load_conversation
from bot.store.engine import reading
from bot.store.tables import INBOX, OUTBOX, SITTINGS
from simulator.vocabulary import Facts
from tests.consultation.big_pace import answer_times, around, most_in_a_minute, never_answered
from tests.consultation.big_reckoning import Logged, reckoned
from tests.consultation.big_script import ONE, SMALL, TWO
from tests.consultation.big_stage import Sent
from tests.consultation.playing import crowd
from tests.consultation.secrecy import leaks

if TYPE_CHECKING:
    from tests.consultation.big_sitting import BigSitting

MOST_A_MINUTE = 20
MEDIAN = 2.0
_LAYS = (10, 30, 90, 270)
"""Minutes after the opening at which a table is laid, as its own words say."""
_HEARD_OUT = 2.0
"""Seconds for which whoever lays a table listens to what was pressed before."""


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


def _out_of_limits(evening: BigSitting) -> Iterator[str]:
    most = most_in_a_minute(evening)
    if most > MOST_A_MINUTE:
        yield f"a group saw {most} sends and edits in a minute"
    times = answer_times(evening)
    median, never = statistics.median(times), never_answered(evening)
    if median >= MEDIAN:
        yield f"the median answer took {median:.1f} s"
    if never:
        yield f"{len(never)} were never answered"
    for one in never:
        yield from around(evening, one)


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
