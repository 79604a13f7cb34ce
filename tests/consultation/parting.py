"""Who left? A watcher's best guess whose card it was that left the table alone, learned as for cards that come.

What can tell it: who came in before the card did, who spoke just before or after it left, how much since the table was
laid before, since the card came, and altogether. Chance is what the same guesses hit with the cards on the table dealt
anew among their owners.
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

_AT_ONCE = frozenset({"hide", "withdraw"})


def seen_alike(one: Watched, other: Watched) -> bool:
    """Whether two sittings are the same for the group: the same cards came, and left alone, at the same moments."""
    came = ([(drawing.at, drawing.cards) for drawing in seen.drawings] for seen in (one, other))
    left = ([(gone.at, gone.letter) for gone in seen.left] for seen in (one, other))
    return next(came) == next(came) and next(left) == next(left)


def matched_to_leaving(sittings: Sequence[Watched], *, presses: bool = False) -> Matched:
    """How often a watcher that learned on every other sitting names whose card left alone.

    ``presses`` is a watcher who knows every press in private: it names one of those who pressed what takes a card away.
    """
    odds, chance, hits, dealt, named = _learned(sittings[::2]), Random(2), Counter[int](), Counter[int](), 0
    for number, seen in enumerate(sittings[1::2]):
        for gone in seen.left:
            owners = _table(seen, gone)
            who = _named(seen, gone, odds, chance, presses=presses)
            hits[number] += who == gone.owner
            dealt[number] += list(owners.values()).count(who) / len(owners)
            named += who in owners.values()
    many = sum(len(seen.left) for seen in sittings[1::2])
    return Matched(many, named, tuple(hits.values()), tuple(dealt.values()))


def _learned(sittings: Sequence[Watched]) -> Odds[Clue]:
    odds: Odds[Clue] = Odds()
    for seen in sittings:
        for gone in seen.left:
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
    came = _came(seen, gone)
    return [who for who in seen.members if seen.pressed[who] < came]


def _came(seen: Watched, gone: Gone) -> float:
    return next(one.at for one in seen.drawings if gone.letter in one.owners)


def _laid_before(gone: Gone) -> float:
    return max((60.0 * minutes for minutes in LAYING if 60.0 * minutes < gone.at), default=0.0)


def _clues(seen: Watched, gone: Gone, who: str) -> Iterator[Clue]:
    before = [at for at in seen.spoke[who] if at <= gone.at]
    after = [at for at in seen.spoke[who] if at > gone.at]
    yield "spoke last", bin_of(gone.at - before[-1] if before else None)
    yield "speaks next", bin_of(after[0] - gone.at if after else None)
    yield "words since the laying", min(_WORDS, sum(at > _laid_before(gone) for at in before))
    yield "words since the card came", min(_WORDS, sum(at > _came(seen, gone) for at in before))
    yield "words said", min(_WORDS, len(seen.spoke[who]))


def _presses(seen: Watched, gone: Gone) -> list[Step]:
    """The presses that can have taken a card from the table at a moment."""
    return [step for step in seen.steps if step.way in _AT_ONCE and gone.at - 1.0 < step.at <= gone.at]
