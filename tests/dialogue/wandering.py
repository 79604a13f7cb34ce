"""Walking people through everything the house can say, by pressing only, so that each language meets the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from bot.dialogue.abilities.welcome import MENU
from bot.dialogue.conversation import Answer, Conversation, Language
from bot.dialogue.messages import Arrival, Bars, Block, Fan, Picture, Reply, Table, Text, Waterfall
from bot.dialogue.screens import open_question
from bot.dialogue.turn import take_turn
from knowledge.entries import Choice, Question
from tests.journeys.walking import NOW, journeys, read_journey, scene_now, walk

INTERVIEWS = tuple(goal for goal in MENU if goal not in {"ask", "data"})
LONGEST = 60
FEWEST_TOLD = 4
"""Who told less in their journey is met in the pauses and guards, not in the interviews."""


@cache
def people() -> tuple[tuple[str, dict[str, Answer]], ...]:
    """The people of the journeys with all that they answered there."""
    walked = ((path.stem, walk(read_journey(path)).conversation().answers) for path in journeys())
    return tuple((name, answers) for name, answers in walked if len(answers) >= FEWEST_TOLD)


def words_of(reply: Reply) -> Iterator[str]:
    """Every piece of words in one reply: paragraphs, titles, heads, cells and labels."""
    for block in reply.blocks:
        yield from _words_in(block)
    yield from (button.label for row in reply.buttons for button in row)


def _words_in(block: Block) -> Iterator[str]:
    if isinstance(block, Text):
        yield block.markup
    elif isinstance(block, Table):
        yield from (block.title, *block.header)
        yield from (cell for row in block.rows for cell in row)
    elif isinstance(block, Fan):
        yield from (block.title, block.without_label, block.with_label, block.month_label)
    elif isinstance(block, Waterfall):
        yield from (block.title, *(label for label, _ in (block.start, *block.steps, block.end)))
    elif isinstance(block, Bars):
        yield from (block.title, block.unit, block.note, *(row.label for row in block.rows))
    elif isinstance(block, Picture):
        yield from (block.caption, *_words_in(block.of))
    else:
        yield block.caption


class Wanderer:
    """Somebody who presses buttons in one language and keeps every reply."""

    def __init__(self, language: Language, answers: dict[str, Answer] | None = None) -> None:
        """``answers`` are what the person answers where a card asks for it, as nearly as the buttons allow."""
        self.who = Conversation(id="wanderer", language=language, language_chosen=True)
        self.answers = answers or {}
        self.replies: list[Reply] = []
        self._wondered: set[str] = set()

    def press(self, *actions: str) -> None:
        """Press buttons one after another."""
        for action in actions:
            self.take(action=action)

    def take(self, **arrival: str) -> None:
        """Take one turn."""
        turn = take_turn(self.who, Arrival(key=f"{self.who.revision}", at=NOW, **arrival), scene_now())
        self.who = turn.conversation
        self.replies.extend(turn.replies)

    def interview(self, goal: str) -> None:
        """Answer every card of a goal and look at the result."""
        self.press(f"goal:{goal}")
        for _ in range(LONGEST):
            question = open_question(self.who, scene_now())
            if question is None:
                break
            if question.id not in self._wondered:  # why is told in the same words for every goal
                self._wondered.add(question.id)
                self.press(f"why:{question.id}")
            self.press(self._answer(question))
        self.press("review:", "accept:")

    def words(self) -> set[str]:
        """Everything that was said to this person."""
        return {words for reply in self.replies for words in words_of(reply)}

    def _answer(self, question: Question) -> str:
        answer = self.answers.get(question.id)
        if question.hear == "flag" and not question.choices:
            return f"pick:{question.id}:{'yes' if answer is not None and answer.value is True else 'no'}"
        pick = next((at for at, choice in enumerate(question.choices) if answer and _stands_for(choice, answer)), None)
        if pick is None and (answer is not None or not question.skippable):
            pick = len(question.choices) // 2
        return f"skip:{question.id}" if pick is None else f"pick:{question.id}:{pick}"


def _stands_for(choice: Choice, answer: Answer) -> bool:
    if choice.value == answer.value:
        return True
    if choice.low is None or choice.high is None or isinstance(answer.value, bool | str | None):
        return False
    return choice.low <= answer.value <= choice.high


def greeted(language: Language, answers: dict[str, Answer] | None = None) -> Wanderer:
    """Somebody of age who has just agreed."""
    wanderer = Wanderer(language, answers)
    wanderer.take(command="start")
    wanderer.press("consent:yes", "age:adult")
    return wanderer


def interviewed(language: Language, answers: dict[str, Answer]) -> set[str]:
    """What a person of the journeys hears in all interviews."""
    wanderer = greeted(language, answers)
    for goal in INTERVIEWS:
        wanderer.interview(goal)
        wanderer.press("details:" if goal == "assess" else "result:")
    wanderer.press("privacy:", "data:", "export:", "withdraw:", "withdrawn:", "consent:yes", "forget:", "erase:")
    return wanderer.words()


def visited(language: Language) -> set[str]:
    """What somebody hears who opens every article, sets off every guard, and asks for everything else."""
    library = scene_now().library
    wanderer = greeted(language)
    wanderer.press(*(f"entry:{name}" for name in library.articles))
    for guard in library.guards.values():
        for sentence in guard.tried["must"][:1]:
            wanderer.take(text=sentence)
            wanderer.take(text="hello")
            wanderer.press("resume:", "age:minor", "age:again", "age:adult")
    for command in ("help", "language", "ask", "data", "nonsense"):
        wanderer.take(command=command)
    for media in ("voice", "photo", "sticker", "document"):
        wanderer.take(media=media)
    wanderer.press("nothing:", "back:", "goal:ask", "consent:no", "entry:nothing")
    return wanderer.words()
