"""Valuing questions: the simulator measures what each answer is worth, and the shelf keeps it with the question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from knowledge.entries import Question
from knowledge.worths import WORTH_LINES, WORTH_UNIT
from simulator.asking import worth
from simulator.policy import Pack
from simulator.vocabulary import Facts, Kind

DRAWS = 4000
"""Paths of a measurement: enough that a share is known to a few of the parts in which it is stated."""

_SEED = 1
_LINE = "current_line"
_STATED = re.compile(r"^worth: .*\n", re.MULTILINE)


def measured(packs: Mapping[str, Pack], draws: int = DRAWS) -> dict[Kind, dict[str, tuple[int, ...]]]:
    """What every fact is worth by kind, at each of the stated lines, while nothing but the line is known.

    The line itself, which comes before all, counts the same at each.
    """
    found: dict[Kind, dict[str, tuple[int, ...]]] = {}
    for pack in packs.values():
        lines = WORTH_LINES[pack.kind]
        worths = [worth(Facts(pack.kind, {_LINE: line}), pack, seed=_SEED, draws=draws) for line in lines]
        shares = {name: tuple(round(one[name].share * WORTH_UNIT) for one in worths) for name in worths[0]}
        unknown = worth(Facts(pack.kind), pack, seed=_SEED, draws=draws)[_LINE].share
        found[pack.kind] = {**shares, _LINE: (round(unknown * WORTH_UNIT),) * len(lines)}
    return found


def valued(question: Question, worths: Mapping[Kind, Mapping[str, tuple[int, ...]]]) -> Question:
    """A question with the worth that was measured for its fact, for every kind that is asked it."""
    stated = {
        kind: worths[kind][question.fact]
        for kind in Kind
        if kind in question.kinds and kind in worths and question.fact is not None and question.fact in worths[kind]
    }
    return replace(question, worth=stated)


def write_worth(file: Path, question: Question) -> None:
    """State a question's worth in its file, behind its effort or at the end, and leave every other line as it is."""
    text = _STATED.sub("", file.read_text(encoding="utf-8"))
    if question.worth:
        each = ", ".join(f"{kind}: [{', '.join(map(str, shares))}]" for kind, shares in question.worth.items())
        before, effort, after = text.partition("effort_seconds: ")
        first, newline, rest = after.partition("\n")
        line = f"worth: {{{each}}}\n"
        text = f"{before}{effort}{first}{newline}{line}{rest}" if effort else f"{text}{line}"
    file.write_text(text, encoding="utf-8")
