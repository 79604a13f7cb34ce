"""Lives in a messenger, with figures planted in them, and the search for what is left of them."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from sqlalchemy import Engine, MetaData, select

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Arrival, Paper
from bot.dialogue.scene import Turn
from bot.dialogue.screens import open_question
from bot.documents.making import make_paper
from bot.service.reception import take_next
from bot.store.conversations import load_conversation
from bot.store.engine import reading, writing
from bot.store.inbox import Letter, accept
from bot.store.outbox import due_promises, keep_promise
from tests.journeys.walking import NOW, scene_now

WHO = "tg:700418"
TYPED = {"current_line": "73911", "used_balance": "18473", "monthly_income": "20677", "monthly_debt_service": "3119"}
ASKED = "58237"
AFTER = {
    "assess": ("layer:months", "layer:reasons", "details:", "what_if:", "pdf:", "calendar:", "right:partly"),
    "plan": ("ticks:", "tick:stop_new_draws:done", "remind:", "remind:day:5", "remind:at:5:20"),
    "cost": ("sheet:",),
}
"""What is looked at and asked for once a goal has its result."""


class Chat:
    """Somebody in a messenger: every letter goes through the inbox, every reply through the outbox."""

    def __init__(self, store: Engine) -> None:
        self.store = store
        self._numbers = count(1)

    def take(self, *, delivered: bool = True, **told: str) -> Turn:
        """One letter and its turn."""
        number = next(self._numbers)
        letter = Letter(WHO, number, Arrival(key=f"u{number}", at=NOW, **told), 0, number, f"digest{number}")
        with writing(self.store) as connection:
            accept(connection, [letter])
        taken = take_next(self.store, WHO, scene_now(), "me")
        assert taken is not None
        if delivered:
            self.get()
        return taken.turn

    def get(self) -> None:
        """Everything promised is delivered."""
        with writing(self.store) as connection:
            for waiting in due_promises(connection, WHO):
                keep_promise(connection, waiting.id)

    def press(self, *actions: str) -> None:
        """Several buttons one after another."""
        for action in actions:
            self.take(action=action)

    def known(self) -> Conversation:
        """What is kept of the state."""
        with reading(self.store) as connection:
            return load_conversation(connection, WHO)

    def interview(self, goal: str) -> None:
        """Every card of a goal: figures typed where they are planted, the middle choice or a skip elsewhere."""
        self.press(f"goal:{goal}")
        for _ in range(40):
            question = open_question(self.known(), scene_now())
            if question is None:
                break
            if question.id in TYPED:
                self.take(text=TYPED[question.id])
            elif question.choices:
                self.press(f"pick:{question.id}:{0 if question.id == 'kind' else len(question.choices) // 2}")
            else:
                self.press(f"skip:{question.id}" if question.skippable else f"pick:{question.id}:no")
        self.press("review:", "accept:", *AFTER.get(goal, ()))


def lived(store: Engine, *goals: str) -> Chat:
    """Somebody who agreed, went through some interviews to their results, and asked something with a figure in it."""
    chat = Chat(store)
    chat.take(command="start", locale="zh")
    chat.press("consent:yes", "age:adult")
    for goal in goals or ("afford",):
        chat.interview(goal)
    chat.take(text=f"我还欠{ASKED}块，提前还款会影响额度吗")
    return chat


def dump(store: Engine) -> str:
    """Every value of every table, as a stranger with the database would read it."""
    metadata = MetaData()
    with reading(store) as connection:
        metadata.reflect(connection)
        return "\n".join(str(row) for table in metadata.sorted_tables for row in connection.execute(select(table)))


def hits(store: Engine, folder: Path, *canaries: str) -> list[str]:
    """Which of them stand in a table, or in a byte of a file."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    told = dump(store)
    return [one for one in canaries if one in told or any(one.encode() in path.read_bytes() for path in files)]


def papers(turn: Turn) -> dict[str, str]:
    """The files of an export by their form, as they are handed over."""
    found = [block for reply in turn.replies for block in reply.blocks if isinstance(block, Paper)]
    return {paper.form: make_paper(paper, scene_now().library.phrases).data.decode() for paper in found}
