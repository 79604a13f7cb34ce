"""limit-guide check: lints the knowledge and the policy packs."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from bot.channels.clock import wall_clock
from bot.dialogue.predicates import PREDICATES
from bot.settings import read_settings
from knowledge.checking import check
from knowledge.loading import load
from simulator.commands.command import Command, say
from simulator.loading import read_packs


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _run(given: Namespace) -> int:
    settings = read_settings(os.environ)  # noqa: TID251  the door hands the environment to settings
    library, wrong = load()
    _packs, wrong_packs = read_packs()
    found = [str(problem) for problem in (*wrong, *wrong_packs, *check(library, wall_clock(settings.timezone).date()))]
    found += [
        f"questions/{question.id}.yaml: when: {question.when} is no condition that the dialogue knows"
        for question in library.questions.values()
        if question.when is not None and question.when not in PREDICATES
    ]
    if given.json:
        say({"problems": found})
    else:
        print("\n".join(found) or "nothing to mend")
    return 1 if found else 0


COMMAND = Command("check", "lint knowledge and packs", _arguments, _run)
