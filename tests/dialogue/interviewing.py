"""Interviewing a population: how many cards people answer, how wide their range is meanwhile, whether progress is true.

``python -m tests.dialogue.interviewing`` prints the figures for as many drawn profiles as are asked for, with the
questions in the order of the chat, in the author's order, or in an order worked out anew after every answer.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.estimate import MONTHS
from bot.dialogue.interview import PRODUCTS, Progress, facts_of, next_question, path, progress
from knowledge.entries import Question
from simulator.asking import worth
from simulator.following import paths_after
from simulator.forecasting import lines_in_yuan, ranges
from simulator.movement import run
from simulator.observing import standing_still
from simulator.population import population
from simulator.preparing import Chance
from simulator.vocabulary import Facts, FactValue, Kind
from tests.journeys.walking import NOW, scene_now

USEFUL = 5
"""Answers after which a useful range has to stand."""

MOST_CARDS: Mapping[Kind, int] = {Kind.PERSON: 12, Kind.BUSINESS: 16}
"""Cards after which an assessment has to be done, who borrows included."""

THIRD, NARROW = 3, 3
"""After the third answer progress is to be said within three cards."""

GOALS = ("assess", "plan", "diagnose", "cost", "afford")
DRAWS = 1000

Order = Callable[[Conversation], Question | None]


@dataclass(frozen=True)
class Walk:
    """One interview: the conversation after each answer, and the progress that was said before each."""

    stages: tuple[Conversation, ...]
    said: tuple[Progress, ...]

    @property
    def cards(self) -> int:
        """How many cards were answered."""
        return len(self.said)

    @property
    def lies(self) -> list[int]:
        """The cards at which the truth lay outside of what was said."""
        left = [self.cards - at for at in range(self.cards)]
        return [at for at, (one, true) in enumerate(zip(self.said, left, strict=True)) if not _holds(one, true)]

    @property
    def late(self) -> list[int]:
        """How wide progress was at each card after the third answer."""
        pairs = zip(self.stages, self.said, strict=False)
        return [one.most - one.least for stage, one in pairs if len(stage.answers) >= THIRD]


def _holds(said: Progress, true: int) -> bool:
    return said.least <= true <= said.most


def profiles(kind: Kind, seed: int, count: int) -> list[Mapping[str, FactValue]]:
    """The facts of some borrowers of one kind, drawn from the population."""
    pack = scene_now().packs[PRODUCTS[kind]]
    return [one["facts"] for one in islice(population([pack], seed), count)]


def by_chat(who: Conversation) -> Question | None:
    """The next question of the chat."""
    return next_question(who, scene_now().library)


def by_author(who: Conversation) -> Question | None:
    """The first open question in the author's order."""
    return min(_open(who), key=lambda question: (question.order, question.id), default=None)


def by_worth(who: Conversation) -> Question | None:
    """The open question that is worth most a second, worked out anew for this very borrower."""
    scene = scene_now()
    facts = facts_of(who, scene.library)
    worths = worth(facts, scene.packs[PRODUCTS[facts.kind]])

    def gain(question: Question) -> float:
        return math.inf if question.fact is None else worths[question.fact].share / question.effort_seconds

    return max(_open(who), key=gain, default=None)


ORDERS: Mapping[str, Order] = {"chat": by_chat, "author": by_author, "worth": by_worth}


def _open(who: Conversation) -> Iterator[Question]:
    return (question for question in path(who, scene_now().library) if question.id not in who.answers)


def interviewed(
    goal: str,
    kind: Kind,
    told: Mapping[str, FactValue],
    luck: random.Random,
    *,
    skips: float = 0.0,
    order: str = "chat",
) -> Walk:
    """One interview of a borrower who tells what is so, skips a share of the cards, and picks the rest by luck."""
    who = Conversation(id="walk", consent_at=NOW, adult=True, goal=goal)
    tells = {**told, "kind": kind.value}
    stages, said = [who], []
    while (question := ORDERS[order](who)) is not None:
        said.append(progress(who, scene_now().library))
        who = who.answered(question.id, _answer(question, tells, luck, skips))
        stages.append(who)
    return Walk(tuple(stages), tuple(said))


def _answer(question: Question, told: Mapping[str, FactValue], luck: random.Random, skips: float) -> Answer:
    if question.skippable and luck.random() < skips:
        return Answer(value=None, at=NOW, source="skipped")
    name = question.fact or question.id
    if name in told:
        value = told[name]
    elif question.choices:
        value = luck.choice(question.choices).value
    else:
        value = luck.random() < 0.5
    plain = value if isinstance(value, bool | str) else float(value)
    return Answer(value=plain, at=NOW, source="said")


def width(facts: Facts, seed: int = 1) -> float:
    """Doublings from the tenth to the ninetieth hundredth of the line at the horizon."""
    pack = scene_now().packs[PRODUCTS[facts.kind]]
    tapes = paths_after(facts, pack, standing_still(facts), Chance(MONTHS, seed, "honest", DRAWS))
    end = ranges(lines_in_yuan(tapes, run(tapes)))[-1]
    return math.log2(max(end.p90, pack.grid) / max(end.p10, pack.grid))


def widths(kind: Kind, count: int, seed: int, order: str, measured: int) -> Iterator[str]:
    """How many cards all of some borrowers answer; how wide the first ones' ranges are after each answer and fact."""
    library, luck = scene_now().library, random.Random(seed)
    rows: list[list[float]] = []
    cards = []
    for told in profiles(kind, seed, count):
        walk = interviewed("assess", kind, told, luck, order=order)
        cards.append(walk.cards)
        if len(rows) == measured:
            continue
        steps = [width(facts_of(stage, library)) for stage in walk.stages[2:]]
        steps += [steps[-1]] * (MOST_CARDS[kind] - walk.cards)
        rows.append([*steps, width(Facts(kind, told))])
    yield f"{kind}: {count} profiles, {order} order: {min(cards)} to {max(cards)} cards, who borrows included"
    yield f"  widths over {len(rows)} of them:"
    for at, column in enumerate(zip(*rows, strict=True)):
        name = "all facts told" if at == len(rows[0]) - 1 else f"after {at + 2} answers"
        middle, mean = statistics.median(column), statistics.mean(column)
        yield f"  {name:>18}: median {middle:.3f}, mean {mean:.3f} doublings from p10 to p90"


def truths(count: int, seed: int) -> str:
    """How often stated progress held the truth, and how wide it was after the third answer."""
    luck = random.Random(seed)
    lies = later = narrow = 0
    told = {kind: profiles(kind, seed, count) for kind in Kind}
    for number in range(count):
        goal, kind = luck.choice(GOALS), luck.choice(tuple(Kind))
        walk = interviewed(goal, kind, told[kind][number], luck, skips=luck.choice((0.0, 0.2)))
        lies += len(walk.lies)
        later, narrow = later + len(walk.late), narrow + sum(one <= NARROW for one in walk.late)
    share = narrow / later
    return f"progress over {count} walks: {lies} untrue statements; within three on {share:.1%} of the later cards"


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profiles", type=int, default=1000)
    parser.add_argument("--widths", type=int, default=None, help="profiles whose ranges are measured; all of them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--order", choices=ORDERS, default="chat")
    options = parser.parse_args()
    sys.stdout.write(f"{truths(options.profiles, options.seed)}\n")
    measured = options.profiles if options.widths is None else options.widths
    for kind in Kind:
        found = widths(kind, options.profiles, options.seed, options.order, measured)
        sys.stdout.writelines(f"{line}\n" for line in found)


if __name__ == "__main__":
    main()
