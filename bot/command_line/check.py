"""limit-guide check: lints the knowledge and the policy packs."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from bot.channels.clock import wall_clock
from bot.dialogue.predicates import PREDICATES
from bot.settings import read_settings
from knowledge.checking import check
from knowledge.loading import load
from knowledge.problems import Problem
from simulator.commands.command import Command, say
from simulator.loading import read_packs


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--hints", action="store_true", help="also what an editor may want to look at")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _run(given: Namespace) -> int:
    settings = read_settings(os.environ)  # noqa: TID251  the door hands the environment to settings
    library, wrong = load()
    _packs, wrong_packs = read_packs()
    words = (*wrong, *check(library, wall_clock(settings.timezone).date()))
    grave = [told(problem) for problem in words if problem.grave]
    grave += [f"{problem.field}: {problem.message}" for problem in wrong_packs]
    grave += [
        f"questions/{question.id}.yaml: when: {question.when} is no condition that the dialogue knows"
        for question in library.questions.values()
        if question.when is not None and question.when not in PREDICATES
    ]
    hints = [told(problem) for problem in words if not problem.grave]
    if given.json:
        say({"problems": grave, "hints": hints})
    else:
        print("\n".join([*grave, *(f"hint: {hint}" for hint in hints if given.hints)]) or "nothing to mend")
    return 1 if grave else 0


def told(problem: Problem) -> str:
    """A problem in one line: the file, the field, and what would be right."""
    return ": ".join(part for part in (problem.file, problem.field, problem.reason) if part)


COMMAND = Command("check", "lint knowledge and packs", _arguments, _run)
