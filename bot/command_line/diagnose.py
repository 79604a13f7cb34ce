"""limit-guide diagnose: ranked causes of a fall or vanishing, with what to check and do."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bot.command_line.documents import document_of, failed
from bot.command_line.shelves import read_shelves
from simulator.commands.command import Command, say
from simulator.diagnosing import diagnose
from simulator.reading_diagnosis import diagnosis_document, read_diagnosis
from simulator.signs import Story


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="what was seen as JSON, or -")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of what to check and do")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _run(given: Namespace) -> int:
    story = read_diagnosis(document_of(given.file))
    if not isinstance(story, Story):
        raise failed(story[0])
    causes = read_shelves(frozenset({"causes"}))[0].causes
    found = diagnose(story.facts, story.seen)

    def words(cause: str, part: str) -> str:
        entry = causes[cause]
        return (entry.check if part == "check" else entry.todo).said_in(given.lang)

    if given.json:
        say(diagnosis_document(found, words))
        return 0
    for cause in found.causes:
        print(f"{cause.probability:>5.0%}  {causes[cause.cause].title.said_in(given.lang)}")
    if found.next_question is not None:
        print(f"next question: {found.next_question}")
    return 0


COMMAND = Command("diagnose", "why a line fell or vanished", _arguments, _run)
