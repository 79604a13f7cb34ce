"""Who left? A watcher's best guess whose card it was that left the table, learned as for cards that come.

What can tell it: who came in before the card did, who spoke just before or after it left, who spoke since the table was
laid before. Chance is what the same guesses hit with the cards on the table dealt anew among their owners.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from bot.consultation.dealing import LAYING
from tests.consultation.clues import Clue, bin_of
from tests.consultation.matching import Matched
from tests.consultation.watched_sittings import Gone, Step, Watched
from tests.consultation.watching import Odds

_WORDS = 3
"""So many words or more since the last laying count alike."""

_QUIET = frozenset({"slip", "part"})
_AT_ONCE = frozenset({"hide", "withdraw"})


def matched_to_leaving(sittings: Sequence[Watched], *, quiet: bool, presses: bool = False) -> Matched:
    """How often a watcher that learned on every other sitting names whose card left, quietly or at once.

    ``presses`` is a watcher who knows every press in private: it names one of those who pressed what takes a card away.
    """
    odds, chance, hits, dealt, named = _learned(sittings[::2], quiet), Random(2), Counter[int](), Counter[int](), 0
    for number, seen in enumerate(sittings[1::2]):
        for gone in (one for one in seen.left if one.quiet is quiet):
            owners = _table(seen, gone)
            who = _named(seen, gone, odds, chance, presses=presses)
            hits[number] += who == gone.owner
            dealt[number] += list(owners.values()).count(who) / len(owners)
            named += who in owners.values()
    many = sum(one.quiet is quiet for seen in sittings[1::2] for one in seen.left)
    return Matched(many, named, tuple(hits.values()), tuple(dealt.values()))


def _learned(sittings: Sequence[Watched], quiet: bool) -> Odds[Clue]:
    odds: Odds[Clue] = Odds()
    for seen in sittings:
        for gone in (one for one in seen.left if one.quiet is quiet):
            for who in set(_table(seen, gone).values()):
                odds.learn(tuple(_clues(seen, gone, who)), who == gone.owner)
    return odds


def _named(seen: Watched, gone: Gone, odds: Odds[Clue], chance: Random, *, presses: bool) -> str:
    there = _may_own(seen, gone)
    if presses:
        there = sorted({step.member for step in _presses(seen, gone)} & {*there}) or there
    told = {who: sum(map(odds.tells, _clues(seen, gone, who))) for who in there}
    return max(there, key=lambda who: (round(told[who], 9), chance.random()))


def _table(seen: Watched, gone: Gone) -> dict[str, str]:
    """Whose the cards on the table were when one left, by letter."""
    came = {letter: who for one in seen.drawings if one.at < gone.at for letter, who in one.owners.items()}
    left = {one.letter for one in seen.left if one.at < gone.at}
    return {letter: who for letter, who in came.items() if letter not in left}


def _may_own(seen: Watched, gone: Gone) -> list[str]:
    """Who had come in before the card did."""
    came = next(one.at for one in seen.drawings if gone.letter in one.owners)
    return [who for who in seen.members if seen.pressed[who] < came]


def _laid_before(gone: Gone) -> float:
    return max((60.0 * minutes for minutes in LAYING if 60.0 * minutes < gone.at), default=0.0)


def _clues(seen: Watched, gone: Gone, who: str) -> Iterator[Clue]:
    before = [at for at in seen.spoke[who] if at <= gone.at]
    after = [at for at in seen.spoke[who] if at > gone.at]
    yield "spoke last", bin_of(gone.at - before[-1] if before else None)
    yield "speaks next", bin_of(after[0] - gone.at if after else None)
    yield "words since the laying", min(_WORDS, sum(at > _laid_before(gone) for at in before))


def _presses(seen: Watched, gone: Gone) -> list[Step]:
    """The presses that can have taken a card from the table at a moment."""
    since, ways = (_laid_before(gone), _QUIET) if gone.quiet else (gone.at - 1.0, _AT_ONCE)
    return [step for step in seen.steps if step.way in ways and since < step.at <= gone.at]
