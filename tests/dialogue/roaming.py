"""Roaming at random: people who answer, skip, go back, edit, undo and change goals, with what must hold at every step.

``python -m tests.dialogue.roaming --walks 10000`` counts, over so many walks: next cards that differ for equal facts,
undone states that are not the old ones to the byte, facts from answers off the path, and stated progress that the rest
of the way did not keep.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
from collections import Counter
from dataclasses import dataclass, field

from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.interview import facts_of, next_question, path, progress
from bot.dialogue.mending import stored
from bot.dialogue.messages import Arrival
from bot.dialogue.scene import Scene
from bot.dialogue.screens import open_question
from bot.dialogue.turn import take_turn, turn_without_screen
from bot.dialogue.undoing import DEEPEST, LARGEST
from knowledge.entries import Question
from tests.journeys.walking import NOW, scene_now

GOALS = ("assess", "plan", "diagnose", "cost", "afford")
STEPS = 28
THIRD, NARROW = 3, 3
LONGEST_WAY = 80

_PICK, _RARE, _LOOKING, _LOOKING_AHEAD = 0.55, 0.02, 0.1, 0.3
_TYPED = ("3万", "8000", "half a year", "没有", "20%", "0.04% a day", "perhaps", "@@@@", "income 8000", "2\n3\nno")
_LANGUAGES = ("zh", "zh-hant", "en")
_BARE = {"revision": 0, "shown": 0, "below": 0, "trail": (), "language": "zh", "language_chosen": False, "wondered": ""}


@dataclass
class Found:
    """What went wrong, by kind, and what was measured, over all walks."""

    wrong: Counter[str] = field(default_factory=Counter)
    turns: int = 0
    undone: int = 0
    stated: int = 0
    later: int = 0
    narrow: int = 0
    largest: int = 0

    def summary(self) -> str:
        """One line for the reader."""
        kinds = ("next card", "undo", "off the path", "progress", "too large")
        wrong = ", ".join(f"{kind} {self.wrong[kind]}" for kind in kinds)
        share = self.narrow / max(self.later, 1)
        return (
            f"{self.turns} turns, {self.undone} undone, {self.stated} statements of progress; wrong: {wrong}; "
            f"progress within {NARROW} on {share:.1%} of {self.later} cards after the third answer; "
            f"largest state {self.largest} bytes"
        )


def state_of(who: Conversation) -> str:
    """All that is kept, as it is written, but the count of turns, newest card and question, language, and trail."""
    return who.but(**_BARE).model_dump_json()


def roam(seed: int, found: Found) -> Conversation:
    """One walk of a drawn person; what went wrong is counted. Returns where the walk ended."""
    luck, scene = random.Random(seed), scene_now()
    who = Conversation(id="x", consent_at=NOW, adult=True, goal=luck.choice(GOALS))
    before: list[str] = [state_of(who)]
    for step in range(STEPS):
        arrival = Arrival(key=str(step), at=NOW + dt.timedelta(minutes=step), **_step(who, luck, scene))
        take = take_turn if luck.random() < _LOOKING else turn_without_screen
        after = take(who, arrival, Scene(scene.library, scene.packs, arrival.at)).conversation
        found.turns += 1
        _check_undo(who, after, arrival, before, found)
        who = after
        _check_card(who, luck, scene, found)
        _check_path(who, luck, scene, found)
        if luck.random() < _LOOKING_AHEAD:
            _check_progress(who, luck, scene, found)
    return who


def _step(who: Conversation, luck: random.Random, scene: Scene) -> dict[str, str]:
    """What the person does next; at a card mostly an answer."""
    question, roll = open_question(who, scene), luck.random()
    if question is not None and roll < _PICK:
        return {"action": _picked(question, luck)}
    if roll > 1 - _RARE:
        rare = ("now:", "more:", "menu:", f"goal:{luck.choice(GOALS)}", f"language:{luck.choice(_LANGUAGES)}")
        return {"action": luck.choice(rare)}
    told = sorted(who.answers) or ["kind"]
    common = (
        {"action": f"skip:{question.id}"} if question is not None else {"action": "review:"},
        {"action": "back:"},
        {"action": f"edit:{luck.choice(told)}"},
        {"action": "undo:"},
        {"text": luck.choice(_TYPED)},
        {"action": luck.choice(("review:", "further:", "yes:", "no:"))},
    )
    return luck.choice(common)


def _picked(question: Question, luck: random.Random) -> str:
    if question.hear == "flag" and not question.choices:
        return f"pick:{question.id}:{luck.choice(('yes', 'no'))}"
    return f"pick:{question.id}:{luck.randrange(max(len(question.choices), 1))}"


def _check_undo(who: Conversation, after: Conversation, arrival: Arrival, before: list[str], found: Found) -> None:
    """A change pushes the state before it; an undo must come back to one of the last two of these, to the byte."""
    if arrival.action == "undo:":
        steps = len(who.trail) - len(after.trail)
        found.undone += steps > 0
        expected = [*before, state_of(who)][-1 - steps] if steps <= len(before) else ""
        found.wrong["undo"] += steps > 2 or state_of(after) != expected or (steps == 0 and bool(who.trail))
        del before[len(before) - min(steps, len(before)) :]
    elif after.trail != who.trail:
        before.append(state_of(who))
    found.wrong["undo"] += len(after.trail) > DEEPEST
    size = len(after.model_dump_json(exclude_defaults=True))
    found.largest = max(found.largest, size)
    found.wrong["too large"] += size > LARGEST


def _check_card(who: Conversation, luck: random.Random, scene: Scene, found: Found) -> None:
    """The next card of equal answers, whatever came before and in whichever order they were given."""
    calm = who.but(focus=None, reviewing=False, hurried=False)
    shuffled = list(who.answers.items())
    luck.shuffle(shuffled)
    fresh = Conversation(id="y", consent_at=NOW, adult=True, goal=who.goal, more=who.more, answers=dict(shuffled))
    if who.goal is not None:
        found.wrong["next card"] += next_question(calm, scene.library) != next_question(fresh, scene.library)


def _check_path(who: Conversation, luck: random.Random, scene: Scene, found: Found) -> None:
    """Only questions on the path fill facts, and changing what is off it changes neither facts nor the next card."""
    if who.goal is None:
        return
    walk = path(who, scene.library)
    facts = facts_of(who, scene.library)
    filled = {question.fact for question in walk if question.id in who.answers}
    told_once = {"kind"}  # who borrows holds for every goal, also for those that do not ask it
    off = [name for name in who.answers if name not in {question.id for question in walk} | told_once]
    wrong = not set(facts.values) <= filled
    if off and who.goal != "diagnose":
        name = luck.choice(off)
        other = Answer(value=None, at=NOW, source="skipped")
        changed = who.but(answers={**who.answers, name: other})
        wrong = wrong or facts_of(changed, scene.library) != facts
        wrong = wrong or next_question(changed, scene.library) != next_question(who, scene.library)
    found.wrong["off the path"] += wrong


def _check_progress(who: Conversation, luck: random.Random, scene: Scene, found: Found) -> None:
    """What the open card says of the way ahead, against a way drawn from here to the end."""
    question = open_question(who, scene)
    if question is None:
        return
    said, cards, now = progress(who, scene.library), 0, who
    while question is not None and cards < LONGEST_WAY:
        now = stored(now, question, _drawn(question, luck, cards), scene)
        cards += 1
        question = open_question(now, scene)
    found.stated += 1
    found.wrong["progress"] += not said.least <= cards <= said.most
    if sum(one.id in who.answers for one in path(who, scene.library)) >= THIRD:
        found.later += 1
        found.narrow += said.most - said.least <= NARROW


def _drawn(question: Question, luck: random.Random, step: int) -> Answer:
    at = NOW + dt.timedelta(hours=1, minutes=step)
    if question.skippable and luck.random() < 0.15:
        return Answer(value=None, at=at, source="skipped")
    value = luck.choice(question.choices).value if question.choices else luck.random() < 0.5
    return Answer(value=value if isinstance(value, bool | str) else float(value), at=at, source="pressed")


def main() -> None:
    """Walk and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--walks", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found = Found()
    for number in range(options.walks):
        roam(options.seed * 1_000_000 + number, found)
    sys.stdout.write(f"{options.walks} walks: {found.summary()}\n")


if __name__ == "__main__":
    main()
